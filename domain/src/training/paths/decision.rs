//! What a path is, and who lays it.

use serde::{Deserialize, Serialize};

use crate::clients::record::words;
use crate::decision::Refusal;
use crate::facts::{FactChange, Facts};
use crate::fold::is_blank;
use crate::id::{CourseId, PathId, PersonId};
use crate::role::Roles;
use crate::time::Instant;
use crate::training::decision::{DAYS_MAX, may_run};
use crate::training::fact::{TrainingFact, TrainingKey};
use crate::training::required::change;

/// Of the title, in characters.
pub const PATH_TITLE_MAX: usize = 100;
/// Courses of one path.
pub const STEPS_MAX: usize = 30;

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum PathKind {
    /// 新人
    #[default]
    Initial,
    /// 进阶
    Continuing,
    /// 认证
    Certification,
}

words!(PathKind {
    Initial = "initial",
    Continuing = "continuing",
    Certification = "certification",
});

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Path {
    pub title: String,
    pub kind: PathKind,
    /// In the order in which they are taken, each once.
    pub courses: Vec<CourseId>,
    /// Whom it is meant for.
    pub roles: Roles,
    /// One course after the other, instead of being recommended.
    pub required: bool,
    /// Days for each course, from passing the one before.
    pub within_days: u32,
    /// By the relay's clock; a path that is changed later gives nobody more time.
    pub since: Instant,
}

impl Default for Path {
    fn default() -> Self {
        Self {
            title: String::new(),
            kind: PathKind::Initial,
            courses: Vec::new(),
            roles: Roles::new(),
            required: false,
            within_days: 30,
            since: Instant::default(),
        }
    }
}

/// `None` takes the path away; what was passed stays passed.
pub(crate) fn set_path(
    id: PathId,
    path: Option<&Path>,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    if !may_run(actor, facts) {
        return Err(Refusal::NotAllowed);
    }
    let before = facts.training.paths.get(&id);
    let Some(path) = path else {
        before.ok_or(Refusal::NotFound)?;
        return Ok(vec![change(TrainingKey::Path(id), None)]);
    };
    if is_blank(&path.title) || path.title.chars().count() > PATH_TITLE_MAX {
        return Err(Refusal::BadName);
    }
    let mut once = path.courses.clone();
    once.sort_unstable();
    once.dedup();
    let in_range = (1..=STEPS_MAX).contains(&path.courses.len())
        && once.len() == path.courses.len()
        && !path.roles.is_empty()
        && path.within_days <= DAYS_MAX;
    if !in_range {
        return Err(Refusal::OutOfRange);
    }
    let same = before.filter(|it| it.required == path.required && it.roles == path.roles);
    let fact = Path {
        title: path.title.trim().to_owned(),
        since: same.map_or(at, |before| before.since),
        ..path.clone()
    };
    let key = TrainingKey::Path(id);
    Ok(vec![change(key, Some(TrainingFact::Path(fact)))])
}
