//! One method for each question, so that screens get the answer's own type:
//! `engine.clients(move || ClientList { … })` is a `Signal<Option<ClientPage>>`.

use caravan_domain::{
    agreements::view::{AgreementFile, AgreementsView, Foreseen, Planned, SignedSheet},
    calendar::Period,
    clients::{
        file::ClientFile,
        list::{ClientList, ClientPage, SimilarClient, SimilarTo},
    },
    conflict::{Conflict, Contestable},
    dashboard::list::{
        Dashboard, DashboardOf, DashboardPay, DashboardRecordPage, DashboardRecords,
    },
    development::list::DevelopmentFile,
    goals::{
        list::{GoalFile, GoalHint, GoalList, GoalPage, GoalProbe, GoalRecordPage, GoalRecords},
        place::GoalRef,
    },
    grades::list::{GradeFile, GradePage, GradeRecordPage, GradeRecords, LadderView},
    handovers::view::HandoverView,
    id::{AgreementId, ClassId, ClientId, CourseId, OrderId, PersonId, RoundId, TaskId, VisitId},
    orders::list::{OrderFile, OrderList, OrderPage},
    pay::{
        period::PayPeriod,
        view::{PayFile, PlanVersions, StatementFile, TeamPay},
        what_if::{WhatIf, WhatIfView},
    },
    people::query::{Me, PeopleView, PersonFile},
    plan::Plan,
    query::{Answer, Query},
    recognition::list::{RecognitionForm, RecognitionList, RecognitionPage},
    reviews::{
        command::ReviewRef,
        list::{
            PlansView, ReviewFile, ReviewHistory, ReviewList, ReviewPage, ReviewRecordPage,
            ReviewRecords, ReviewSpread,
        },
    },
    surveys::list::{ClientSurveys, FeedbackList, FeedbackPage},
    tasks::list::{TaskEventLine, TaskLine, TaskList, TaskPage},
    time::Day,
    today::view::TodayView,
    training::{
        classes::view::{ClassFile, ClassesView},
        effect::view::CourseEffect,
        library::answer::{LibraryList, LibraryPage},
        needs::view::{NeedsCellFile, NeedsCellOf, NeedsView, RoundFile},
        paths::view::PathsView,
        view::{CourseFile, PersonTrainingFile, TrainingView},
    },
    visits::list::{VisitFile, VisitList, VisitPage},
    work::query::{LoadView, SpreadOver, SpreadView, Suggestion, Wanted, WorkFile, WorkRules},
};
use caravan_port::{
    ask::{Ask, Told},
    view::{
        ImportedBatch, LockView, Locked, RefusedWords, Session, StorageView, SyncLine, SyncView,
        UndoLine,
    },
};
use leptos::prelude::{Get, Memo, Signal};

use super::Engine;

/// Rows, answered from memory.
macro_rules! rows {
    ($($name:ident: $variant:ident $(($input:ty))? -> $output:ty;)*) => {
        impl Engine {
            $(rows!(@one $name, $variant $(($input))?, $output);)*
        }
    };
    (@one $name:ident, $variant:ident($input:ty), $output:ty) => {
        pub(crate) fn $name(self, ask: impl Fn() -> $input + Send + Sync + 'static) -> Signal<Option<$output>> {
            self.watch(move || Ask::Rows(Query::$variant(ask())), |answer| Told::Rows(Answer::$variant(answer)))
        }
    };
    (@one $name:ident, $variant:ident, $output:ty) => {
        pub(crate) fn $name(self) -> Signal<Option<$output>> {
            self.watch(|| Ask::Rows(Query::$variant), |answer| Told::Rows(Answer::$variant(answer)))
        }
    };
}

