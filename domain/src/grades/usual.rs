//! What a director is offered to begin a ladder with. Nothing of it applies until it is published, with other numbers or
//! with these.

use crate::grades::criterion::Criterion;
use crate::money::{BasisPoints, Fen};
use crate::reviews::measure::Measure;

pub const RUNGS: usize = 5;

/// From a trainee to somebody who leads, from the lowest up.
#[must_use]
pub fn usual() -> [Vec<Criterion>; RUNGS] {
    use Measure as M;
    let figure = |measure, months, target, minimum| Criterion::Figure {
        measure,
        months,
        target,
        minimum,
    };
    let percent = |percent: i64| percent * 100;
    let score = |reviews, percent| Criterion::Score {
        reviews,
        target: BasisPoints::percent(percent),
    };
    [
        Vec::new(),
        vec![
            Criterion::Tenure { months: 1 },
            Criterion::Visits {
                months: 1,
                target: 8,
            },
            figure(M::Completeness, 1, percent(80), 3),
        ],
        vec![
            Criterion::Tenure { months: 6 },
            figure(M::NewClients, 3, 3, 0),
            figure(M::Attendance, 3, percent(90), 10),
            figure(M::Satisfaction, 6, percent(80), 5),
            score(1, 75),
        ],
        vec![
            Criterion::Tenure { months: 6 },
            figure(M::Sales, 3, Fen::yuan(50_000).0, 0),
            figure(M::Completeness, 1, percent(90), 10),
            figure(M::Satisfaction, 6, percent(80), 5),
            score(2, 80),
        ],
        vec![
            Criterion::Tenure { months: 12 },
            figure(M::Sales, 6, Fen::yuan(100_000).0, 0),
            figure(M::Satisfaction, 6, percent(85), 10),
            score(4, 85),
            Criterion::Leads { people: 2 },
        ],
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grades::ladder::{Ladder, Rung, RungName};
    use crate::id::{Id, RungId};
    use crate::time::Day;

    #[test]
    fn what_is_offered_can_be_published() {
        let rungs = usual().into_iter().zip(1u8..);
        let rungs = rungs.map(|(criteria, number)| Rung {
            id: RungId(Id::from_bytes([number; 16])),
            name: RungName {
                zh: number.to_string(),
                en: String::new(),
            },
            may: String::new(),
            criteria,
        });
        let ladder = Ladder {
            in_force_from: Day::MIN,
            rungs: rungs.collect(),
        };
        assert_eq!(ladder.check(), Ok(()));
    }
}
