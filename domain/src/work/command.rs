//! What people say of skills and hours, and what directors decide about work.

use serde::{Deserialize, Serialize};

use crate::command::{CommandError, Context, Field, Outcome};
use crate::decision::Decision;
use crate::document::DocumentId;
use crate::edit::Edit;
use crate::fold::is_blank;
use crate::id::PersonId;
use crate::value::{Value, filled, map_of};
use crate::work::decision::{NAME_MAX, WorkDecision};
use crate::work::hours::{Hours, HoursOf, WINDOWS_MAX};
use crate::work::skill::{EVIDENCE_MAX, LEVEL_MAX, Skill};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum WorkCommand {
    Decide(WorkDecision),
    /// Of oneself it is a claim.
    Rate {
        person: PersonId,
        skill: Skill,
        /// 0–5.
        level: u8,
        evidence: String,
    },
    SetHours {
        person: PersonId,
        of: HoursOf,
        hours: Hours,
    },
}

impl WorkCommand {
    #[must_use]
    pub fn reads(&self) -> Vec<DocumentId> {
        match self {
            Self::Decide(_) => Vec::new(),
            Self::Rate { person, .. } | Self::SetHours { person, .. } => vec![(*person).into()],
        }
    }

    pub(crate) fn run(self, cx: &mut Context<'_>) -> Result<Outcome, CommandError> {
        match self {
            Self::Decide(decision) => Ok(Outcome {
                decisions: vec![Decision::Work(decision)],
                ..Outcome::default()
            }),
            Self::Rate {
                person,
                skill,
                level,
                evidence,
            } => rate(person, &skill, level, &evidence, cx),
            Self::SetHours { person, of, hours } => set_hours(person, of, &hours, cx),
        }
    }
}

fn rate(
    person: PersonId,
    skill: &Skill,
    level: u8,
    evidence: &str,
    cx: &mut Context<'_>,
) -> Result<Outcome, CommandError> {
    let skill = skill.to_string();
    if is_blank(&skill) {
        return Err(CommandError::blank(Field::Name));
    }
    if skill.chars().count() > NAME_MAX {
        return Err(CommandError::too_long(Field::Name, NAME_MAX));
    }
    if evidence.chars().count() > EVIDENCE_MAX {
        return Err(CommandError::too_long(Field::Note, EVIDENCE_MAX));
    }
    if level > LEVEL_MAX {
        return Err(CommandError::malformed(Field::Level));
    }
    cx.facts.active(person).ok_or(CommandError::NotFound)?;
    let rating = map_of([
        ("level", Some(i64::from(level).into())),
        ("evidence", filled(evidence)),
        ("by", Some(cx.me.to_string().into())),
        ("at", Some(cx.now.into())),
    ]);
    let id = cx.ids.mint().to_string();
    let edit = Edit::put(person, &["skills", &skill, &id], rating);
    Ok(Outcome::of([edit]))
}

fn set_hours(
    person: PersonId,
    of: HoursOf,
    hours: &Hours,
    cx: &Context<'_>,
) -> Result<Outcome, CommandError> {
    cx.facts.active(person).ok_or(CommandError::NotFound)?;
    if matches!(hours, Hours::During(windows) if windows.is_empty() || windows.len() > WINDOWS_MAX)
    {
        return Err(CommandError::malformed(Field::Hours));
    }
    let day = of.to_string();
    let document = cx.documents.tree(person.into());
    let before: Vec<_> = document
        .into_iter()
        .flat_map(|tree| tree.entries(&["calendar", &day]))
        .filter(|(_, set)| set.flag(&[]))
        .map(|(mark, _)| mark.to_owned())
        .collect();
    let after = hours.marks();
    let gone = before.iter().filter(|mark| !after.contains(mark));
    let come = after.iter().filter(|mark| !before.contains(mark));
    let gone = gone.map(|mark| Edit::delete(person, &["calendar", &day, mark]));
    let come = come.map(|mark| Edit::put(person, &["calendar", &day, mark], Value::Bool(true)));
    Ok(Outcome::of(gone.chain(come)))
}
