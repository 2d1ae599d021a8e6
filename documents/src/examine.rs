//! What a stranger's change does, found out before anybody else is given it.
//!
//! A change may be well formed and yet break Automerge, or make a document that saves and never
//! loads again. So the document is grown on the side, saved, loaded and compared, and what each
//! change writes is listed for whoever knows the rules. Nothing of it protects against memory or
//! time running out: that takes a process of its own.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use automerge::legacy::{Key, ObjectId, Op, OpId, OpType};
use automerge::{
    ActorId, Automerge, Change, ExpandedChange, ObjId, ObjType, Prop, ReadDoc, ScalarValue,
    Value as Held,
};
use caravan_domain::edit::{Edit, Operation, Path};
use caravan_domain::id::DeviceId;
use caravan_domain::value::Value;
use serde::{Deserialize, Serialize};

use crate::document::{Applied, Document};
use crate::error::DocumentError;
use crate::guard::guard;
use crate::view::{self, CONTAINER_MARK, DEPTH_MAX};
use crate::{actor, chunk};

/// A place in which a change writes or from which it removes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Touch {
    /// Of a record that is written whole, its own path.
    pub path: Path,
    /// Whether the author saw something there.
    pub known: bool,
    /// Whose values stood there, whether the author knew of them or not.
    pub holders: BTreeSet<DeviceId>,
    /// Who has begun the record that the place lies in, two steps from the root; `None` of such a record itself.
    pub began: Option<DeviceId>,
    /// What is there now of this author, of a text the whole; `None` after a removal.
    pub written: Option<Value>,
}

/// Why a change must not be passed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Finding {
    /// It rests on changes that are not there.
    Unfounded,
    /// Automerge will not have it, or would not have the document after it.
    Unsound,
    /// It writes in a way in which no device of ours does: a list, a counter, a place at the root.
    Foreign,
}

impl Document {
    /// Takes in what of `changes` is sound, one after the other. What is not leaves no trace.
    pub fn examine<'a>(
        &mut self,
        changes: impl IntoIterator<Item = &'a [u8]>,
    ) -> Vec<Result<Vec<Touch>, Finding>> {
        let changes: Vec<_> = changes.into_iter().collect();
        // Nearly always all are sound: saving and loading once shows it.
        let mut all = self.clone();
        let taken: Result<Vec<_>, _> = changes.iter().map(|change| all.take(change)).collect();
        if let Ok(touches) = taken
            && all.survives()
        {
            *self = all;
            return touches.into_iter().map(Ok).collect();
        }
        let examined = changes.iter().map(|change| self.examine_one(change));
        examined.collect()
    }

    fn examine_one(&mut self, bytes: &[u8]) -> Result<Vec<Touch>, Finding> {
        let mut grown = self.clone();
        let touched = grown.take(bytes)?;
        if !grown.survives() {
            return Err(Finding::Unsound);
        }
        *self = grown;
        Ok(touched)
    }

    /// After an error the document is not to be used.
    fn take(&mut self, bytes: &[u8]) -> Result<Vec<Touch>, Finding> {
        let change = chunk::change(bytes).map_err(|_| Finding::Unsound)?;
        let before = self.inner.clone();
        match self.apply(bytes) {
            Ok(Applied::Merged) => {}
            // It stands here already: nothing is written by it.
            Ok(Applied::Known) => return Ok(Vec::new()),
            Ok(Applied::Waiting { .. }) => return Err(Finding::Unfounded),
            Err(_) => return Err(Finding::Unsound),
        }
        let touched = self.read(|inner| touches(&before, inner, &change));
        touched.map_err(|error| match error {
            DocumentError::BadPath => Finding::Foreign,
            _ => Finding::Unsound,
        })
    }

    /// What `change`, which is not in this document, would write in it: for somebody who wants to see
    /// it once more, or to write it anew on top of what is there.
    ///
    /// # Errors
    /// `Rejected` when it rests on what is not here, and as [`Document::apply`].
    pub fn would_write(&self, change: &[u8]) -> Result<Vec<Edit>, DocumentError> {
        let parsed = chunk::change(change)?;
        let mut grown = self.clone();
        if let Applied::Waiting { .. } = grown.apply(change)? {
            return Err(DocumentError::BadPath);
        }
        let touched = grown.read(|inner| touches(&self.inner, inner, &parsed))?;
        let edits = touched.into_iter().map(|touch| Edit {
            document: self.id,
            path: touch.path,
            operation: touch.written.map_or(Operation::Delete, Operation::Put),
        });
        Ok(edits.collect())
    }

    /// Whether it comes back from its own bytes as it is.
    fn survives(&self) -> bool {
        let reloaded = self.save().and_then(|saved| Self::load(self.id, &saved));
        match (reloaded, self.tree()) {
            (Ok(reloaded), Ok(tree)) => {
                reloaded.heads() == self.heads() && reloaded.tree().is_ok_and(|same| same == tree)
            }
            _ => false,
        }
    }
}

/// The words in a change, each with the last step of its place, as far as the change alone tells:
/// for a document that is not here any more.
#[must_use]
pub fn words(change: &[u8]) -> Vec<(String, String)> {
    let read = guard(|| {
        let expanded = chunk::change(change)?.decode();
        let mut words: Vec<(String, String)> = Vec::new();
        // The text that letters are being put into, one after the other.
        let mut text = None;
        for operation in &expanded.operations {
            let OpType::Put(ScalarValue::Str(written)) = &operation.action else {
                continue;
            };
            match &operation.key {
                Key::Map(key) => words.push((key.to_string(), written.to_string())),
                Key::Seq(_) if text == Some(&operation.obj) => {
                    words
                        .last_mut()
                        .into_iter()
                        .for_each(|(_, all)| all.push_str(written));
                }
                Key::Seq(_) => {
                    text = Some(&operation.obj);
                    words.push((String::new(), written.to_string()));
                }
            }
        }
        Ok(words)
    });
    read.unwrap_or_default()
}

