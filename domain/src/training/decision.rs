//! What is required of whom, and that somebody has passed: decided by the relay, so that it counts once.

use serde::{Deserialize, Serialize};

use crate::decision::Refusal;
use crate::facts::{Fact, FactChange, FactKey, Facts};
use crate::id::{ClassId, CourseId, LessonId, PathId, PersonId, RoundId};
use crate::role::{Role, Roles};
use crate::time::{Day, Instant};
use crate::training::classes::decision::{self as classes, ClassDecision};
use crate::training::needs::round::{self as needs, NeedsDecision};
use crate::training::paths::decision::{self as paths, Path};
use crate::training::required;
use crate::training::sheets::decision::{self as sheets, Performance, Sheet, is_simulated};
use crate::training::standing::{Standing, standing};

/// Nobody has to pass with more right than there are questions.
const PERCENT_MAX: u8 = 100;
/// Ten years.
pub(crate) const DAYS_MAX: u32 = 3_650;

/// What a workspace asks of a course.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourseRule {
    /// Of the questions, at least so many must be right.
    pub pass_percent: u8,
    /// After so many days it has to be passed again; `None` for never.
    pub valid_days: Option<u32>,
    /// Everybody with one of these roles has to pass it.
    pub required_of: Roles,
    /// Days to do so, from coming in or from when it was required.
    pub within_days: u32,
    /// Whoever is behind is given no new clients.
    pub blocks: bool,
    pub since: Instant,
}

/// That a person has passed a course.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// By the relay's clock.
    pub passed_at: Instant,
    pub right: u16,
    pub of: u16,
}

/// New ones are added at the end: the position is the number on the wire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum TrainingDecision {
    /// The rule's `since` is the relay's own time, or stays as it was.
    Rule {
        course: CourseId,
        rule: CourseRule,
    },
    /// The person who decides has passed.
    Pass {
        course: CourseId,
        right: u16,
        of: u16,
    },
    /// Of one person, by the end of a day.
    Require {
        person: PersonId,
        course: CourseId,
        #[serde(with = "crate::calendar::written")]
        due: Day,
    },
    Release {
        person: PersonId,
        course: CourseId,
    },
    Class {
        class: ClassId,
        decision: ClassDecision,
    },
    SetSheet {
        course: CourseId,
        lesson: LessonId,
        /// `None` for a lesson that is not scored any more.
        sheet: Option<Sheet>,
    },
    Score {
        of: Performance,
        points: Vec<u8>,
    },
    SetPath {
        path: PathId,
        plan: Option<Path>,
    },
    Needs {
        round: RoundId,
        decision: NeedsDecision,
    },
}

/// A rule for a course that has none is that of a course which nobody has to take.
impl Default for CourseRule {
    fn default() -> Self {
        Self {
            pass_percent: 80,
            valid_days: None,
            required_of: Roles::new(),
            within_days: 30,
            blocks: false,
            since: Instant::default(),
        }
    }
}

impl CourseRule {
    /// A course without questions is passed by going through it.
    #[must_use]
    pub fn is_passed_with(&self, right: u16, of: u16) -> bool {
        u32::from(right) * 100 >= u32::from(of) * u32::from(self.pass_percent)
    }
}

/// Who writes courses and says what is required.
#[must_use]
pub fn may_run(person: PersonId, facts: &Facts) -> bool {
    [Role::Director, Role::Hr, Role::Administrator]
        .into_iter()
        .any(|role| facts.has_role(person, role))
}

pub(crate) fn decide(
    decision: &TrainingDecision,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    match decision {
        TrainingDecision::Rule { course, rule } => set_rule(*course, rule, actor, at, facts),
        TrainingDecision::Pass { course, right, of } => {
            let certificate = Certificate {
                passed_at: at,
                right: *right,
                of: *of,
            };
            pass(*course, certificate, actor, facts)
        }
        TrainingDecision::Require {
            person,
            course,
            due,
        } => required::require(*person, *course, *due, actor, at, facts),
        TrainingDecision::Release { person, course } => {
            required::release(*person, *course, actor, facts)
        }
        TrainingDecision::Class { class, decision } => {
            classes::decide(*class, decision, actor, at, facts)
        }
        TrainingDecision::SetSheet {
            course,
            lesson,
            sheet,
        } => sheets::set_sheet(*course, *lesson, sheet.as_ref(), actor, facts),
        TrainingDecision::Score { of, points } => sheets::score(of, points, actor, at, facts),
        TrainingDecision::SetPath { path, plan } => {
            paths::set_path(*path, plan.as_ref(), actor, at, facts)
        }
        TrainingDecision::Needs { round, decision } => {
            needs::decide(*round, decision, actor, at, facts)
        }
    }
}

fn set_rule(
    course: CourseId,
    rule: &CourseRule,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    let in_bounds = rule.pass_percent <= PERCENT_MAX
        && rule.within_days <= DAYS_MAX
        && rule
            .valid_days
            .is_none_or(|days| (1..=DAYS_MAX).contains(&days));
    if !may_run(actor, facts) {
        return Err(Refusal::NotAllowed);
    }
    if !in_bounds {
        return Err(Refusal::TooMany);
    }
    // Whoever had time to pass it has no more because its pass mark changes.
    let before = facts.course_rules.get(&course);
    let before = before.filter(|before| before.required_of == rule.required_of);
    let since = before.map_or(at, |before| before.since);
    Ok(vec![FactChange {
        key: FactKey::CourseRule(course),
        fact: Some(Fact::CourseRule(CourseRule {
            since,
            ..rule.clone()
        })),
    }])
}

fn pass(
    course: CourseId,
    certificate: Certificate,
    actor: PersonId,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    let rule = facts.course_rules.get(&course).cloned().unwrap_or_default();
    let (right, of) = (certificate.right, certificate.of);
    if right > of || !rule.is_passed_with(right, of) {
        return Err(Refusal::NotAllowed);
    }
    let stands = standing(actor, course, facts, certificate.passed_at);
    let counts = matches!(stands, Standing::Passed { .. });
    // Passing again counts once more only when what was passed is about to expire.
    if counts && !expires_soon(stands, certificate.passed_at) {
        return Err(Refusal::AlreadySettled);
    }
    if !is_simulated(actor, course, facts) {
        return Err(Refusal::NotScored);
    }
    Ok(vec![FactChange {
        key: FactKey::Certificate(actor, course),
        fact: Some(Fact::Certificate(certificate)),
    }])
}

/// Within a month.
#[must_use]
pub fn expires_soon(standing: Standing, now: Instant) -> bool {
    const DAYS: i64 = 30;
    match standing {
        Standing::Passed {
            until: Some(until), ..
        } => until <= crate::calendar::plus_days(now.day(), DAYS),
        _ => false,
    }
}
