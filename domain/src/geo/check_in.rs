//! How far a check-in bears out the visit.

use serde::{Deserialize, Serialize};

use super::position::{Position, distance_m};

/// Distances of the workspace's plan, in metres.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct CheckInRule {
    pub verified_radius_m: f64,
    pub invalid_beyond_m: f64,
    pub max_accuracy_m: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CheckInGrade {
    /// At the client's address, as exactly as the rule asks.
    Verified,
    /// Nothing speaks against it, and too little for it.
    Unverified(Unverified),
    /// Elsewhere, even where the position is most doubtful.
    Invalid,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Unverified {
    /// The person gave no position, or the device had none.
    NoPosition,
    /// The client's address has no position to compare with.
    NoAddress,
    /// The device was surer of the place than of nothing, but not enough.
    Inaccurate,
    /// Between the two radii.
    Distant,
}

/// Invalid when the whole circle of accuracy lies beyond `invalid_beyond_m`; verified when the
/// position lies within `verified_radius_m` and its accuracy within `max_accuracy_m`; otherwise
/// unverified, with the reason.
#[must_use]
pub fn grade_check_in(
    here: Option<&Position>,
    address: Option<&Position>,
    rule: &CheckInRule,
) -> CheckInGrade {
    let Some(here) = here else {
        return CheckInGrade::Unverified(Unverified::NoPosition);
    };
    let Some(address) = address else {
        return CheckInGrade::Unverified(Unverified::NoAddress);
    };
    let distance = distance_m(here, address);
    if distance - f64::from(here.accuracy_m()) > rule.invalid_beyond_m {
        CheckInGrade::Invalid
    } else if f64::from(here.accuracy_m()) > rule.max_accuracy_m {
        CheckInGrade::Unverified(Unverified::Inaccurate)
    } else if distance <= rule.verified_radius_m {
        CheckInGrade::Verified
    } else {
        CheckInGrade::Unverified(Unverified::Distant)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: CheckInRule = CheckInRule {
        verified_radius_m: 300.0,
        invalid_beyond_m: 2_000.0,
        max_accuracy_m: 150.0,
    };

    /// A thousandth of a degree of latitude is 111 m.
    fn north(thousandths: f64, accuracy_m: f64) -> Position {
        Position::new(31.23 + thousandths / 1_000.0, 121.47, accuracy_m).unwrap()
    }

    fn grade(thousandths: f64, accuracy_m: f64) -> CheckInGrade {
        let address = north(0.0, 0.0);
        grade_check_in(Some(&north(thousandths, accuracy_m)), Some(&address), &RULE)
    }

    #[test]
    fn graded_by_distance_and_accuracy() {
        assert_eq!(grade(1.0, 20.0), CheckInGrade::Verified);
        assert_eq!(
            grade(5.0, 20.0),
            CheckInGrade::Unverified(Unverified::Distant)
        );
        assert_eq!(
            grade(1.0, 500.0),
            CheckInGrade::Unverified(Unverified::Inaccurate)
        );
        assert_eq!(grade(30.0, 20.0), CheckInGrade::Invalid);
        assert_eq!(
            grade(30.0, 3_000.0),
            CheckInGrade::Unverified(Unverified::Inaccurate)
        );
        assert_eq!(grade(90.0, 3_000.0), CheckInGrade::Invalid);
    }

    #[test]
    fn without_two_places_nothing_is_held_against_anyone() {
        let here = north(0.0, 10.0);
        assert_eq!(
            grade_check_in(None, Some(&here), &RULE),
            CheckInGrade::Unverified(Unverified::NoPosition)
        );
        assert_eq!(
            grade_check_in(Some(&here), None, &RULE),
            CheckInGrade::Unverified(Unverified::NoAddress)
        );
    }
}
