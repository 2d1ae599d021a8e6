//! Commands: everything a person does, checked and turned into edits and decisions. Pure: the
//! clock, the ids and the documents come in through [`Context`].

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::agreements::command::AgreementCommand;
use crate::calendar::Period;
use crate::clients::command::ClientCommand;
use crate::clients::ownership::first_grant;
use crate::conflict::is_settled_by_picking;
use crate::decision::{Decision, decide};
use crate::development::command::DevelopmentCommand;
use crate::document::{DocumentId, DocumentKind};
use crate::edit::{Edit, Path};
use crate::facts::Facts;
use crate::goals::command::GoalCommand;
use crate::goals::place::GoalRef;
use crate::grades::command::GradeCommand;
use crate::handovers::command::HandoverCommand;
use crate::id::{
    AgreementId, ClassId, ClientId, CourseId, Id, IdSource, OrderId, PersonId, ReplyId, RoundId,
    TaskId, TeamId, VisitId,
};
use crate::orders::command::OrderCommand;
use crate::pay::command::PayCommand;
use crate::people::decision::PeopleDecision;
use crate::plan::Plan;
use crate::policy;
use crate::recognition::command::RecognitionCommand;
use crate::reviews::command::ReviewCommand;
use crate::surveys::decision::SurveyDecision;
use crate::tasks::command::TaskCommand;
use crate::time::Instant;
use crate::training::command::TrainingCommand;
use crate::value::Value;
use crate::visits::command::VisitCommand;
use crate::work::command::WorkCommand;

/// One arm per module; the rules stand in the module.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Command {
    Client(ClientCommand),
    Visit(VisitCommand),
    Task(TaskCommand),
    Order(OrderCommand),
    People(PeopleDecision),
    ChangePlan(Plan),
    Training(TrainingCommand),
    Work(WorkCommand),
    /// Picks one of the values that two people wrote at once.
    Resolve {
        document: DocumentId,
        path: Path,
        value: Value,
    },
    Goal(GoalCommand),
    Pay(PayCommand),
    Review(ReviewCommand),
    Survey(SurveyDecision),
    Handover(HandoverCommand),
    Grade(GradeCommand),
    Development(DevelopmentCommand),
    Agreement(AgreementCommand),
    Recognition(RecognitionCommand),
}

/// What a command works with.
pub struct Context<'a> {
    pub me: PersonId,
    pub now: Instant,
    pub ids: &'a mut dyn IdSource,
    pub facts: &'a Facts,
    pub documents: &'a dyn Documents,
}

/// The documents the engine has opened for a command.
pub trait Documents {
    fn tree(&self, document: DocumentId) -> Option<&Value>;
}

/// What a command wants done, as values; the engine does it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outcome {
    /// Decisions that the edits rest on: they go to the relay before them, which takes the edits only if it has taken these.
    pub first: Vec<Decision>,
    pub edits: Vec<Edit>,
    pub decisions: Vec<Decision>,
    /// What the command brought into being, for the screen to open.
    pub created: Option<RecordRef>,
}

/// Something a person can open. Stored with what waits: new ones are added at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RecordRef {
    Client(ClientId),
    Visit(ClientId, VisitId),
    Task(PersonId, TaskId),
    Person(PersonId),
    Course(CourseId),
    Goal(GoalRef),
    Order(ClientId, OrderId),
    /// A statement, an adjustment or a dispute of a person's.
    Pay(PersonId, Id),
    /// A post to a team.
    Post(TeamId, Id),
    Review(PersonId, Period),
    /// What a client has said of a person.
    Reply(PersonId, ReplyId),
    Class(ClassId),
    Agreement(AgreementId),
    /// One asking after what people would like to learn.
    Round(RoundId),
}

