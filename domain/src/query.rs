//! Questions that rows and facts alone answer, so that no document is opened for a list. A screen
//! watches a query: it is asked again whenever something it depends on has changed.

use serde::{Deserialize, Serialize};

use crate::agreements::view::{AgreementsView, Foreseen, Planned};
use crate::calendar::Period;
use crate::clients::list::{ClientList, ClientPage, SimilarClient, SimilarTo};
use crate::clients::row::ClientRow;
use crate::command::RecordRef;
use crate::dashboard::list::{
    Dashboard, DashboardOf, DashboardPay, DashboardRecordPage, DashboardRecords,
};
use crate::development::list::DevelopmentFile;
use crate::document::DocumentId;
use crate::facts::{Facts, Grant};
use crate::goals::list::{
    GoalFile, GoalHint, GoalList, GoalPage, GoalProbe, GoalRecordPage, GoalRecords,
};
use crate::goals::place::GoalRef;
use crate::grades::list::{GradeFile, GradePage, GradeRecordPage, GradeRecords, LadderView};
use crate::handovers::view::HandoverView;
use crate::id::{ClassId, ClientId, CourseId, DeviceId, OrderId, PersonId, RoundId, TaskId};
use crate::mark::Mark;
use crate::memory::Memory;
use crate::orders::list::{OrderFile, OrderList, OrderPage};
use crate::pay::period::PayPeriod;
use crate::pay::view::{PayFile, PlanVersions, StatementFile, TeamPay};
use crate::pay::what_if::{WhatIf, WhatIfView};
use crate::people::query::{PeopleView, PersonFile};
use crate::plan::Plan;
use crate::recognition::list::{RecognitionForm, RecognitionList, RecognitionPage};
use crate::reviews::command::ReviewRef;
use crate::reviews::list::{
    PlansView, ReviewFile, ReviewHistory, ReviewList, ReviewPage, ReviewRecordPage, ReviewRecords,
    ReviewSpread,
};
use crate::row::Rows;
use crate::surveys::list::{ClientSurveys, FeedbackList, FeedbackPage};
use crate::tasks::list::{TaskEventLine, TaskLine, TaskList, TaskPage};
use crate::time::{Day, Instant};
use crate::today::reminders::Reminder;
use crate::today::view::TodayView;
use crate::training::classes::view::{ClassFile, ClassesView};
use crate::training::effect::view::CourseEffect;
use crate::training::library::answer::{LibraryList, LibraryPage};
use crate::training::needs::view::{NeedsCellFile, NeedsCellOf, NeedsView, RoundFile};
use crate::training::paths::view::PathsView;
use crate::training::view::{PersonTrainingFile, TrainingView};
use crate::visits::list::{VisitList, VisitPage};
use crate::work::query::{
    LoadView, SpreadOver, SpreadView, Suggestion, Wanted, WorkFile, WorkRules,
};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Query {
    Today,
    Clients(ClientList),
    Similar(SimilarTo),
    Visits(VisitList),
    Tasks(TaskList),
    Task(PersonId, TaskId),
    Orders(OrderList),
    Order(ClientId, OrderId),
    People,
    Person(PersonId),
    Plan,
    Training,
    /// From the first holder to the last, as far as the asker may read.
    TaskHistory(PersonId, TaskId),
    WorkRules,
    WorkFile(PersonId),
    Load,
    Suggest(Wanted),
    Spread(SpreadOver),
    /// The asker's reminders of the next days.
    Reminders {
        days: u32,
    },
    Goals(GoalList),
    Goal(GoalRef),
    GoalHint(GoalProbe),
    GoalRecords(GoalRecords),
    /// Somebody's pay around a month, of which any day will do.
    Pay(PersonId, #[serde(with = "crate::calendar::written")] Day),
    PayStatement(PersonId, PayPeriod),
    TeamPay(#[serde(with = "crate::calendar::written")] Day),
    PayPlans,
    PayWhatIf(WhatIf),
    Reviews(ReviewList),
    Review(ReviewRef),
    ReviewRecords(ReviewRecords),
    ReviewHistory(PersonId),
    ReviewSpread(Period),
    ScorePlans,
    Surveys(ClientId),
    Feedback(FeedbackList),
    Dashboard(DashboardOf),
    DashboardPay(DashboardOf),
    DashboardRecords(DashboardRecords),
    /// What one person's successors would take over.
    Handover(PersonId),
    Classes,
    Class(ClassId),
    Paths,
    /// How far one person is with everything.
    PersonTraining(PersonId),
    Library(LibraryList),
    Ladder,
    Grades,
    Grade(PersonId),
    GradeRecords(GradeRecords),
    Development(PersonId),
    /// The asker's own when nobody is named.
    Agreements(Option<PersonId>),
    /// Whom a requirement would touch.
    Foresee(Planned),
    Recognition(RecognitionList),
    RecognitionForm,
    /// Figures before and after a course, of those whom the asker answers for.
    CourseEffect(CourseId),
    Needs,
    NeedsRound(RoundId),
    NeedsCell(NeedsCellOf),
}

/// Each has the name of its question. Written without it: whoever asked knows what they asked for.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Answer {
    Today(Box<TodayView>),
    Clients(ClientPage),
    Similar(Vec<SimilarClient>),
    Visits(VisitPage),
    Tasks(TaskPage),
    Task(Option<Box<TaskLine>>),
    Orders(OrderPage),
    Order(Option<Box<OrderFile>>),
    People(PeopleView),
    Person(Option<Box<PersonFile>>),
    Plan(Plan),
    Training(TrainingView),
    Reminders(Vec<Reminder>),
    TaskHistory(Vec<TaskEventLine>),
    WorkRules(WorkRules),
    WorkFile(Option<Box<WorkFile>>),
    Load(LoadView),
    Suggest(Suggestion),
    Spread(SpreadView),
    Goals(GoalPage),
    Goal(Option<Box<GoalFile>>),
    GoalHint(GoalHint),
    GoalRecords(Option<GoalRecordPage>),
    Pay(Option<Box<PayFile>>),
    PayStatement(Option<Box<StatementFile>>),
    TeamPay(TeamPay),
    PayPlans(PlanVersions),
    PayWhatIf(WhatIfView),
    Reviews(ReviewPage),
    Review(Option<Box<ReviewFile>>),
    ReviewRecords(Option<ReviewRecordPage>),
    ReviewHistory(Option<ReviewHistory>),
    ReviewSpread(ReviewSpread),
    ScorePlans(PlansView),
    Surveys(ClientSurveys),
    Feedback(Option<Box<FeedbackPage>>),
    Dashboard(Option<Box<Dashboard>>),
    DashboardPay(Option<Box<DashboardPay>>),
    DashboardRecords(Option<DashboardRecordPage>),
    Handover(Option<Box<HandoverView>>),
    Classes(ClassesView),
    Class(Option<Box<ClassFile>>),
    Paths(PathsView),
    PersonTraining(Option<Box<PersonTrainingFile>>),
    Library(LibraryPage),
    Ladder(LadderView),
    Grades(GradePage),
    Grade(Option<Box<GradeFile>>),
    GradeRecords(Option<GradeRecordPage>),
    Development(Option<Box<DevelopmentFile>>),
    Agreements(AgreementsView),
    Foresee(Foreseen),
    Recognition(RecognitionPage),
    RecognitionForm(RecognitionForm),
    CourseEffect(Option<CourseEffect>),
    Needs(NeedsView),
    NeedsRound(Option<Box<RoundFile>>),
    NeedsCell(Option<Box<NeedsCellFile>>),
}

/// What queries are answered from.
pub struct Sources<'a> {
    pub me: PersonId,
    pub device: DeviceId,
    pub now: Instant,
    pub rows: &'a Rows,
    /// With this device's pending decisions laid over.
    pub facts: &'a Facts,
    /// What the relay has confirmed.
    pub settled: &'a Facts,
    pub marks: &'a dyn Marks,
    pub memory: &'a Memory,
}