rows! {
    today: Today -> Box<TodayView>;
    clients: Clients(ClientList) -> ClientPage;
    similar: Similar(SimilarTo) -> Vec<SimilarClient>;
    visits: Visits(VisitList) -> VisitPage;
    tasks: Tasks(TaskList) -> TaskPage;
    orders: Orders(OrderList) -> OrderPage;
    people: People -> PeopleView;
    person: Person(PersonId) -> Option<Box<PersonFile>>;
    plan: Plan -> Plan;
    training: Training -> TrainingView;
    work_rules: WorkRules -> WorkRules;
    work_file: WorkFile(PersonId) -> Option<Box<WorkFile>>;
    load: Load -> LoadView;
    suggest: Suggest(Wanted) -> Suggestion;
    spread: Spread(SpreadOver) -> SpreadView;
    goals: Goals(GoalList) -> GoalPage;
    goal: Goal(GoalRef) -> Option<Box<GoalFile>>;
    goal_hint: GoalHint(GoalProbe) -> GoalHint;
    goal_records: GoalRecords(GoalRecords) -> Option<GoalRecordPage>;
    team_pay: TeamPay(Day) -> TeamPay;
    pay_plans: PayPlans -> PlanVersions;
    pay_what_if: PayWhatIf(WhatIf) -> WhatIfView;
    reviews: Reviews(ReviewList) -> ReviewPage;
    review: Review(ReviewRef) -> Option<Box<ReviewFile>>;
    review_records: ReviewRecords(ReviewRecords) -> Option<ReviewRecordPage>;
    review_history: ReviewHistory(PersonId) -> Option<ReviewHistory>;
    review_spread: ReviewSpread(Period) -> ReviewSpread;
    score_plans: ScorePlans -> PlansView;
    surveys: Surveys(ClientId) -> ClientSurveys;
    feedback: Feedback(FeedbackList) -> Option<Box<FeedbackPage>>;
    dashboard: Dashboard(DashboardOf) -> Option<Box<Dashboard>>;
    dashboard_pay: DashboardPay(DashboardOf) -> Option<Box<DashboardPay>>;
    dashboard_records: DashboardRecords(DashboardRecords) -> Option<DashboardRecordPage>;
    handover: Handover(PersonId) -> Option<Box<HandoverView>>;
    classes: Classes -> ClassesView;
    class: Class(ClassId) -> Option<Box<ClassFile>>;
    paths: Paths -> PathsView;
    person_training: PersonTraining(PersonId) -> Option<Box<PersonTrainingFile>>;
    library: Library(LibraryList) -> LibraryPage;
    ladder: Ladder -> LadderView;
    grades: Grades -> GradePage;
    grade: Grade(PersonId) -> Option<Box<GradeFile>>;
    development: Development(PersonId) -> Option<Box<DevelopmentFile>>;
    grade_records: GradeRecords(GradeRecords) -> Option<GradeRecordPage>;
    agreements: Agreements(Option<PersonId>) -> AgreementsView;
    foresee: Foresee(Planned) -> Foreseen;
    recognition: Recognition(RecognitionList) -> RecognitionPage;
    recognition_form: RecognitionForm -> RecognitionForm;
    course_effect: CourseEffect(CourseId) -> Option<CourseEffect>;
    needs: Needs -> NeedsView;
    needs_round: NeedsRound(RoundId) -> Option<Box<RoundFile>>;
    needs_cell: NeedsCell(NeedsCellOf) -> Option<Box<NeedsCellFile>>;
}

/// What the engine knows of itself.
macro_rules! views {
    ($($name:ident: $variant:ident -> $output:ty;)*) => {
        impl Engine {
            $(pub(crate) fn $name(self) -> Signal<Option<$output>> {
                self.watch(|| Ask::$variant, Told::$variant)
            })*
        }
    };
}

views! {
    session: Session -> Session;
    sync_line: SyncLine -> SyncLine;
    sync: Sync -> SyncView;
    storage: Storage -> StorageView;
    undo_lines: Undo -> Vec<UndoLine>;
    imports: Imports -> Vec<ImportedBatch>;
    lock: Lock -> LockView;
}

impl Engine {
    /// Who uses this device; `None` before anybody has joined.
    pub(crate) fn me(self) -> Memo<Option<Box<Me>>> {
        let session = self.session();
        Memo::new(move |_| match session.get() {
            Some(Session::Joined(me)) => Some(me),
            _ => None,
        })
    }

    /// What a locked device says of itself; `None` while it is not locked.
    pub(crate) fn locked(self) -> Signal<Option<Locked>> {
        let session = self.session();
        Signal::derive(move || match session.get() {
            Some(Session::Locked(locked)) => Some(*locked),
            _ => None,
        })
    }

    /// The inner `None`: it is not on this device.
    pub(crate) fn client(
        self,
        id: impl Fn() -> ClientId + Send + Sync + 'static,
    ) -> Signal<Option<Option<Box<ClientFile>>>> {
        self.watch(move || Ask::Client(id()), Told::Client)
    }

