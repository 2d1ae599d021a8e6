//! What a kind of task is worth: how hard, how long, which skill (R24). The workspace changes it; tasks keep what they
//! were given.

use serde::{Deserialize, Serialize};

use crate::facts::Facts;
use crate::tasks::kind::TaskKind;

/// The longest that a task may be expected to take: five weeks of forty hours.
pub const ESTIMATE_MAX: u32 = 200 * 60;

/// How much an hour of it weighs, in tenths: 1.0 is an hour of ordinary work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Difficulty(u8);

impl Difficulty {
    pub const ORDINARY: Self = Self(10);
    /// From here on a task is a hard one, of which one person gets fewer.
    pub const HARD: Self = Self(20);
    /// What forms offer.
    pub const STEPS: [Self; 5] = [Self(5), Self::ORDINARY, Self(15), Self::HARD, Self(30)];

    /// From 0.5 to 5.0.
    #[must_use]
    pub fn of_tenths(tenths: i64) -> Option<Self> {
        let tenths = u8::try_from(tenths).ok()?;
        (5..=50).contains(&tenths).then_some(Self(tenths))
    }

    #[must_use]
    pub const fn tenths(self) -> u8 {
        self.0
    }

    #[must_use]
    pub fn is_hard(self) -> bool {
        self >= Self::HARD
    }

    /// What came over the wire may be any number.
    fn is_sound(self) -> bool {
        Self::of_tenths(i64::from(self.0)).is_some()
    }
}

#[must_use]
pub fn is_estimate(minutes: u32) -> bool {
    (1..=ESTIMATE_MAX).contains(&minutes)
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindRule {
    /// Empty for a built-in kind, which every language has a name for.
    pub name: String,
    pub difficulty: Difficulty,
    /// Minutes.
    pub estimate: u32,
    /// The skill it wants, which several kinds can share; empty for one of its own.
    pub skill: String,
    /// Not offered for new tasks any more.
    pub closed: bool,
}

impl KindRule {
    pub(crate) fn is_sound(&self) -> bool {
        self.difficulty.is_sound() && is_estimate(self.estimate)
    }
}

/// What holds until the workspace changes it.
fn default_rule(kind: TaskKind) -> KindRule {
    let (difficulty, estimate) = match kind {
        TaskKind::NewClient => (Difficulty::HARD, 90),
        TaskKind::Research => (Difficulty(15), 120),
        TaskKind::FollowUp => (Difficulty::ORDINARY, 45),
        TaskKind::Other | TaskKind::Custom(_) => (Difficulty::ORDINARY, 30),
    };
    KindRule {
        name: String::new(),
        difficulty,
        estimate,
        skill: String::new(),
        closed: false,
    }
}

/// The rule of one kind; the ordinary one for a kind this device has not heard of.
#[must_use]
pub fn rule(kind: TaskKind, facts: &Facts) -> KindRule {
    let known = facts.task_kinds.get(&kind);
    known.cloned().unwrap_or_else(|| default_rule(kind))
}

/// Built-in kinds first, then the workspace's own in the order in which they were defined; closed ones too.
#[must_use]
pub fn rules(facts: &Facts) -> Vec<(TaskKind, KindRule)> {
    let built_in = TaskKind::BUILT_IN.into_iter();
    let own = facts.task_kinds.keys().copied();
    built_in
        .chain(own.filter(|kind| matches!(kind, TaskKind::Custom(_))))
        .map(|kind| (kind, rule(kind, facts)))
        .collect()
}
