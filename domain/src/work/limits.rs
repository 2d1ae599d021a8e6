//! How much a person can be asked to work (R27). Limits warn; they forbid nothing.

use serde::{Deserialize, Serialize};

use crate::facts::Employment;

const DAY: u32 = 24 * 60;

/// All in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkLimits {
    /// On the average of the days worked in a week. 劳动合同法 §68: four hours.
    pub part_time_day: u32,
    /// 劳动合同法 §68: twenty-four hours.
    pub part_time_week: u32,
    /// Of somebody with full time who has not said when they work: Monday to Friday.
    pub full_time_day: u32,
}

impl Default for WorkLimits {
    fn default() -> Self {
        Self {
            part_time_day: 4 * 60,
            part_time_week: 24 * 60,
            full_time_day: 8 * 60,
        }
    }
}

impl WorkLimits {
    pub(crate) fn is_sound(self) -> bool {
        let a_day = |minutes| (1..=DAY).contains(&minutes);
        a_day(self.part_time_day)
            && a_day(self.full_time_day)
            && (1..=7 * DAY).contains(&self.part_time_week)
    }

    /// Minutes on a day of somebody who has not said when they work, from Monday on as 0. What part-time work allows in a
    /// week is reached on Saturday.
    #[must_use]
    pub fn usual(self, employment: Employment, weekday: usize) -> u32 {
        match employment {
            Employment::FullTime if weekday < 5 => self.full_time_day,
            Employment::PartTime | Employment::OutsideAgent if weekday < 6 => {
                self.part_time_day.min(self.part_time_week / 6)
            }
            _ => 0,
        }
    }
}
