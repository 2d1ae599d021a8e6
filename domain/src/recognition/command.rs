//! What people do about recognition.

use serde::{Deserialize, Serialize};

use crate::command::{CommandError, Context, Field, Outcome, RecordRef};
use crate::development::record::LinkTo;
use crate::document::DocumentId;
use crate::edit::Edit;
use crate::fold::is_blank;
use crate::id::{Id, PersonId, TeamId};
use crate::recognition::kind::PostKind;
use crate::recognition::rights::may_post;
use crate::recognition::row::{PostRow, rows};
use crate::time::Day;
use crate::value::{Value, filled, map_of};

/// Of a post or a reason, in characters.
pub const TEXT_MAX: usize = 2_000;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum RecognitionCommand {
    Post(PostDraft),
    /// Once for each person; taken back where it is not `on`.
    Applaud {
        team: TeamId,
        post: Id,
        on: bool,
    },
    Withdraw {
        team: TeamId,
        post: Id,
        reason: String,
    },
    /// Posts about oneself.
    See(Vec<(TeamId, Id)>),
}

/// For the team of the person it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostDraft {
    pub person: PersonId,
    pub kind: PostKind,
    /// Any day of the month it is about.
    #[serde(with = "crate::calendar::written")]
    pub month: Day,
    pub words: String,
    pub about: Option<LinkTo>,
}

impl RecognitionCommand {
    #[must_use]
    pub fn reads(&self) -> Vec<DocumentId> {
        match self {
            Self::Post(_) => Vec::new(),
            Self::Applaud { team, .. } | Self::Withdraw { team, .. } => vec![(*team).into()],
            Self::See(posts) => posts.iter().map(|(team, _)| (*team).into()).collect(),
        }
    }

    pub(crate) fn run(self, cx: &mut Context<'_>) -> Result<Outcome, CommandError> {
        match self {
            Self::Post(draft) => post(&draft, cx),
            Self::Applaud { team, post, on } => {
                let known = known(team, post, cx)?;
                if known.person == cx.me || known.withdrawn.is_some() {
                    return Err(CommandError::NotAllowed);
                }
                let mark = on.then_some(Value::Bool(true));
                let edit = Edit::set(team, &beside(post, "applause", cx.me).each(), mark);
                Ok(about(team, post, [edit]))
            }
            Self::Withdraw { team, post, reason } => {
                if known(team, post, cx)?.withdrawn.is_some() {
                    return Err(CommandError::AlreadyDone);
                }
                if reason.chars().count() > TEXT_MAX {
                    return Err(CommandError::too_long(Field::Reason, TEXT_MAX));
                }
                let entry = map_of([
                    ("by", Some(cx.me.to_string().into())),
                    ("at", Some(cx.now.into())),
                    ("reason", filled(&reason)),
                ]);
                let edit = Edit::put(team, &beside(post, "withdrawn", cx.me).each(), entry);
                Ok(about(team, post, [edit]))
            }
            Self::See(posts) => {
                let mut edits = Vec::new();
                for (team, post) in posts {
                    let known = known(team, post, cx)?;
                    if known.person != cx.me {
                        return Err(CommandError::NotAllowed);
                    }
                    if !known.seen {
                        let place = beside(post, "seen", cx.me);
                        edits.push(Edit::put(team, &place.each(), Value::Bool(true)));
                    }
                }
                Ok(Outcome::of(edits))
            }
        }
    }
}

/// A person's own place beside a post.
struct Beside {
    post: String,
    place: &'static str,
    who: String,
}

fn beside(post: Id, place: &'static str, who: PersonId) -> Beside {
    Beside {
        post: post.to_string(),
        place,
        who: who.to_string(),
    }
}

impl Beside {
    fn each(&self) -> [&str; 4] {
        ["posts", &self.post, self.place, &self.who]
    }
}

fn about(team: TeamId, post: Id, edits: [Edit; 1]) -> Outcome {
    Outcome {
        created: Some(RecordRef::Post(team, post)),
        ..Outcome::of(edits)
    }
}

fn known(team: TeamId, post: Id, cx: &Context<'_>) -> Result<PostRow, CommandError> {
    let posts = rows(team, cx.document(team)?);
    let known = posts.into_iter().find(|known| known.id == post);
    known.ok_or(CommandError::NotFound)
}

fn post(draft: &PostDraft, cx: &mut Context<'_>) -> Result<Outcome, CommandError> {
    let team = cx.facts.active(draft.person).and_then(|known| known.team);
    let team = team.ok_or(CommandError::NotFound)?;
    if !may_post(cx.me, draft.person, team, draft.kind, cx.facts) {
        return Err(CommandError::NotAllowed);
    }
    if is_blank(&draft.words) {
        return Err(CommandError::blank(Field::Reason));
    }
    if draft.words.chars().count() > TEXT_MAX {
        return Err(CommandError::too_long(Field::Reason, TEXT_MAX));
    }
    let entry = map_of([
        ("kind", Some(draft.kind.word().into())),
        ("by", Some(cx.me.to_string().into())),
        ("at", Some(cx.now.into())),
        ("person", Some(draft.person.to_string().into())),
        ("month", Some(draft.month.first_of_month().into())),
        ("words", filled(&draft.words)),
        ("about", draft.about.map(|link| link.to_string().into())),
    ]);
    let id = cx.ids.mint();
    let edit = Edit::put(team, &["posts", &id.to_string()], entry);
    Ok(about(team, id, [edit]))
}
