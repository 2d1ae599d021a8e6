//! How far apart lie what matters and what one is sure of. In tenths of a level, so that what is shown adds up: the gap is
//! the difference of the two means as they are shown.

use serde::{Deserialize, Serialize};

use crate::training::needs::record::Mark;

/// From so many answers on, a mean of several people says something of them and nothing of one.
pub const FEWEST: u16 = 3;

/// The means of some answers, in tenths of a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Means {
    pub sure: u16,
    pub important: u16,
}

/// How a gap is drawn: four steps of one hue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Step {
    /// As sure as it matters, or surer.
    None,
    /// Less than a level.
    Small,
    Clear,
    /// Two levels and more.
    Large,
}

/// What was answered about one topic by one person or several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Cell {
    /// How many have said something of it.
    pub answers: u16,
    /// `None` where nobody has, and of several people as long as they are fewer than [`FEWEST`].
    pub means: Option<Means>,
}

impl Means {
    /// In tenths; below 0 where people are surer than they need to be.
    #[must_use]
    pub fn gap(self) -> i16 {
        let tenths = |mean: u16| i16::try_from(mean).unwrap_or(i16::MAX);
        tenths(self.important).saturating_sub(tenths(self.sure))
    }

    #[must_use]
    pub fn step(self) -> Step {
        match self.gap() {
            ..=0 => Step::None,
            1..10 => Step::Small,
            10..20 => Step::Clear,
            20.. => Step::Large,
        }
    }
}

impl Cell {
    #[must_use]
    pub fn gap(self) -> Option<i16> {
        self.means.map(Means::gap)
    }
}

/// What is added up before it is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sum {
    answers: u16,
    sure: u32,
    important: u32,
}

impl FromIterator<Mark> for Sum {
    fn from_iter<I: IntoIterator<Item = Mark>>(marks: I) -> Self {
        let mut sum = Self::default();
        for mark in marks {
            sum.answers += 1;
            sum.sure += u32::from(mark.sure);
            sum.important += u32::from(mark.important);
        }
        sum
    }
}

impl Sum {
    /// Half up; `None` where there is nothing to divide.
    #[must_use]
    pub fn means(self) -> Option<Means> {
        let count = u32::from(self.answers);
        let mean = |sum: u32| u16::try_from((sum * 20 + count) / (count * 2)).unwrap_or(u16::MAX);
        (count > 0).then(|| Means {
            sure: mean(self.sure),
            important: mean(self.important),
        })
    }

    /// Of one person.
    #[must_use]
    pub fn of_one(self) -> Cell {
        Cell {
            answers: self.answers,
            means: self.means(),
        }
    }

    #[must_use]
    pub fn of_several(self) -> Cell {
        Cell {
            answers: self.answers,
            means: self.means().filter(|_| self.answers >= FEWEST),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(marks: &[(u8, u8)]) -> Sum {
        let marks = marks.iter().copied();
        marks
            .map(|(sure, important)| Mark { sure, important })
            .collect()
    }

    /// Worked by hand: sure 2 + 3 + 3 = 8, 8 ÷ 3 = 2.67; important 5 + 4 + 5 = 14, 14 ÷ 3 = 4.67; 4.7 − 2.7 = 2.0.
    #[test]
    fn the_gap_is_what_is_shown_less_what_is_shown() {
        let means = sum(&[(2, 5), (3, 4), (3, 5)]).means().unwrap();
        assert_eq!(
            means,
            Means {
                sure: 27,
                important: 47
            }
        );
        assert_eq!((means.gap(), means.step()), (20, Step::Large));
        // 7 ÷ 3 = 2.33 and 14 ÷ 3 = 4.67: the exact difference is 2.33, what is shown is 4.7 − 2.3.
        let means = sum(&[(2, 5), (2, 4), (3, 5)]).means().unwrap();
        assert_eq!((means.sure, means.important, means.gap()), (23, 47, 24));
    }

    #[test]
    fn a_half_is_rounded_up() {
        // 9 ÷ 4 = 2.25 and 15 ÷ 4 = 3.75.
        let means = sum(&[(2, 3), (2, 4), (2, 4), (3, 4)]).means().unwrap();
        assert_eq!((means.sure, means.important, means.gap()), (23, 38, 15));
        assert_eq!(means.step(), Step::Clear);
    }

    #[test]
    fn four_steps_with_their_edges() {
        let step = |sure, important| Means { sure, important }.step();
        assert_eq!(step(40, 30), Step::None);
        assert_eq!(step(40, 40), Step::None);
        assert_eq!(step(40, 41), Step::Small);
        assert_eq!(step(30, 39), Step::Small);
        assert_eq!(step(30, 40), Step::Clear);
        assert_eq!(step(30, 49), Step::Clear);
        assert_eq!(step(30, 50), Step::Large);
        assert_eq!(step(10, 50), Step::Large);
    }

    #[test]
    fn of_several_people_three_make_a_mean() {
        let two = sum(&[(1, 5), (1, 5)]);
        assert_eq!(
            two.of_several(),
            Cell {
                answers: 2,
                means: None
            }
        );
        assert!(two.of_one().means.is_some());
        assert!(sum(&[(1, 5); 3]).of_several().means.is_some());
        assert_eq!(sum(&[]).of_several(), Cell::default());
        assert_eq!(sum(&[]).of_one(), Cell::default());
    }
}
