//! What the relay has decided about training besides rules and certificates: a family of facts of its own, so that
//! the one list of all facts stays short.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::document::{DocumentId, DocumentKind};
use crate::id::{AnswerId, ClassId, CourseId, Id, LessonId, PathId, PersonId, RoundId, ScoreId};
use crate::training::classes::decision::{Class, Register, Seat};
use crate::training::needs::round::{Answered, Round};
use crate::training::paths::decision::Path;
use crate::training::required::Required;
use crate::training::sheets::decision::{Score, Sheet};

/// New keys are added at the end: the position is the number on the wire and on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TrainingKey {
    Required(PersonId, CourseId),
    Class(ClassId),
    /// Whose it is.
    Seat(PersonId, ClassId),
    /// By who holds the class: all its seats once more, for whoever marks them.
    Register(PersonId, ClassId),
    Sheet(CourseId, LessonId),
    /// Whose performance it was.
    Score(PersonId, ScoreId),
    Path(PathId),
    Round(RoundId),
    /// Who has answered it.
    Answered(PersonId, RoundId),
}

/// One variant per key, at the same position.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum TrainingFact {
    Required(Required),
    Class(Class),
    Seat(Seat),
    Register(Register),
    Sheet(Sheet),
    Score(Score),
    Path(Path),
    Round(Round),
    Answered(Answered),
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TrainingFacts {
    pub required: BTreeMap<(PersonId, CourseId), Required>,
    pub classes: BTreeMap<ClassId, Class>,
    pub seats: BTreeMap<(PersonId, ClassId), Seat>,
    pub registers: BTreeMap<(PersonId, ClassId), Register>,
    pub sheets: BTreeMap<(CourseId, LessonId), Sheet>,
    pub scores: BTreeMap<(PersonId, ScoreId), Score>,
    pub paths: BTreeMap<PathId, Path>,
    pub rounds: BTreeMap<RoundId, Round>,
    pub answered: BTreeMap<(PersonId, RoundId), Answered>,
}

impl TrainingKey {
    /// What is said of one person goes with their reviews; what concerns everybody with none.
    #[must_use]
    pub fn document(self) -> Option<DocumentId> {
        match self {
            Self::Required(person, _)
            | Self::Seat(person, _)
            | Self::Register(person, _)
            | Self::Score(person, _)
            | Self::Answered(person, _) => Some(DocumentId::reviews(person)),
            Self::Class(_) | Self::Sheet(..) | Self::Path(_) | Self::Round(_) => None,
        }
    }
}

impl TrainingFacts {
    /// A fact whose kind does not fit its key is ignored, as in [`crate::facts::Facts::apply`].
    pub fn apply(&mut self, key: TrainingKey, fact: Option<TrainingFact>) {
        use TrainingFact as F;
        use TrainingKey as K;
        match (key, fact) {
            (K::Required(person, course), None) => drop(self.required.remove(&(person, course))),
            (K::Required(person, course), Some(F::Required(fact))) => {
                self.required.insert((person, course), fact);
            }
            (K::Class(class), None) => drop(self.classes.remove(&class)),
            (K::Class(class), Some(F::Class(fact))) => drop(self.classes.insert(class, fact)),
            (K::Seat(person, class), None) => drop(self.seats.remove(&(person, class))),
            (K::Seat(person, class), Some(F::Seat(fact))) => {
                self.seats.insert((person, class), fact);
            }
            (K::Register(person, class), None) => drop(self.registers.remove(&(person, class))),
            (K::Register(person, class), Some(F::Register(fact))) => {
                self.registers.insert((person, class), fact);
            }
            (K::Sheet(course, lesson), None) => drop(self.sheets.remove(&(course, lesson))),
            (K::Sheet(course, lesson), Some(F::Sheet(fact))) => {
                self.sheets.insert((course, lesson), fact);
            }
            (K::Score(person, id), None) => drop(self.scores.remove(&(person, id))),
            (K::Score(person, id), Some(F::Score(fact))) => {
                self.scores.insert((person, id), fact);
            }
            (K::Path(path), None) => drop(self.paths.remove(&path)),
            (K::Path(path), Some(F::Path(fact))) => drop(self.paths.insert(path, fact)),
            (K::Round(round), None) => drop(self.rounds.remove(&round)),
            (K::Round(round), Some(F::Round(fact))) => drop(self.rounds.insert(round, fact)),
            (K::Answered(person, round), None) => drop(self.answered.remove(&(person, round))),
            (K::Answered(person, round), Some(F::Answered(fact))) => {
                self.answered.insert((person, round), fact);
            }
            (_, Some(_)) => {}
        }
    }

