//! Handing a place over to the map app of the phone. Nothing of the map is in this app, and nothing is sent anywhere
//! before somebody taps.

use caravan_domain::geo::{Position, to_gcj02};
use leptos::prelude::*;

/// Where to: a position where there is one, else what the address says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Destination {
    pub(super) name: String,
    pub(super) address: String,
    pub(super) position: Option<Position>,
}

impl Destination {
    /// `None` when nothing is known of the place.
    pub(super) fn amap(&self) -> Option<String> {
        match self.position {
            Some(position) => Some(amap_marker(&position, &encoded(&self.name))),
            None => (!self.address.is_empty()).then(|| amap_search(&encoded(&self.address))),
        }
    }

    pub(super) fn apple(&self) -> Option<String> {
        match self.position {
            Some(position) => Some(apple_pin(&position, &encoded(&self.name))),
            None => (!self.address.is_empty())
                .then(|| format!("https://maps.apple.com/?q={}", encoded(&self.address))),
        }
    }
}

/// Whether this device has Apple's map app.
pub(super) fn has_apple_maps() -> bool {
    let agent = window().navigator().user_agent().unwrap_or_default();
    ["iPhone", "iPad", "Macintosh"]
        .iter()
        .any(|name| agent.contains(name))
}

fn encoded(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}

fn amap_marker(place: &Position, name: &str) -> String {
    let (lat, lng) = to_gcj02(place);
    format!(
        "https://uri.amap.com/marker?position={lng:.6},{lat:.6}&name={name}&coordinate=gaode&callnative=1&src=caravan"
    )
}

fn amap_search(address: &str) -> String {
    format!("https://uri.amap.com/search?keyword={address}&callnative=1&src=caravan")
}

fn apple_pin(place: &Position, name: &str) -> String {
    let (lat, lng) = to_gcj02(place);
    format!("https://maps.apple.com/?ll={lat:.6},{lng:.6}&q={name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pair is one of those in `domain::geo`.
    #[test]
    fn a_place_in_china_is_handed_over_shifted() {
        let place = Position::new(31.177_428, 121.527_211, 5.0).unwrap();
        let amap = amap_marker(&place, "X");
        assert!(amap.contains("position=121.5315"), "{amap}");
        assert!(amap.contains(",31.1753"), "{amap}");
        let apple = apple_pin(&place, "X");
        assert!(apple.contains("ll=31.1753"), "{apple}");
    }

    #[test]
    fn a_place_abroad_is_handed_over_as_it_is() {
        let place = Position::new(48.8584, 2.2945, 5.0).unwrap();
        assert!(amap_marker(&place, "X").contains("position=2.294500,48.858400"));
    }
}