impl<'a> Sources<'a> {
    /// Every client with its grant. Both are sorted by id, so that neither needs looking up.
    pub(crate) fn clients(&self) -> impl Iterator<Item = (&'a ClientRow, Option<&'a Grant>)> {
        let mut grants = self.facts.grants.iter().peekable();
        self.rows.clients.values().map(move |row| {
            let document = DocumentId::from(row.id);
            while grants.next_if(|(other, _)| **other < document).is_some() {}
            let grant = grants.next_if(|(other, _)| **other == document);
            (row, grant.map(|(_, grant)| grant))
        })
    }

    /// A client that no grant names yet was written down on this device a moment ago.
    pub(crate) fn is_mine(&self, grant: Option<&Grant>) -> bool {
        grant.is_none_or(|grant| grant.owner == self.me)
    }

    pub(crate) fn is_mine_or_shared(&self, grant: Option<&Grant>) -> bool {
        self.is_mine(grant) || grant.is_some_and(|grant| grant.shared_with.contains(&self.me))
    }

    /// Empty for somebody whose record is not on this device yet.
    pub(crate) fn name_of(&self, person: PersonId) -> String {
        self.facts
            .people
            .get(&person)
            .map(|known| known.name.clone())
            .unwrap_or_default()
    }

    pub(crate) fn names_of(
        &self,
        people: impl IntoIterator<Item = PersonId>,
    ) -> Vec<(PersonId, String)> {
        people
            .into_iter()
            .map(|person| (person, self.name_of(person)))
            .collect()
    }

