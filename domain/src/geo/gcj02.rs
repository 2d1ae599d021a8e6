//! GCJ-02, the shifted coordinates that map apps in mainland China take. Only for handing a place
//! over: nothing is ever stored in it.

use core::f64::consts::PI;

use super::position::Position;

/// Krasovsky 1940: semi-major axis in metres and squared eccentricity, as the shift is defined on.
const AXIS_M: f64 = 6_378_245.0;
const ECCENTRICITY_SQUARED: f64 = 0.006_693_421_622_965_943;

/// Latitude and longitude in degrees for a map app; unchanged outside mainland China.
#[must_use]
pub fn to_gcj02(place: &Position) -> (f64, f64) {
    let (lat, lng) = (place.lat(), place.lng());
    if !in_china(lat, lng) {
        return (lat, lng);
    }
    let (x, y) = (lng - 105.0, lat - 35.0);
    let radians = lat.to_radians();
    let magic = 1.0 - ECCENTRICITY_SQUARED * radians.sin().powi(2);
    let meridian = AXIS_M * (1.0 - ECCENTRICITY_SQUARED) / (magic * magic.sqrt());
    let parallel = AXIS_M / magic.sqrt() * radians.cos();
    (
        lat + (shift_north(x, y) / meridian).to_degrees(),
        lng + (shift_east(x, y) / parallel).to_degrees(),
    )
}

/// The box within which the shift is applied by everyone.
fn in_china(lat: f64, lng: f64) -> bool {
    (0.8293..=55.8271).contains(&lat) && (72.004..=137.8347).contains(&lng)
}

fn shift_north(x: f64, y: f64) -> f64 {
    -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * x.abs().sqrt()
        + wave(x, &[(20.0, 6.0), (20.0, 2.0)])
        + wave(
            y,
            &[
                (20.0, 1.0),
                (40.0, 1.0 / 3.0),
                (160.0, 1.0 / 12.0),
                (320.0, 1.0 / 30.0),
            ],
        )
}

fn shift_east(x: f64, y: f64) -> f64 {
    300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * x.abs().sqrt()
        + wave(
            x,
            &[
                (20.0, 6.0),
                (20.0, 2.0),
                (20.0, 1.0),
                (40.0, 1.0 / 3.0),
                (150.0, 1.0 / 12.0),
                (300.0, 1.0 / 30.0),
            ],
        )
}

fn wave(at: f64, terms: &[(f64, f64)]) -> f64 {
    let sum: f64 = terms
        .iter()
        .map(|(height, pace)| height * (at * pace * PI).sin())
        .sum();
    sum * 2.0 / 3.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shifted(lat: f64, lng: f64) -> (f64, f64) {
        to_gcj02(&Position::new(lat, lng, 0.0).unwrap())
    }

    /// Pairs that the tests of the `eviltransform` libraries use.
    #[test]
    fn known_places_land_where_maps_expect_them() {
        for ((lat, lng), (gcj_lat, gcj_lng)) in [
            ((31.177_428, 121.527_211), (31.175_304, 121.531_542)),
            ((22.543_847, 113.912_316), (22.540_796, 113.917_176)),
            ((39.911_954, 116.377_817), (39.913_345, 116.384_047)),
        ] {
            let (north, east) = shifted(lat, lng);
            assert!((north - gcj_lat).abs() < 2e-6, "{north} {gcj_lat}");
            assert!((east - gcj_lng).abs() < 2e-6, "{east} {gcj_lng}");
        }
    }

    #[test]
    fn places_abroad_stay() {
        assert_eq!(shifted(48.8584, 2.2945), (48.8584, 2.2945));
    }
}
