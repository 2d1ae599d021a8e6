//! A place on earth.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Serialize};

/// Mean radius of the earth (IUGG), in metres.
const EARTH_RADIUS_M: f64 = 6_371_008.8;
const MICRO: f64 = 1e6;

/// Always WGS-84, as devices report it: the datum is part of the type, so no other can be stored.
/// Millionths of a degree (11 cm), so that equal positions compare equal on every device.
/// Stored as a `geo:` URI (RFC 5870): `geo:31.230000,121.470000;crs=wgs84;u=20`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Position {
    lat_micro: i32,
    lng_micro: i32,
    accuracy_m: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPosition {
    #[error("latitude or longitude is out of range")]
    OutOfRange,
    #[error("accuracy is not a distance")]
    Accuracy,
    #[error("not a geo URI in WGS-84")]
    Unreadable,
}

impl Position {
    /// Degrees, and the radius in metres within which the device believes itself to be.
    pub fn new(lat: f64, lng: f64, accuracy_m: f64) -> Result<Self, InvalidPosition> {
        if !(lat.abs() <= 90.0 && lng.abs() <= 180.0) {
            return Err(InvalidPosition::OutOfRange);
        }
        if !(accuracy_m >= 0.0 && accuracy_m.is_finite()) {
            return Err(InvalidPosition::Accuracy);
        }
        Ok(Self {
            lat_micro: (lat * MICRO).round() as i32,
            lng_micro: (lng * MICRO).round() as i32,
            accuracy_m: accuracy_m.ceil().min(f64::from(u32::MAX)) as u32,
        })
    }

    #[must_use]
    pub fn lat(&self) -> f64 {
        f64::from(self.lat_micro) / MICRO
    }

    #[must_use]
    pub fn lng(&self) -> f64 {
        f64::from(self.lng_micro) / MICRO
    }

    #[must_use]
    pub fn accuracy_m(&self) -> u32 {
        self.accuracy_m
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (lat, lng) = (self.lat(), self.lng());
        write!(f, "geo:{lat:.6},{lng:.6};crs=wgs84;u={}", self.accuracy_m)
    }
}

impl FromStr for Position {
    type Err = InvalidPosition;

    /// An altitude is left out, a missing accuracy is taken as exact.
    fn from_str(text: &str) -> Result<Self, InvalidPosition> {
        let unreadable = InvalidPosition::Unreadable;
        let text = text.trim().to_ascii_lowercase();
        let mut parts = text.strip_prefix("geo:").ok_or(unreadable)?.split(';');
        let mut numbers = parts.next().ok_or(unreadable)?.split(',').map(degrees);
        let (Some(lat), Some(lng)) = (numbers.next(), numbers.next()) else {
            return Err(unreadable);
        };
        let mut accuracy_m = 0.0;
        for parameter in parts {
            match parameter.split_once('=') {
                Some(("crs", "wgs84")) => {}
                Some(("crs", _)) => return Err(unreadable),
                Some(("u", radius)) => accuracy_m = degrees(radius)?,
                _ => {}
            }
        }
        Self::new(lat?, lng?, accuracy_m)
    }
}

impl TryFrom<String> for Position {
    type Error = InvalidPosition;

    fn try_from(text: String) -> Result<Self, InvalidPosition> {
        text.parse()
    }
}

impl From<Position> for String {
    fn from(position: Position) -> Self {
        position.to_string()
    }
}

/// A plain decimal. The reader of `f64` carries 14 KB for digits that are rounded away here.
fn degrees(text: &str) -> Result<f64, InvalidPosition> {
    let unreadable = InvalidPosition::Unreadable;
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1.0, digits),
        None => (1.0, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !plain(whole) || !plain(fraction) {
        return Err(unreadable);
    }
    // Nine decimals are a tenth of a millimetre.
    let fraction = fraction.get(..9).unwrap_or(fraction);
    let whole: u32 = whole.parse().map_err(|_| unreadable)?;
    let parts: u32 = fraction.parse().map_err(|_| unreadable)?;
    let scale = fraction.bytes().fold(1.0, |scale, _| scale * 10.0);
    Ok(sign * (f64::from(whole) + f64::from(parts) / scale))
}

/// Metres along the surface (haversine).
#[must_use]
pub fn distance_m(one: &Position, other: &Position) -> f64 {
    let (lat_one, lat_other) = (one.lat().to_radians(), other.lat().to_radians());
    let half_lat = ((lat_other - lat_one) / 2.0).sin();
    let half_lng = ((other.lng() - one.lng()).to_radians() / 2.0).sin();
    let a = half_lat * half_lat + lat_one.cos() * lat_other.cos() * half_lng * half_lng;
    2.0 * EARTH_RADIUS_M * a.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(lat: f64, lng: f64) -> Position {
        Position::new(lat, lng, 5.0).unwrap()
    }

    #[test]
    fn known_distances() {
        // Tian'anmen to the Bund: 1,068 km.
        let distance = distance_m(&at(39.9087, 116.3975), &at(31.2397, 121.4998));
        assert!((distance - 1_068_000.0).abs() < 5_000.0, "{distance}");
        let degree = distance_m(&at(0.0, 0.0), &at(0.0, 1.0));
        assert!((degree - 111_195.0).abs() < 1.0, "{degree}");
    }

    #[test]
    fn written_as_a_geo_uri() {
        let place = Position::new(31.23, 121.47, 19.2).unwrap();
        assert_eq!(place.to_string(), "geo:31.230000,121.470000;crs=wgs84;u=20");
        assert_eq!("geo:31.23,121.47,8;u=20".parse(), Ok(place));
        for text in [
            "",
            "31.23,121.47",
            "geo:31.23",
            "geo:a,b",
            "geo:nan,2",
            "geo:1e1,2",
            "geo:.5,2",
            "geo:1,2;crs=gcj02",
            "geo:1,2;u=x",
        ] {
            assert_eq!(
                text.parse::<Position>(),
                Err(InvalidPosition::Unreadable),
                "{text}"
            );
        }
        assert_eq!(
            "geo:-91,2".parse::<Position>(),
            Err(InvalidPosition::OutOfRange)
        );
    }

    #[test]
    fn what_is_nowhere_is_refused() {
        for (lat, lng) in [
            (91.0, 0.0),
            (0.0, -181.0),
            (f64::NAN, 0.0),
            (0.0, f64::INFINITY),
        ] {
            assert_eq!(
                Position::new(lat, lng, 1.0),
                Err(InvalidPosition::OutOfRange)
            );
        }
        assert_eq!(
            Position::new(0.0, 0.0, -1.0),
            Err(InvalidPosition::Accuracy)
        );
        assert_eq!(
            Position::new(0.0, 0.0, f64::NAN),
            Err(InvalidPosition::Accuracy)
        );
    }

    proptest! {
        #[test]
        fn distance_is_a_metric(a in -90.0..90.0f64, b in -180.0..180.0f64, c in -90.0..90.0f64, d in -180.0..180.0f64) {
            let (one, other) = (at(a, b), at(c, d));
            prop_assert_eq!(distance_m(&one, &one), 0.0);
            prop_assert!((distance_m(&one, &other) - distance_m(&other, &one)).abs() < 1e-6);
            prop_assert!(distance_m(&one, &other) <= 20_037_600.0);
            prop_assert_eq!(one.to_string().parse(), Ok(one));
        }
    }
}