/// The objects that one change makes.
struct Made {
    maps: BTreeSet<u64>,
    /// Of the maps, those which only lead to what lies below.
    containers: BTreeSet<u64>,
    texts: BTreeSet<u64>,
}

fn touches(
    before: &Automerge,
    after: &Automerge,
    change: &Change,
) -> Result<Vec<Touch>, DocumentError> {
    let expanded = change.decode();
    let made = made(&expanded)?;
    let mut touches: BTreeMap<Path, Touch> = BTreeMap::new();
    for (number, operation) in numbered(&expanded) {
        let author = &expanded.actor_id;
        let object = match &operation.obj {
            ObjectId::Root => return Err(DocumentError::BadPath),
            ObjectId::Id(OpId(counter, actor)) => {
                let here = actor == author;
                if here && (made.texts.contains(counter) || made.is_record(*counter)) {
                    // It is written with the record around it, or is that text itself.
                    continue;
                }
                if here && made.containers.contains(counter) && is_mark(operation) {
                    continue;
                }
                ObjId::Id(*counter, actor.clone(), 0)
            }
        };
        if made.containers.contains(&number) {
            if !operation.pred.is_empty() {
                return Err(DocumentError::BadPath);
            }
            continue;
        }
        let (mut path, began) = place_of(after, &object)?;
        let touch = match &operation.key {
            // A letter in a text that was there before.
            Key::Seq(_) => Touch {
                path,
                known: true,
                holders: BTreeSet::new(),
                began,
                written: after.text(&object).ok().map(Value::Prose),
            },
            Key::Map(key) if key != CONTAINER_MARK && path.len() < DEPTH_MAX => {
                path.push(key.to_string());
                Touch {
                    path,
                    known: !operation.pred.is_empty(),
                    holders: holders(before, &object, key),
                    began,
                    written: written(after, operation, author, number)?,
                }
            }
            Key::Map(_) => return Err(DocumentError::BadPath),
        };
        touches.entry(touch.path.clone()).or_insert(touch);
    }
    Ok(touches.into_values().collect())
}

impl Made {
    fn is_record(&self, number: u64) -> bool {
        self.maps.contains(&number) && !self.containers.contains(&number)
    }
}

fn made(change: &ExpandedChange) -> Result<Made, DocumentError> {
    let mut made = Made {
        maps: BTreeSet::new(),
        containers: BTreeSet::new(),
        texts: BTreeSet::new(),
    };
    for (number, operation) in numbered(change) {
        match &operation.action {
            OpType::Make(ObjType::Map) => drop(made.maps.insert(number)),
            OpType::Make(ObjType::Text) => drop(made.texts.insert(number)),
            OpType::Put(_) | OpType::Delete => {}
            OpType::Make(_) | OpType::Increment(_) | OpType::MarkBegin(_) | OpType::MarkEnd(_) => {
                return Err(DocumentError::BadPath);
            }
        }
        if let ObjectId::Id(OpId(counter, actor)) = &operation.obj
            && *actor == change.actor_id
            && made.maps.contains(counter)
            && is_mark(operation)
        {
            made.containers.insert(*counter);
        }
    }
    Ok(made)
}

/// Each operation with its number, which with the actor is its id.
fn numbered(change: &ExpandedChange) -> impl Iterator<Item = (u64, &Op)> {
    let start = change.start_op.get();
    (start..).zip(&change.operations)
}

fn is_mark(operation: &Op) -> bool {
    matches!(&operation.key, Key::Map(key) if key == CONTAINER_MARK)
}

/// The way to an object, and who has made the one that lies two steps from the root on it.
fn place_of(
    document: &Automerge,
    object: &ObjId,
) -> Result<(Path, Option<DeviceId>), DocumentError> {
    let mut path = Path::new();
    let mut objects = vec![object.clone()];
    for parent in document.parents(object)? {
        match parent.prop {
            Prop::Map(key) if path.len() < DEPTH_MAX => path.push(key.to_string()),
            Prop::Map(_) | Prop::Seq(_) => return Err(DocumentError::BadPath),
        }
        objects.push(parent.obj);
    }
    path.reverse();
    let record = path
        .len()
        .checked_sub(2)
        .and_then(|place| objects.get(place));
    let began = record.and_then(|record| match record {
        ObjId::Id(_, actor, _) => actor::device(actor),
        ObjId::Root => None,
    });
    Ok((path, began))
}

fn written(
    document: &Automerge,
    operation: &Op,
    author: &ActorId,
    number: u64,
) -> Result<Option<Value>, DocumentError> {
    let held = match &operation.action {
        OpType::Make(made) => Held::Object(*made),
        OpType::Put(scalar) => Held::Scalar(Cow::Owned(scalar.clone())),
        _ => return Ok(None),
    };
    let id = ObjId::Id(number, author.clone(), 0);
    view::shown(document, &vec![(held, id)], 0)
}

/// Nobody, when the object itself is new.
fn holders(before: &Automerge, object: &ObjId, key: &str) -> BTreeSet<DeviceId> {
    let held = before.get_all(object, key).unwrap_or_default();
    let writers = held.into_iter().filter_map(|(_, id)| match id {
        ObjId::Id(_, actor, _) => actor::device(&actor),
        ObjId::Root => None,
    });
    writers.collect()
}