impl RecordRef {
    /// The document it lies in.
    #[must_use]
    pub fn document(self) -> DocumentId {
        match self {
            Self::Client(client) | Self::Visit(client, _) => client.into(),
            Self::Task(person, _) | Self::Person(person) => person.into(),
            Self::Course(_) | Self::Class(_) | Self::Agreement(_) | Self::Round(_) => {
                DocumentId::COMPANY
            }
            Self::Goal(goal) => goal.place.document(),
            Self::Order(client, _) => DocumentId::orders(client),
            Self::Pay(person, _) => DocumentId::pay(person),
            Self::Post(team, _) => team.into(),
            Self::Review(person, _) | Self::Reply(person, _) => DocumentId::reviews(person),
        }
    }
}

impl From<ClientId> for RecordRef {
    fn from(client: ClientId) -> Self {
        Self::Client(client)
    }
}

/// A field of a form, so that an error can stand beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Field {
    Name,
    Code,
    Region,
    Address,
    Source,
    Note,
    Tags,
    Phone,
    Birthday,
    Position,
    Title,
    Due,
    Date,
    Progress,
    NextStep,
    Link,
    Choices,
    Answers,
    Level,
    Hours,
    Estimate,
    Reason,
    Target,
    Unit,
    Value,
    Parent,
    AlertBelow,
    UpdateEvery,
    Product,
    Quantity,
    Price,
    Discount,
    Amount,
    Evidence,
    Feedback,
    Points,
    Criteria,
    Place,
    Room,
    People,
    Courses,
    Topics,
}

/// Why a command was not run. Nothing has changed; what was typed stays with the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum CommandError {
    #[error("{0:?} must not be blank")]
    Blank(Field),
    #[error("{field:?} is longer than {max} characters")]
    TooLong { field: Field, max: u32 },
    #[error("{0:?} cannot be read")]
    Malformed(Field),
    #[error("nothing by that id is on this device")]
    NotFound,
    #[error("the person may not do this")]
    NotAllowed,
    #[error("too many at once")]
    TooMany,
    #[error("this is already done")]
    AlreadyDone,
    #[error("the visit has not begun")]
    NotBegun,
    #[error("nothing that {0:?} could be kept with is on this device")]
    Nowhere(Field),
    #[error(transparent)]
    Refused(#[from] crate::decision::Refusal),
}

impl CommandError {
    pub(crate) const fn blank(field: Field) -> Self {
        Self::Blank(field)
    }

    pub(crate) const fn too_long(field: Field, max: usize) -> Self {
        Self::TooLong {
            field,
            max: max as u32,
        }
    }

    pub(crate) const fn malformed(field: Field) -> Self {
        Self::Malformed(field)
    }
}

impl Context<'_> {
    /// # Errors
    /// `NotFound` when the document is not on this device.
    pub(crate) fn document(&self, document: impl Into<DocumentId>) -> Result<&Value, CommandError> {
        self.documents
            .tree(document.into())
            .ok_or(CommandError::NotFound)
    }

    /// Ids that sort in the order in which they are handed out, which ids minted within one
    /// millisecond need not.
    pub(crate) fn mint_in_order(&mut self, count: usize) -> Vec<Id> {
        let mut ids: Vec<_> = (0..count).map(|_| self.ids.mint()).collect();
        ids.sort_unstable();
        ids
    }
}

impl Outcome {
    pub(crate) fn of(edits: impl IntoIterator<Item = Edit>) -> Self {
        Self {
            edits: edits.into_iter().collect(),
            ..Self::default()
        }
    }
}

impl Command {
    /// The documents the engine must open before [`Command::run`] for `me`.
    #[must_use]
    pub fn reads(&self, me: PersonId) -> Vec<DocumentId> {
        match self {
            Self::Client(command) => command.reads(),
            Self::Visit(command) => command.reads(),
            Self::Task(command) => command.reads(),
            Self::Training(command) => command.reads(me),
            Self::Work(command) => command.reads(),
            Self::Order(command) => command.reads(),
            Self::People(_) | Self::ChangePlan(_) | Self::Survey(_) | Self::Grade(_) => Vec::new(),
            Self::Resolve { document, .. } => vec![*document],
            Self::Goal(command) => command.reads(),
            Self::Pay(command) => command.reads(),
            Self::Review(command) => command.reads(),
            Self::Handover(command) => command.reads(),
            Self::Development(command) => command.reads(),
            Self::Agreement(command) => command.reads(),
            Self::Recognition(command) => command.reads(),
        }
    }