    #[must_use]
    pub fn get(&self, key: TrainingKey) -> Option<TrainingFact> {
        use TrainingFact as F;
        use TrainingKey as K;
        match key {
            K::Required(person, course) => {
                let known = self.required.get(&(person, course)).copied();
                known.map(F::Required)
            }
            K::Class(class) => self.classes.get(&class).cloned().map(F::Class),
            K::Seat(person, class) => self.seats.get(&(person, class)).copied().map(F::Seat),
            K::Register(person, class) => {
                let known = self.registers.get(&(person, class)).cloned();
                known.map(F::Register)
            }
            K::Sheet(course, lesson) => self.sheets.get(&(course, lesson)).cloned().map(F::Sheet),
            K::Score(person, id) => self.scores.get(&(person, id)).cloned().map(F::Score),
            K::Path(path) => self.paths.get(&path).cloned().map(F::Path),
            K::Round(round) => self.rounds.get(&round).cloned().map(F::Round),
            K::Answered(person, round) => {
                let known = self.answered.get(&(person, round)).cloned();
                known.map(F::Answered)
            }
        }
    }

    pub fn keys(&self) -> impl Iterator<Item = TrainingKey> {
        use TrainingKey as K;
        let required = self.required.keys().map(|key| K::Required(key.0, key.1));
        required
            .chain(self.classes.keys().copied().map(K::Class))
            .chain(self.seats.keys().map(|key| K::Seat(key.0, key.1)))
            .chain(self.registers.keys().map(|key| K::Register(key.0, key.1)))
            .chain(self.sheets.keys().map(|key| K::Sheet(key.0, key.1)))
            .chain(self.scores.keys().map(|key| K::Score(key.0, key.1)))
            .chain(self.paths.keys().copied().map(K::Path))
            .chain(self.rounds.keys().copied().map(K::Round))
            .chain(self.answered.keys().map(|key| K::Answered(key.0, key.1)))
    }

    /// Of those that come and go with this document.
    pub fn keys_of(&self, document: DocumentId) -> impl Iterator<Item = TrainingKey> {
        use TrainingKey as K;
        let person = (document.kind == DocumentKind::Reviews).then_some(PersonId(document.id));
        person.into_iter().flat_map(|person| {
            let courses = (person, CourseId(Id::ZERO))..=(person, CourseId(Id::MAX));
            let classes = (person, ClassId(Id::ZERO))..=(person, ClassId(Id::MAX));
            let required = self.required.range(courses);
            let required = required.map(|(key, _)| K::Required(key.0, key.1));
            let seats = self.seats.range(classes.clone());
            let seats = seats.map(|(key, _)| K::Seat(key.0, key.1));
            let registers = self.registers.range(classes);
            let registers = registers.map(|(key, _)| K::Register(key.0, key.1));
            let scores = self.scores_of(person);
            let scores = scores.map(move |(id, _)| K::Score(person, id));
            let answered = self.answered_by(person);
            let answered = answered.map(move |(round, _)| K::Answered(person, round));
            let others = required.chain(seats).chain(registers).chain(scores);
            others.chain(answered)
        })
    }

    /// The earliest first, as they were sent out.
    pub fn seats_of(&self, person: PersonId) -> impl Iterator<Item = (ClassId, Seat)> {
        let all = (person, ClassId(Id::ZERO))..=(person, ClassId(Id::MAX));
        let seats = self.seats.range(all);
        seats.map(|((_, class), seat)| (*class, *seat))
    }

    pub fn scores_of(&self, person: PersonId) -> impl Iterator<Item = (ScoreId, &Score)> {
        let all = (person, ScoreId(Id::ZERO))..=(person, ScoreId(Id::MAX));
        let scores = self.scores.range(all);
        scores.map(|((_, id), score)| (*id, score))
    }

    pub fn answered_by(&self, person: PersonId) -> impl Iterator<Item = (RoundId, &Answered)> {
        let all = (person, RoundId(Id::ZERO))..=(person, RoundId(Id::MAX));
        let rounds = self.answered.range(all);
        rounds.map(|((_, round), answered)| (*round, answered))
    }

    /// Whether the relay has taken note of this answer as the person's.
    #[must_use]
    pub fn is_answer_of(&self, person: PersonId, answer: AnswerId) -> bool {
        let mut rounds = self.answered_by(person);
        rounds.any(|(_, answered)| answered.answers.contains(&answer))
    }

    pub fn sheets_of(&self, course: CourseId) -> impl Iterator<Item = (LessonId, &Sheet)> {
        let all = (course, LessonId(Id::ZERO))..=(course, LessonId(Id::MAX));
        let sheets = self.sheets.range(all);
        sheets.map(|((_, lesson), sheet)| (*lesson, sheet))
    }
}
