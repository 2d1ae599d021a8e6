//! What a review was submitted with: the plan's version in full, the figures with the records behind them, ratings and
//! feedback. Copied into the review, so that it says the same whatever becomes of plan and records; its digest stands in
//! the relay's decision, so that everybody who reads it can tell that it is what was submitted.

use core::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::calendar::Period;
use crate::command::RecordRef;
use crate::id::{Id, PersonId};
use crate::order::{gathered, sort_by};
use crate::reviews::measure::Measure;
use crate::reviews::plan::{ScorePlan, ScoreRole};
use crate::reviews::record::{Rating, Said, rated, read_rating, read_said};
use crate::reviews::score::{Figure, Figures, Score, score};
use crate::reviews::written;
use crate::time::Instant;
use crate::value::{Map, Value, filled, map_of};

#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ReviewDigest(pub [u8; 32]);

impl fmt::Debug for ReviewDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// One record behind a figure. Of a manager's figures the records are the people of the team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FrozenPiece {
    pub record: RecordRef,
    pub part: i64,
    pub of: i64,
    pub at: Instant,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenFigure {
    pub measure: Measure,
    pub figure: Figure,
    pub pieces: Vec<FrozenPiece>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frozen {
    pub id: Id,
    pub by: PersonId,
    pub at: Instant,
    pub period: Period,
    pub role: ScoreRole,
    /// Of the plan's version.
    pub number: u32,
    pub plan: ScorePlan,
    pub figures: Vec<FrozenFigure>,
    pub ratings: Vec<Rating>,
    pub feedback: Vec<Said>,
    /// Over all of it, as it stands in the document.
    pub digest: ReviewDigest,
}

impl Frozen {
    /// `None` when a part without which nothing can be reckoned is missing.
    pub(super) fn read(person: PersonId, period: Period, key: &str, entry: &Value) -> Option<Self> {
        let id = key.parse().ok()?;
        let mut ratings: Vec<_> = entry
            .entries(&["ratings"])
            .filter_map(|(key, entry)| read_rating(key, entry))
            .collect();
        sort_by(&mut ratings, |one, other| {
            (one.at, one.id).cmp(&(other.at, other.id))
        });
        let mut feedback: Vec<_> = entry
            .entries(&["feedback"])
            .filter_map(|(key, entry)| read_said(key, entry))
            .collect();
        sort_by(&mut feedback, |one, other| {
            (one.at, one.id).cmp(&(other.at, other.id))
        });
        let figures = entry.entries(&["figures"]);
        Some(Self {
            id,
            by: entry.parsed(&["by"])?,
            at: entry.instant(&["at"])?,
            period,
            role: entry.parsed(&["role"])?,
            number: u32::try_from(entry.int(&["number"])?).ok()?,
            plan: written::read(entry.text(&["plan"])?)?,
            figures: figures
                .filter_map(|(key, entry)| read_figure(key, entry))
                .collect(),
            ratings,
            feedback,
            digest: digest(person, period, id, entry),
        })
    }

    /// As it is put into the document.
    pub(super) fn entry(&self) -> Map {
        let figures = self.figures.iter();
        let figures: Map = gathered(
            figures.map(|it| (it.measure.word().to_owned(), Value::Map(figure_entry(it)))),
        );
        let ratings = self.ratings.iter();
        let ratings: Map =
            gathered(ratings.map(|it| (it.id.to_string(), Value::Map(rating_entry(it)))));
        let feedback = self.feedback.iter();
        let feedback: Map =
            gathered(feedback.map(|it| (it.id.to_string(), Value::Map(said_entry(it)))));
        map_of([
            ("by", Some(self.by.to_string().into())),
            ("at", Some(self.at.into())),
            ("role", Some(self.role.word().into())),
            ("number", Some(i64::from(self.number).into())),
            ("plan", Some(written::written(&self.plan).into())),
            ("figures", Some(figures.into())),
            ("ratings", Some(ratings.into())),
            ("feedback", Some(feedback.into())),
        ])
    }

    #[must_use]
    pub fn score(&self) -> Score {
        score(&self.plan, self.period.span().months(), &self.all_figures())
    }

    /// Those of records and those of ratings.
    #[must_use]
    pub fn all_figures(&self) -> Figures {
        let mut figures = rated(&self.ratings);
        figures.extend(self.figures.iter().map(|it| (it.measure, it.figure)));
        figures
    }
}

pub(super) fn rating_entry(rating: &Rating) -> Map {
    map_of([
        ("by", Some(rating.by.to_string().into())),
        ("at", Some(rating.at.into())),
        ("measure", Some(rating.measure.word().into())),
        ("level", rating.level.map(|level| i64::from(level).into())),
        ("evidence", filled(&rating.evidence)),
    ])
}

pub(super) fn said_entry(said: &Said) -> Map {
    map_of([
        ("by", Some(said.by.to_string().into())),
        ("at", Some(said.at.into())),
        ("text", filled(&said.text)),
    ])
}

fn figure_entry(it: &FrozenFigure) -> Map {
    let pieces = it.pieces.iter().map(|piece| {
        let FrozenPiece {
            record,
            part,
            of,
            at,
        } = piece;
        format!("{} {part} {of} {}", name_of(*record), at.millis())
    });
    let pieces = pieces.collect::<Vec<_>>().join("\n");
    map_of([
        ("value", Some(it.figure.value.into())),
        ("sample", Some(i64::from(it.figure.sample).into())),
        ("records", filled(&pieces)),
    ])
}

fn read_figure(key: &str, entry: &Value) -> Option<FrozenFigure> {
    let lines = entry.text(&["records"]).unwrap_or_default().lines();
    Some(FrozenFigure {
        measure: key.parse().ok()?,
        figure: Figure {
            value: entry.int(&["value"])?,
            sample: u32::try_from(entry.int(&["sample"])?).ok()?,
        },
        pieces: lines.filter_map(read_piece).collect(),
    })
}

fn read_piece(line: &str) -> Option<FrozenPiece> {
    let mut words = line.split(' ');
    Some(FrozenPiece {
        record: read_name(words.next()?)?,
        part: words.next()?.parse().ok()?,
        of: words.next()?.parse().ok()?,
        at: Instant::from_millis(words.next()?.parse().ok()?),
    })
}

/// Such as `order/{client}/{order}`.
fn name_of(record: RecordRef) -> String {
    match record {
        RecordRef::Client(client) => format!("client/{client}"),
        RecordRef::Visit(client, visit) => format!("visit/{client}/{visit}"),
        RecordRef::Task(person, task) => format!("task/{person}/{task}"),
        RecordRef::Person(person) => format!("person/{person}"),
        RecordRef::Course(course) => format!("course/{course}"),
        RecordRef::Goal(goal) => format!("goal/{goal}"),
        RecordRef::Order(client, order) => format!("order/{client}/{order}"),
        RecordRef::Review(person, period) => format!("review/{person}/{period}"),
        RecordRef::Pay(person, id) => format!("pay/{person}/{id}"),
        RecordRef::Post(team, id) => format!("post/{team}/{id}"),
        RecordRef::Reply(person, reply) => format!("reply/{person}/{reply}"),
        RecordRef::Class(class) => format!("class/{class}"),
        RecordRef::Agreement(agreement) => format!("agreement/{agreement}"),
        RecordRef::Round(round) => format!("round/{round}"),
    }
}

fn read_name(name: &str) -> Option<RecordRef> {
    let (kind, rest) = name.split_once('/')?;
    let pair = || rest.split_once('/');
    match kind {
        "client" => rest.parse().ok().map(RecordRef::Client),
        "visit" => {
            let (client, visit) = pair()?;
            Some(RecordRef::Visit(client.parse().ok()?, visit.parse().ok()?))
        }
        "task" => {
            let (person, task) = pair()?;
            Some(RecordRef::Task(person.parse().ok()?, task.parse().ok()?))
        }
        "person" => rest.parse().ok().map(RecordRef::Person),
        "course" => rest.parse().ok().map(RecordRef::Course),
        "class" => rest.parse().ok().map(RecordRef::Class),
        "goal" => rest.parse().ok().map(RecordRef::Goal),
        "order" => {
            let (client, order) = pair()?;
            Some(RecordRef::Order(client.parse().ok()?, order.parse().ok()?))
        }
        "review" => {
            let (person, period) = pair()?;
            Some(RecordRef::Review(
                person.parse().ok()?,
                period.parse().ok()?,
            ))
        }
        "pay" => {
            let (person, id) = pair()?;
            Some(RecordRef::Pay(person.parse().ok()?, id.parse().ok()?))
        }
        "post" => {
            let (team, id) = pair()?;
            Some(RecordRef::Post(team.parse().ok()?, id.parse().ok()?))
        }
        "reply" => {
            let (person, reply) = pair()?;
            Some(RecordRef::Reply(person.parse().ok()?, reply.parse().ok()?))
        }
        "agreement" => rest.parse().ok().map(RecordRef::Agreement),
        "round" => rest.parse().ok().map(RecordRef::Round),
        _ => None,
    }
}

/// SHA-256 over every value with the way to it, in their order, each behind its length: what is added is seen as well.
#[must_use]
pub fn digest(person: PersonId, period: Period, id: Id, entry: &Value) -> ReviewDigest {
    let mut hash = Sha256::new();
    for word in [
        "caravan review 1",
        &person.to_string(),
        &period.to_string(),
        &id.to_string(),
    ] {
        take(&mut hash, word);
    }
    take_value(&mut hash, entry);
    ReviewDigest(hash.finalize().into())
}

fn take(hash: &mut Sha256, word: &str) {
    hash.update((word.len() as u64).to_be_bytes());
    hash.update(word);
}

fn take_value(hash: &mut Sha256, value: &Value) {
    match value {
        Value::Map(map) => {
            take(hash, "map");
            take(hash, &map.len().to_string());
            for (key, value) in map {
                take(hash, key);
                take_value(hash, value);
            }
        }
        Value::Text(text) | Value::Prose(text) => take(hash, text),
        Value::Int(int) => take(hash, &int.to_string()),
        Value::Bool(flag) => take(hash, if *flag { "true" } else { "false" }),
        Value::Float(float) => hash.update(float.to_be_bytes()),
        Value::Bytes(bytes) => {
            hash.update((bytes.len() as u64).to_be_bytes());
            hash.update(bytes);
        }
        Value::Null => take(hash, "null"),
    }
}