    /// # Errors
    /// Why nothing was done. Besides the module's own checks, every edit passes the policy here.
    pub fn run(self, cx: &mut Context<'_>) -> Result<Outcome, CommandError> {
        let outcome = match self {
            Self::Client(command) => command.run(cx)?,
            Self::Visit(command) => command.run(cx)?,
            Self::Task(command) => command.run(cx)?,
            Self::Training(command) => command.run(cx)?,
            Self::Work(command) => command.run(cx)?,
            Self::Order(command) => command.run(cx)?,
            Self::People(decision) => Outcome {
                decisions: vec![Decision::People(decision)],
                ..Outcome::default()
            },
            Self::ChangePlan(plan) => Outcome {
                decisions: vec![Decision::ChangePlan(plan)],
                ..Outcome::default()
            },
            Self::Resolve {
                document,
                path,
                value,
            } => {
                cx.document(document)?;
                if !is_settled_by_picking(document, &path) {
                    return Err(CommandError::NotAllowed);
                }
                let steps: Vec<_> = path.iter().map(String::as_str).collect();
                Outcome::of([Edit::put(document, &steps, value)])
            }
            Self::Goal(command) => command.run(cx)?,
            Self::Pay(command) => command.run(cx)?,
            Self::Review(command) => command.run(cx)?,
            Self::Survey(decision) => Outcome {
                decisions: vec![Decision::Survey(decision)],
                ..Outcome::default()
            },
            Self::Handover(command) => command.run(cx)?,
            Self::Grade(command) => command.run(cx)?,
            Self::Development(command) => command.run(cx)?,
            Self::Agreement(command) => command.run(cx)?,
            Self::Recognition(command) => command.run(cx)?,
        };
        check_policy(&outcome, cx)?;
        Ok(outcome)
    }
}

fn check_policy(outcome: &Outcome, cx: &Context<'_>) -> Result<(), CommandError> {
    let mut facts = Cow::Borrowed(cx.facts);
    for decision in &outcome.first {
        for change in decide(decision, cx.me, cx.now, &facts)? {
            facts.to_mut().apply(change);
        }
    }
    for edit in &outcome.edits {
        let steps: Vec<_> = edit.path.iter().map(String::as_str).collect();
        let tree = cx.documents.tree(edit.document);
        let exists = tree.is_some_and(|tree| tree.at(&steps).is_some());
        let allowed = policy::may_write(cx.me, edit.document, &facts)
            && policy::is_place_of(cx.me, edit.document, &edit.path, &facts)
            && policy::may_put(edit.document.kind, &edit.path, exists)
            && policy::may_say(cx.me, edit, tree, &facts);
        if !allowed {
            return Err(CommandError::NotAllowed);
        }
    }
    add_first_grants(outcome, cx.me, &mut facts);
    for decision in &outcome.decisions {
        decide(decision, cx.me, cx.now, &facts)?;
    }
    Ok(())
}

/// A client that no grant names yet will belong to whoever writes it down first: a decision of
/// the same command may count on that.
fn add_first_grants(outcome: &Outcome, me: PersonId, facts: &mut Cow<'_, Facts>) {
    if outcome.decisions.is_empty() {
        return;
    }
    for edit in &outcome.edits {
        let client = edit.document.kind == DocumentKind::Client;
        if client && !facts.grants.contains_key(&edit.document) {
            facts.to_mut().apply(first_grant(edit.document, me));
        }
    }
}
