//! A place on earth.

use serde::{Deserialize, Serialize};

/// Mean radius of the earth (IUGG), in metres.
const EARTH_RADIUS_M: f64 = 6_371_008.8;
const MICRO: f64 = 1e6;

/// Always WGS-84, as devices report it: the datum is part of the type, so no other can be stored.
/// Millionths of a degree (11 cm), so that equal positions compare equal on every device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
}

impl Position {
    /// What a position is written as beside its numbers.
    pub const DATUM: &str = "WGS-84";

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

    /// From the stored millionths of a degree.
    pub fn from_micro(
        lat_micro: i64,
        lng_micro: i64,
        accuracy_m: i64,
    ) -> Result<Self, InvalidPosition> {
        Self::new(
            lat_micro as f64 / MICRO,
            lng_micro as f64 / MICRO,
            accuracy_m as f64,
        )
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
    pub fn lat_micro(&self) -> i64 {
        i64::from(self.lat_micro)
    }

    #[must_use]
    pub fn lng_micro(&self) -> i64 {
        i64::from(self.lng_micro)
    }

    #[must_use]
    pub fn accuracy_m(&self) -> u32 {
        self.accuracy_m
    }
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
    fn what_is_nowhere_is_refused() {
        for (lat, lng) in [(91.0, 0.0), (0.0, -181.0), (f64::NAN, 0.0), (0.0, f64::INFINITY)] {
            assert_eq!(Position::new(lat, lng, 1.0), Err(InvalidPosition::OutOfRange));
        }
        assert_eq!(Position::new(0.0, 0.0, -1.0), Err(InvalidPosition::Accuracy));
        assert_eq!(Position::new(0.0, 0.0, f64::NAN), Err(InvalidPosition::Accuracy));
    }

    proptest! {
        #[test]
        fn distance_is_a_metric(a in -90.0..90.0f64, b in -180.0..180.0f64, c in -90.0..90.0f64, d in -180.0..180.0f64) {
            let (one, other) = (at(a, b), at(c, d));
            prop_assert_eq!(distance_m(&one, &one), 0.0);
            prop_assert!((distance_m(&one, &other) - distance_m(&other, &one)).abs() < 1e-6);
            prop_assert!(distance_m(&one, &other) <= 20_037_600.0);
            prop_assert_eq!(Position::from_micro(one.lat_micro(), one.lng_micro(), 5), Ok(one));
        }
    }
}