    pub(crate) fn owner_name(&self, document: DocumentId) -> String {
        let owner = self.facts.owner(document);
        owner.map(|owner| self.name_of(owner)).unwrap_or_default()
    }
}

/// The sync state of each record; the engine's outbox knows it.
pub trait Marks {
    fn mark(&self, record: RecordRef) -> Mark;
    fn waiting(&self) -> u32;
    fn needing_attention(&self) -> u32;
}

/// The answers of the first screens, which need little of the code that answers everything else (decision 0017).
/// `None` for any other question.
#[must_use]
pub fn first_answer(query: &Query, from: &Sources<'_>) -> Option<Answer> {
    match query {
        Query::Today => Some(Answer::Today(Box::new(crate::today::answer::today(from)))),
        Query::Clients(list) => Some(Answer::Clients(crate::clients::answer::page(list, from))),
        _ => None,
    }
}

/// Answers from memory, within a frame for 10,000 clients.
#[must_use]
pub fn answer(query: &Query, from: &Sources<'_>) -> Answer {
    use crate::{
        agreements, clients, dashboard, development, goals, grades, handovers, orders, pay, people,
        recognition, reviews, surveys, tasks, today, training, visits, work,
    };
    match query {
        Query::Today => Answer::Today(Box::new(today::answer::today(from))),
        Query::Clients(list) => Answer::Clients(clients::answer::page(list, from)),
        Query::Similar(to) => Answer::Similar(clients::similar::similar(to, from)),
        Query::Visits(list) => Answer::Visits(visits::answer::page(list, from)),
        Query::Tasks(list) => Answer::Tasks(tasks::answer::page(list, from)),
        Query::Task(assignee, task) => {
            let line = tasks::answer::line_of(*assignee, *task, from);
            Answer::Task(line.map(Box::new))
        }
        Query::Orders(list) => Answer::Orders(orders::answer::page(list, from)),
        Query::Order(client, order) => Answer::Order(orders::answer::file(*client, *order, from)),
        Query::People => Answer::People(people::answer::people(from)),
        Query::Person(person) => Answer::Person(people::answer::person(*person, from)),
        Query::Plan => Answer::Plan(from.facts.plan()),
        Query::Training => Answer::Training(training::answer::view(from)),
        Query::TaskHistory(assignee, task) => {
            Answer::TaskHistory(tasks::history::history(*assignee, *task, from))
        }
        Query::WorkRules => Answer::WorkRules(work::answer::work_rules(from)),
        Query::WorkFile(person) => Answer::WorkFile(work::answer::work_file(*person, from)),
        Query::Load => Answer::Load(work::answer::load(from)),
        Query::Suggest(wanted) => Answer::Suggest(work::suggest::suggest(wanted, from)),
        Query::Spread(over) => Answer::Spread(work::answer::spread_view(over, from)),
        Query::Reminders { days } => Answer::Reminders(today::answer::reminders(*days, from)),
        Query::Goals(list) => Answer::Goals(goals::answer::page(list, from)),
        Query::Goal(goal) => Answer::Goal(goals::answer::file(*goal, from)),
        Query::GoalHint(probe) => Answer::GoalHint(goals::answer::hint(probe, from)),
        Query::GoalRecords(asked) => Answer::GoalRecords(goals::answer::records(asked, from)),
        Query::Pay(person, month) => Answer::Pay(pay::answer::file(*person, *month, from)),
        Query::PayStatement(person, period) => {
            Answer::PayStatement(pay::answer::statement(*person, *period, from))
        }
        Query::TeamPay(month) => Answer::TeamPay(pay::answer::team(*month, from)),
        Query::PayPlans => Answer::PayPlans(pay::lines::versions(from)),
        Query::PayWhatIf(asked) => Answer::PayWhatIf(pay::what_if::what_if(asked, from)),
        Query::Reviews(list) => Answer::Reviews(reviews::answer::page(list, from)),
        Query::Review(review) => Answer::Review(reviews::answer::file(*review, from)),
        Query::ReviewRecords(asked) => Answer::ReviewRecords(reviews::answer::records(asked, from)),
        Query::ReviewHistory(person) => {
            Answer::ReviewHistory(reviews::answer::history(*person, from))
        }
        Query::ReviewSpread(period) => Answer::ReviewSpread(reviews::answer::spread(*period, from)),
        Query::ScorePlans => Answer::ScorePlans(reviews::answer::plans(from)),
        Query::Surveys(client) => Answer::Surveys(surveys::answer::of_client(*client, from)),
        Query::Feedback(list) => {
            Answer::Feedback(surveys::answer::feedback(list, from).map(Box::new))
        }
        Query::Dashboard(asked) => Answer::Dashboard(dashboard::answer::dashboard(*asked, from)),
        Query::DashboardPay(asked) => Answer::DashboardPay(dashboard::pay::pay(*asked, from)),
        Query::DashboardRecords(asked) => {
            Answer::DashboardRecords(dashboard::records::records(asked, from))
        }
        Query::Handover(person) => Answer::Handover(handovers::answer::view(*person, from)),
        Query::Classes => Answer::Classes(training::classes::answer::view(from)),
        Query::Class(class) => {
            let file = training::classes::answer::file(*class, from);
            Answer::Class(file.map(Box::new))
        }
        Query::Paths => Answer::Paths(training::paths::answer::view(from)),
        Query::PersonTraining(person) => {
            let file = training::person::file(*person, from);
            Answer::PersonTraining(file.map(Box::new))
        }
        Query::Library(list) => Answer::Library(training::library::answer::page(list, from)),
        Query::Ladder => Answer::Ladder(grades::answer::ladder(from)),
        Query::Grades => Answer::Grades(grades::answer::page(from)),
        Query::Grade(person) => Answer::Grade(grades::answer::file(*person, from)),
        Query::GradeRecords(asked) => Answer::GradeRecords(grades::answer::records(asked, from)),
        Query::Development(person) => Answer::Development(development::answer::file(*person, from)),
        Query::Agreements(person) => Answer::Agreements(agreements::answer::view(*person, from)),
        Query::Foresee(planned) => Answer::Foresee(agreements::answer::foresee(planned, from)),
        Query::Recognition(asked) => Answer::Recognition(recognition::answer::page(asked, from)),
        Query::RecognitionForm => Answer::RecognitionForm(recognition::answer::form(from)),
        Query::CourseEffect(course) => {
            Answer::CourseEffect(training::effect::answer::effect(*course, from))
        }
        Query::Needs => Answer::Needs(training::needs::answer::view(from)),
        Query::NeedsRound(round) => {
            let file = training::needs::answer::file(*round, from);
            Answer::NeedsRound(file.map(Box::new))
        }
        Query::NeedsCell(asked) => {
            let file = training::needs::cell::file(asked, from);
            Answer::NeedsCell(file.map(Box::new))
        }
    }
}