    /// Whether a client was erased for good.
    pub(crate) fn erased(
        self,
        id: impl Fn() -> ClientId + Send + Sync + 'static,
    ) -> Signal<Option<bool>> {
        self.watch(move || Ask::Erased(id()), Told::Erased)
    }

    /// The inner `None`: it is not on this device.
    pub(crate) fn visit(
        self,
        ids: impl Fn() -> (ClientId, VisitId) + Send + Sync + 'static,
    ) -> Signal<Option<Option<Box<VisitFile>>>> {
        self.watch(
            move || {
                let (client, visit) = ids();
                Ask::Visit(client, visit)
            },
            Told::Visit,
        )
    }

    /// The inner `None`: it is not on this device.
    pub(crate) fn course(
        self,
        id: impl Fn() -> CourseId + Send + Sync + 'static,
    ) -> Signal<Option<Option<Box<CourseFile>>>> {
        self.watch(move || Ask::Course(id()), Told::Course)
    }

    /// The inner `None`: it is not on this device.
    pub(crate) fn agreement(
        self,
        id: impl Fn() -> AgreementId + Send + Sync + 'static,
    ) -> Signal<Option<Option<Box<AgreementFile>>>> {
        self.watch(move || Ask::Agreement(id()), Told::Agreement)
    }

    /// The inner `None`: the reader does not answer for this person, or it is not on this device.
    pub(crate) fn signed_sheet(
        self,
        ids: impl Fn() -> (AgreementId, PersonId) + Send + Sync + 'static,
    ) -> Signal<Option<Option<Box<SignedSheet>>>> {
        self.watch(
            move || {
                let (agreement, person) = ids();
                Ask::SignedSheet(agreement, person)
            },
            Told::SignedSheet,
        )
    }

    /// What people disagree on in a record, as far as the reader can settle it.
    pub(crate) fn conflicts(
        self,
        record: impl Fn() -> Contestable + Send + Sync + 'static,
    ) -> Signal<Option<Vec<Conflict>>> {
        self.watch(move || Ask::Conflicts(record()), Told::Conflicts)
    }

    /// What stands in something that was refused.
    pub(crate) fn refused(self, sequence: u64) -> Signal<Option<RefusedWords>> {
        self.watch(move || Ask::Refused(sequence), Told::Refused)
    }

    pub(crate) fn order(
        self,
        ids: impl Fn() -> (ClientId, OrderId) + Send + Sync + 'static,
    ) -> Signal<Option<Option<Box<OrderFile>>>> {
        self.watch(
            move || {
                let (client, order) = ids();
                Ask::Rows(Query::Order(client, order))
            },
            |answer| Told::Rows(Answer::Order(answer)),
        )
    }

    /// The inner `None`: the reader may not know, or it is not on this device.
    pub(crate) fn pay(
        self,
        asked: impl Fn() -> (PersonId, Day) + Send + Sync + 'static,
    ) -> Signal<Option<Option<Box<PayFile>>>> {
        self.watch(
            move || {
                let (person, month) = asked();
                Ask::Rows(Query::Pay(person, month))
            },
            |answer| Told::Rows(Answer::Pay(answer)),
        )
    }

    pub(crate) fn pay_statement(
        self,
        asked: impl Fn() -> (PersonId, PayPeriod) + Send + Sync + 'static,
    ) -> Signal<Option<Option<Box<StatementFile>>>> {
        self.watch(
            move || {
                let (person, period) = asked();
                Ask::Rows(Query::PayStatement(person, period))
            },
            |answer| Told::Rows(Answer::PayStatement(answer)),
        )
    }

    pub(crate) fn task(
        self,
        ids: impl Fn() -> (PersonId, TaskId) + Send + Sync + 'static,
    ) -> Signal<Option<Option<TaskLine>>> {
        self.watch(
            move || {
                let (person, task) = ids();
                Ask::Rows(Query::Task(person, task))
            },
            |line: Option<TaskLine>| Told::Rows(Answer::Task(line.map(Box::new))),
        )
    }

    /// From the first holder to the last.
    pub(crate) fn task_history(
        self,
        ids: impl Fn() -> (PersonId, TaskId) + Send + Sync + 'static,
    ) -> Signal<Option<Vec<TaskEventLine>>> {
        self.watch(
            move || {
                let (person, task) = ids();
                Ask::Rows(Query::TaskHistory(person, task))
            },
            |answer| Told::Rows(Answer::TaskHistory(answer)),
        )
    }
}
