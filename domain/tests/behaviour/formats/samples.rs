//! One value of every kind that is stored or travels.

use std::collections::{BTreeMap, BTreeSet};

use caravan_domain::agreements::decision::{
    AgreementDecision, Countersignature, RequiredVersion, Requirement, Signature, Terms, Waits,
};
use caravan_domain::agreements::text::VersionDigest;
use caravan_domain::calendar::{Period, Span, plus_days};
use caravan_domain::clients::erasure::{EraseClient, Erased, ErasureReason};
use caravan_domain::clients::ownership::OwnershipDecision;
use caravan_domain::clients::record::{ClientDraft, Grade, Stage};
use caravan_domain::command::Command;
use caravan_domain::decision::{Decision, Refusal};
use caravan_domain::document::{DocumentId, DocumentKind};
use caravan_domain::edit::{Path as Steps, path_of};
use caravan_domain::facts::{
    Device, DeviceDetail, Employment, Fact, FactKey, Grant, Invitation, InvitationState, Person,
    PersonStatus, Team, Workspace,
};
use caravan_domain::grades::decision::{GradeDecision, GradeStep, Proposal};
use caravan_domain::grades::ladder::Ladders;
use caravan_domain::grades::standing::{
    Answered, GradeStanding, Held, Promotion, PromotionState, Wish,
};
use caravan_domain::handovers::decision::{HandOver, Handover};
use caravan_domain::id::{
    AgreementId, AnswerId, ClassId, ClientId, CourseId, DeviceId, HandoverId, InvitationId,
    LessonId, OrderId, OrderVersionId, PathId, ReplyId, RoundId, ScoreId, SurveyId, TaskKindId,
};
use caravan_domain::label::CommandLabel;
use caravan_domain::money::{BasisPoints, Fen};
use caravan_domain::orders::command::{OrderAction, OrderCommand};
use caravan_domain::orders::decision::{
    OrderDecision, OrderStanding, OrderState, OrderStep, Submission, TurnDownReason,
};
use caravan_domain::orders::digest::OrderDigest;
use caravan_domain::pay::adjustment::{
    AdjustmentSort, AdjustmentStanding, AdjustmentState, AdjustmentStep, Proposed,
};
use caravan_domain::pay::approval::{DrawnUp, StatementStanding, StatementState, StatementStep};
use caravan_domain::pay::decision::{PayDecision, PayTerms};
use caravan_domain::pay::digest::PayDigest;
use caravan_domain::pay::period::PayPeriod;
use caravan_domain::pay::plan::PayPlan;
use caravan_domain::people::decision::{Offer, PeopleDecision, PersonChange};
use caravan_domain::plan::Plan;
use caravan_domain::reviews::command::{ImprovementDraft, ReviewCommand, ReviewRef};
use caravan_domain::reviews::decision::{
    ReviewDecision, ReviewStanding, ReviewState, ReviewStep, ReviewSubmission, ScoredAs,
};
use caravan_domain::reviews::frozen::ReviewDigest;
use caravan_domain::reviews::measure::Measure;
use caravan_domain::reviews::plan::{Curve, ScorePlan, ScorePlans, ScoreRole, Step};
use caravan_domain::role::Role;
use caravan_domain::row::{DocumentRows, project};
use caravan_domain::surveys::decision::{SurveyDecision, SurveyStanding, SurveyState};
use caravan_domain::surveys::record::{Agreed, Noted, Satisfaction, SurveyDigest, SurveyReply};
use caravan_domain::tasks::command::TaskCommand;
use caravan_domain::tasks::kind::TaskKind;
use caravan_domain::tasks::record::TaskDraft;
use caravan_domain::training::classes::decision::{
    Attendance, Class, ClassDecision, ClassPlan, Marked, Seat,
};
use caravan_domain::training::course::Topic;
use caravan_domain::training::decision::{Certificate, CourseRule, TrainingDecision};
use caravan_domain::training::fact::{TrainingFact, TrainingKey};
use caravan_domain::training::needs::round::{self, NeedTopic, NeedsDecision, Round, RoundPlan};
use caravan_domain::training::paths::decision::{Path, PathKind};
use caravan_domain::training::required::Required;
use caravan_domain::training::sheets::decision::{Criterion, Performance, Score, Sheet};
use caravan_domain::value::Value;
use caravan_domain::visits::command::VisitCommand;
use caravan_domain::visits::record::PositionReading;
use caravan_domain::work::command::WorkCommand;
use caravan_domain::work::decision::WorkDecision;
use caravan_domain::work::hours::{Hours, HoursOf, Window};
use caravan_domain::work::kind::{Difficulty, KindRule};
use caravan_domain::work::limits::WorkLimits;
use caravan_domain::work::skill::Skill;

use crate::field::{
    ALICE, BOB, DIRECTOR, EAST, EAST_MANAGER, Field, MORNING, contact, id, named, today, visit_to,
};
use crate::goals::{HERS, draft as goal_draft};
use crate::grades::{SENIOR, ladder, proposal, setting};

const DEVICE: DeviceId = DeviceId(id(60));
const INVITATION: InvitationId = InvitationId(id(61));
const CLIENT: ClientId = ClientId(id(62));
const COURSE: CourseId = CourseId(id(63));
const ORDER: OrderId = OrderId(id(72));
const SURVEY: SurveyId = SurveyId(id(75));
const REPLY: ReplyId = ReplyId(id(76));

const HANDOVER: HandoverId = HandoverId(id(81));
const LESSON: LessonId = LessonId(id(82));
const CLASS: ClassId = ClassId(id(83));
const SCORE: ScoreId = ScoreId(id(84));
const PATH: PathId = PathId(id(85));
const ROUND: RoundId = RoundId(id(93));
const ANSWER: AnswerId = AnswerId(id(94));
const AGREEMENT: AgreementId = AgreementId(id(86));
const CUSTOM: TaskKind = TaskKind::Custom(TaskKindId(id(63)));

fn kind_rule() -> KindRule {
    KindRule {
        name: "展会".to_owned(),
        difficulty: Difficulty::HARD,
        estimate: 240,
        skill: "日语".to_owned(),
        closed: true,
    }
}

pub(super) fn fact_keys() -> Vec<(&'static str, FactKey)> {
    use TrainingKey as K;
    let training = FactKey::Training;
    vec![
        ("workspace", FactKey::Workspace),
        ("team", FactKey::Team(EAST)),
        ("person", FactKey::Person(ALICE)),
        ("device", FactKey::Device(DEVICE)),
        ("device_detail", FactKey::DeviceDetail(DEVICE)),
        ("invitation", FactKey::Invitation(INVITATION)),
        ("grant_of_workspace", FactKey::Grant(DocumentId::WORKSPACE)),
        ("grant_of_client", FactKey::Grant(CLIENT.into())),
        ("grant_of_person", FactKey::Grant(ALICE.into())),
        ("plan", FactKey::Plan),
        ("erased", FactKey::Erased(CLIENT.into())),
        ("course_rule", FactKey::CourseRule(COURSE)),
        ("certificate", FactKey::Certificate(ALICE, COURSE)),
        ("task_kind_built_in", FactKey::TaskKind(TaskKind::Research)),
        ("task_kind_custom", FactKey::TaskKind(CUSTOM)),
        ("work_limits", FactKey::WorkLimits),
        ("order", FactKey::Order(CLIENT, ORDER)),
        ("pay_plan", FactKey::PayPlan(today())),
        ("pay_terms", FactKey::PayTerms(ALICE)),
        ("pay_adjustment", FactKey::PayAdjustment(ALICE, id(74))),
        ("pay_statement", FactKey::PayStatement(ALICE, pay_period())),
        ("score_plans", FactKey::ScorePlans(ScoreRole::AfterSales)),
        ("scored_as", FactKey::ScoredAs(ALICE)),
        ("review", FactKey::Review(ALICE, review().period)),
        ("survey", FactKey::Survey(CLIENT, SURVEY)),
        ("survey_reply", FactKey::SurveyReply(ALICE, REPLY)),
        ("survey_words", FactKey::SurveyWords(ALICE, CLIENT, REPLY)),
        ("survey_digest", FactKey::SurveyDigest(ALICE)),
        ("handover", FactKey::Handover(ALICE, HANDOVER)),
        ("required", training(K::Required(ALICE, COURSE))),
        ("class", training(K::Class(CLASS))),
        ("seat", training(K::Seat(ALICE, CLASS))),
        ("register", training(K::Register(BOB, CLASS))),
        ("sheet", training(K::Sheet(COURSE, LESSON))),
        ("score", training(K::Score(ALICE, SCORE))),
        ("path", training(K::Path(PATH))),
        ("ladders", FactKey::Ladders),
        ("grade", FactKey::Grade(ALICE)),
        ("requirement", FactKey::Requirement(AGREEMENT)),
        ("signed", FactKey::Signed(ALICE, AGREEMENT)),
        ("round", training(K::Round(ROUND))),
        ("answered", training(K::Answered(ALICE, ROUND))),
    ]
}

pub(super) fn facts() -> Vec<(&'static str, Fact)> {
    use TrainingFact as F;
    let training = Fact::Training;
    vec![
        (
            "workspace",
            Fact::Workspace(Workspace {
                name: "驼铃贸易".to_owned(),
                founded_at: MORNING,
            }),
        ),
        (
            "team",
            Fact::Team(Team {
                name: "华东".to_owned(),
                closed: true,
            }),
        ),
        (
            "person",
            Fact::Person(Person {
                name: "爱丽".to_owned(),
                roles: Role::ALL.into(),
                team: Some(EAST),
                status: PersonStatus::Suspended,
                employment: Employment::OutsideAgent,
                phone: "13812345678".to_owned(),
                joined_at: MORNING,
            }),
        ),
        (
            "device",
            Fact::Device(Device {
                person: ALICE,
                revoked_at: Some(MORNING),
            }),
        ),
        (
            "device_detail",
            Fact::DeviceDetail(DeviceDetail {
                person: ALICE,
                label: "Chrome · Android".to_owned(),
                joined_at: MORNING,
            }),
        ),
        ("invitation_open", invitation(InvitationState::Open)),
        (
            "invitation_used",
            invitation(InvitationState::Used { by: BOB }),
        ),
        (
            "invitation_cancelled",
            invitation(InvitationState::Cancelled),
        ),
        (
            "grant",
            Fact::Grant(Grant {
                owner: ALICE,
                shared_with: BTreeSet::from([BOB]),
            }),
        ),
        ("plan", Fact::Plan(Plan::default())),
        (
            "erased",
            Fact::Erased(Erased {
                at: MORNING,
                by: ALICE,
                reason: ErasureReason::RetentionOver,
            }),
        ),
        ("course_rule", Fact::CourseRule(rule())),
        (
            "certificate",
            Fact::Certificate(Certificate {
                passed_at: MORNING,
                right: 8,
                of: 9,
            }),
        ),
        ("task_kind", Fact::TaskKind(kind_rule())),
        ("work_limits", Fact::WorkLimits(WorkLimits::default())),
        ("order_submitted", order(OrderState::Submitted)),
        ("order_withdrawn", order(OrderState::Withdrawn)),
        ("order_accepted", order(OrderState::Accepted)),
        (
            "order_turned_down",
            order(OrderState::TurnedDown(TurnDownReason::Other)),
        ),
        ("pay_plan", Fact::PayPlan(pay_plan())),
        (
            "pay_terms",
            Fact::PayTerms(PayTerms {
                city: "杭州".to_owned(),
            }),
        ),
        ("pay_proposed", adjustment(AdjustmentState::Proposed)),
        ("pay_withdrawn", adjustment(AdjustmentState::Withdrawn)),
        ("pay_approved", adjustment(AdjustmentState::Approved)),
        ("pay_turned_down", adjustment(AdjustmentState::TurnedDown)),
        ("statement_drawn_up", statement(StatementState::DrawnUp)),
        ("statement_sent_back", statement(StatementState::SentBack)),
        ("statement_approved", statement(StatementState::Approved)),
        ("statement_locked", statement(StatementState::Locked)),
        (
            "score_plans",
            Fact::ScorePlans(ScorePlans(vec![score_plan()])),
        ),
        ("scored_as", Fact::ScoredAs(vec![scored_as()])),
        ("review_submitted", reviewed(ReviewState::Submitted)),
        ("review_disputed", reviewed(ReviewState::Disputed)),
        ("review_upheld", reviewed(ReviewState::Upheld)),
        ("review_reopened", reviewed(ReviewState::Reopened)),
        ("review_acknowledged", reviewed(ReviewState::Acknowledged)),
        ("survey_open", survey(SurveyState::Open)),
        (
            "survey_answered",
            survey(SurveyState::Answered { at: MORNING }),
        ),
        (
            "survey_withdrawn",
            survey(SurveyState::Withdrawn {
                by: BOB,
                at: MORNING,
            }),
        ),
        ("survey_reply", survey_reply(None)),
        (
            "survey_reply_seen_to",
            survey_reply(Some(Noted {
                by: BOB,
                at: MORNING,
            })),
        ),
        ("survey_words", Fact::SurveyWords("说到做到".to_owned())),
        (
            "survey_digest",
            Fact::SurveyDigest(SurveyDigest {
                replies: 5,
                percent: 420,
                points: [[3, 1, 0], [0, 0, 1], [5, 0, 0]],
            }),
        ),
        (
            "handover",
            Fact::Handover(Handover {
                by: DIRECTOR,
                at: MORNING,
                clients: [(CLIENT, BOB)].into(),
                takers: [BOB].into(),
                left: true,
            }),
        ),
        (
            "required",
            training(F::Required(Required {
                by: BOB,
                at: MORNING,
                due: today(),
            })),
        ),
        (
            "class",
            training(F::Class(Class {
                course: COURSE,
                lesson: LESSON,
                title: "谈判课堂".to_owned(),
                on: today(),
                starts: 570,
                minutes: 90,
                place: "三楼会议室".to_owned(),
                trainer: BOB,
                room: 12,
                by: EAST_MANAGER,
                invited: 2,
                coming: 1,
                called_off: true,
            })),
        ),
        ("seat", training(F::Seat(seat()))),
        ("seat_open", training(F::Seat(Seat::default()))),
        ("register", training(F::Register([(ALICE, seat())].into()))),
        ("sheet", training(F::Sheet(sheet()))),
        (
            "score",
            training(F::Score(Score {
                course: COURSE,
                lesson: LESSON,
                title: "演练".to_owned(),
                by: BOB,
                at: MORNING,
                reached: vec![(criterion("开场", 10), 9)],
                passed: true,
            })),
        ),
        ("path", training(F::Path(path()))),
        ("ladders", Fact::Ladders(Ladders(vec![ladder()]))),
        (
            "grade",
            Fact::Grade(GradeStanding {
                held: vec![held()],
                promotions: vec![
                    promotion(PromotionState::Withdrawn { at: MORNING }),
                    promotion(PromotionState::Accepted(answered())),
                    promotion(PromotionState::Declined(answered())),
                    promotion(PromotionState::Proposed),
                ],
                wish: Some(Wish {
                    at: MORNING,
                    text: "想带新人".to_owned(),
                }),
            }),
        ),
        (
            "requirement",
            Fact::Requirement(Requirement {
                terms: terms(),
                began: MORNING,
                since: MORNING.plus_millis(1),
                versions: vec![RequiredVersion {
                    digest: VersionDigest([9; 32]),
                    number: 2,
                    since: MORNING,
                }],
            }),
        ),
        (
            "signed",
            Fact::Signed(vec![signature(None), signature(Some(countersignature()))]),
        ),
        (
            "round",
            training(F::Round(Round {
                plan: round_plan(),
                by: DIRECTOR,
                opened_at: MORNING,
                closed_at: Some(MORNING),
            })),
        ),
        (
            "answered",
            training(F::Answered(round::Answered {
                answers: vec![ANSWER],
            })),
        ),
    ]
}

fn terms() -> Terms {
    Terms {
        required_of: [Role::AccountManager, Role::TeamManager].into(),
        within_days: 14,
        waits: Waits::Everybody,
    }
}

fn signature(countersigned: Option<Countersignature>) -> Signature {
    Signature {
        version: VersionDigest([9; 32]),
        number: 2,
        name: "李敏".to_owned(),
        signed_at: MORNING,
        received_at: MORNING.plus_millis(1),
        device: DEVICE,
        countersigned,
    }
}

fn countersignature() -> Countersignature {
    Countersignature {
        by: DIRECTOR,
        name: "陈总".to_owned(),
        at: MORNING.plus_millis(2),
    }
}

fn grade_step(step: GradeStep) -> Decision {
    Decision::Grade(GradeDecision::Step {
        person: ALICE,
        step,
    })
}

fn held() -> Held {
    Held {
        rung: SENIOR,
        ladder: 1,
        since: today(),
        promotion: Some(proposal().id),
        by: DIRECTOR,
        at: MORNING,
        reason: "补录".to_owned(),
    }
}

fn promotion(state: PromotionState) -> Promotion {
    let Proposal {
        id,
        ladder,
        rung,
        since,
        reason,
        criteria,
    } = proposal();
    Promotion {
        id,
        rung,
        ladder,
        since,
        reason,
        criteria,
        by: EAST_MANAGER,
        at: MORNING,
        state,
    }
}

fn answered() -> Answered {
    Answered {
        by: DIRECTOR,
        at: MORNING,
        reply: "祝贺".to_owned(),
    }
}

fn survey(state: SurveyState) -> Fact {
    Fact::Survey(SurveyStanding {
        about: ALICE,
        by: BOB,
        at: MORNING,
        expires_at: MORNING.plus_millis(1),
        secret_hash: [8; 32],
        state,
    })
}

fn survey_reply(noted: Option<Noted>) -> Fact {
    Fact::SurveyReply(SurveyReply {
        client: CLIENT,
        survey: SURVEY,
        by: BOB,
        issued_at: MORNING,
        at: MORNING.plus_millis(1),
        satisfaction: Satisfaction::Satisfied,
        points: [Some(Agreed::Yes), Some(Agreed::No), None],
        signed_in: false,
        noted,
    })
}

fn pay_period() -> PayPeriod {
    PayPeriod {
        from: jiff::civil::date(2026, 11, 1),
        to: jiff::civil::date(2026, 11, 30),
    }
}

fn pay_plan() -> PayPlan {
    PayPlan {
        city_wages: vec![("杭州".to_owned(), Fen::yuan(2_490))],
        ..PayPlan::usual(today())
    }
}

fn proposed(sort: AdjustmentSort) -> Proposed {
    Proposed {
        sort,
        amount: Fen(-1_234),
        on: today(),
        digest: PayDigest([8; 32]),
    }
}

fn adjustment(state: AdjustmentState) -> Fact {
    Fact::PayAdjustment(AdjustmentStanding {
        proposed: proposed(AdjustmentSort::Correction),
        author: BOB,
        proposed_at: MORNING,
        state,
        by: BOB,
        at: MORNING,
        forfeited_on: Some(today()),
    })
}

fn drawn_up() -> DrawnUp {
    DrawnUp {
        id: id(75),
        total: Fen(450_500),
        digest: PayDigest([7; 32]),
        adjustments: BTreeSet::from([id(74)]),
    }
}

fn statement(state: StatementState) -> Fact {
    Fact::PayStatement(StatementStanding {
        drawn: drawn_up(),
        drawn_by: BOB,
        drawn_at: MORNING,
        approved_by: Some(EAST_MANAGER),
        state,
        by: BOB,
        at: MORNING,
    })
}

fn review() -> ReviewRef {
    ReviewRef {
        person: ALICE,
        period: Period::of(Span::Quarter, today()),
    }
}

fn score_plan() -> ScorePlan {
    let mut plan = ScorePlan::usual(ScoreRole::Sales);
    plan.in_force_from = today();
    plan.dimensions[0].indicators[0].curve = Curve::Steps(vec![Step {
        from: 3,
        points: BasisPoints(5_000),
    }]);
    plan.dimensions[0].indicators[1].curve = Curve::Threshold;
    plan
}

fn scored_as() -> ScoredAs {
    ScoredAs {
        from: today(),
        role: ScoreRole::AfterSales,
    }
}

fn review_submission() -> ReviewSubmission {
    ReviewSubmission {
        frozen: id(74),
        role: ScoreRole::Sales,
        number: 2,
        total: Some(BasisPoints(8_650)),
        grade: "B".to_owned(),
        bonus: Fen(100_000),
        digest: ReviewDigest([9; 32]),
    }
}

fn reviewed(state: ReviewState) -> Fact {
    Fact::Review(ReviewStanding {
        submission: review_submission(),
        submitted_by: EAST_MANAGER,
        submitted_at: MORNING,
        state,
        by: ALICE,
        at: MORNING,
    })
}

fn adjust(step: AdjustmentStep) -> Decision {
    Decision::Pay(PayDecision::Adjustment {
        person: ALICE,
        id: id(74),
        step,
    })
}

fn pay_statement(step: StatementStep) -> Decision {
    Decision::Pay(PayDecision::Statement {
        person: ALICE,
        period: pay_period(),
        step,
    })
}

fn review_step(step: ReviewStep) -> Decision {
    let ReviewRef { person, period } = review();
    Decision::Review(ReviewDecision::Step {
        person,
        period,
        step,
    })
}

fn submission() -> Submission {
    Submission {
        version: OrderVersionId(id(73)),
        representative: ALICE,
        amount: Fen(1_234_567),
        digest: OrderDigest([9; 32]),
    }
}

fn order(state: OrderState) -> Fact {
    Fact::Order(OrderStanding {
        submission: submission(),
        submitted_by: ALICE,
        submitted_at: MORNING,
        authors: BTreeSet::from([ALICE, BOB]),
        state,
        by: BOB,
        at: MORNING,
    })
}

fn step(step: OrderStep) -> Decision {
    Decision::Order(OrderDecision {
        client: CLIENT,
        order: ORDER,
        step,
    })
}

fn invitation(state: InvitationState) -> Fact {
    Fact::Invitation(Invitation {
        name: "新人".to_owned(),
        roles: [Role::AccountManager].into(),
        team: Some(EAST),
        employment: Employment::PartTime,
        token_hash: [7; 32],
        invited_by: ALICE,
        expires_at: MORNING,
        state,
        person: Some(BOB),
    })
}

pub(super) fn decisions() -> Vec<(&'static str, Decision)> {
    let change = |change| {
        Decision::People(PeopleDecision::ChangePerson {
            person: ALICE,
            change,
        })
    };
    vec![
        (
            "rename_workspace",
            Decision::People(PeopleDecision::RenameWorkspace {
                name: "新名".to_owned(),
            }),
        ),
        (
            "define_team",
            Decision::People(PeopleDecision::DefineTeam {
                team: EAST,
                name: "华东".to_owned(),
                closed: false,
            }),
        ),
        (
            "invite",
            Decision::People(PeopleDecision::Invite {
                invitation: INVITATION,
                offer: Offer {
                    name: "新人".to_owned(),
                    roles: [Role::AccountManager, Role::TeamManager].into(),
                    team: Some(EAST),
                    employment: Employment::FullTime,
                    token_hash: [7; 32],
                    expires_at: MORNING,
                },
            }),
        ),
        (
            "add_own_device",
            Decision::People(PeopleDecision::AddOwnDevice {
                invitation: INVITATION,
                token_hash: [7; 32],
                expires_at: MORNING,
            }),
        ),
        (
            "cancel_invitation",
            Decision::People(PeopleDecision::CancelInvitation {
                invitation: INVITATION,
            }),
        ),
        ("change_name", change(PersonChange::Name("爱丽".to_owned()))),
        (
            "change_phone",
            change(PersonChange::Phone("110".to_owned())),
        ),
        (
            "change_roles",
            change(PersonChange::Roles([Role::Hr].into())),
        ),
        ("change_team", change(PersonChange::Team(None))),
        (
            "change_employment",
            change(PersonChange::Employment(Employment::PartTime)),
        ),
        (
            "change_status",
            change(PersonChange::Status(PersonStatus::Deactivated)),
        ),
        (
            "revoke_device",
            Decision::People(PeopleDecision::RevokeDevice { device: DEVICE }),
        ),
        (
            "assign",
            Decision::Ownership(OwnershipDecision::Assign {
                clients: vec![CLIENT],
                owner: BOB,
            }),
        ),
        (
            "share",
            Decision::Ownership(OwnershipDecision::Share {
                client: CLIENT,
                with: BOB,
            }),
        ),
        (
            "unshare",
            Decision::Ownership(OwnershipDecision::Unshare {
                client: CLIENT,
                with: BOB,
            }),
        ),
        ("change_plan", Decision::ChangePlan(Plan::default())),
        ("erase_asked", erase(ErasureReason::Asked)),
        ("erase_retention_over", erase(ErasureReason::RetentionOver)),
        ("erase_mistake", erase(ErasureReason::Mistake)),
        (
            "course_rule",
            Decision::Training(TrainingDecision::Rule {
                course: COURSE,
                rule: rule(),
            }),
        ),
        (
            "pass_course",
            Decision::Training(TrainingDecision::Pass {
                course: COURSE,
                right: 8,
                of: 9,
            }),
        ),
        (
            "define_kind",
            Decision::Work(WorkDecision::DefineKind {
                kind: CUSTOM,
                rule: kind_rule(),
            }),
        ),
        (
            "change_limits",
            Decision::Work(WorkDecision::ChangeLimits(WorkLimits::default())),
        ),
        ("submit_order", step(OrderStep::Submit(submission()))),
        ("withdraw_order", step(OrderStep::Withdraw)),
        ("accept_order", step(OrderStep::Accept(submission()))),
        (
            "turn_down_order",
            step(OrderStep::TurnDown {
                version: submission().version,
                reason: TurnDownReason::Other,
            }),
        ),
        (
            "set_pay_plan",
            Decision::Pay(PayDecision::SetPlan(pay_plan())),
        ),
        (
            "drop_pay_plan",
            Decision::Pay(PayDecision::DropPlan(today())),
        ),
        (
            "set_city",
            Decision::Pay(PayDecision::SetCity {
                person: ALICE,
                city: "杭州".to_owned(),
            }),
        ),
        (
            "propose_pay",
            adjust(AdjustmentStep::Propose(proposed(
                AdjustmentSort::Correction,
            ))),
        ),
        ("withdraw_pay", adjust(AdjustmentStep::Withdraw)),
        (
            "approve_pay",
            adjust(AdjustmentStep::Approve(proposed(
                AdjustmentSort::PenaltyAbsence,
            ))),
        ),
        ("turn_down_pay", adjust(AdjustmentStep::TurnDown)),
        ("forfeit_pay", adjust(AdjustmentStep::Forfeit(today()))),
        (
            "draw_up_statement",
            pay_statement(StatementStep::DrawUp(drawn_up())),
        ),
        (
            "send_statement_back",
            pay_statement(StatementStep::SendBack),
        ),
        (
            "approve_statement",
            pay_statement(StatementStep::Approve(drawn_up())),
        ),
        (
            "lock_statement",
            pay_statement(StatementStep::Lock(drawn_up())),
        ),
        (
            "change_score_plan",
            Decision::Review(ReviewDecision::ChangePlan {
                role: ScoreRole::Sales,
                plan: score_plan(),
            }),
        ),
        (
            "score_as",
            Decision::Review(ReviewDecision::ScoreAs {
                person: ALICE,
                as_of: scored_as(),
            }),
        ),
        (
            "submit_review",
            review_step(ReviewStep::Submit(review_submission())),
        ),
        (
            "acknowledge_review",
            review_step(ReviewStep::Acknowledge(id(74))),
        ),
        ("dispute_review", review_step(ReviewStep::Dispute(id(74)))),
        ("uphold_review", review_step(ReviewStep::Uphold(id(74)))),
        ("reopen_review", review_step(ReviewStep::Reopen(id(74)))),
        (
            "issue_survey",
            Decision::Survey(SurveyDecision::Issue {
                survey: SURVEY,
                client: CLIENT,
                about: ALICE,
                secret_hash: [8; 32],
            }),
        ),
        (
            "withdraw_survey",
            Decision::Survey(SurveyDecision::Withdraw {
                client: CLIENT,
                survey: SURVEY,
            }),
        ),
        (
            "see_to_reply",
            Decision::Survey(SurveyDecision::SeeTo {
                about: ALICE,
                reply: REPLY,
            }),
        ),
        (
            "hand_over",
            Decision::HandOver(HandOver {
                handover: HANDOVER,
                from: ALICE,
                clients: [(CLIENT, BOB)].into(),
                takers: [EAST_MANAGER].into(),
                leaves: true,
            }),
        ),
        (
            "require_of_person",
            Decision::Training(TrainingDecision::Require {
                person: ALICE,
                course: COURSE,
                due: today(),
            }),
        ),
        (
            "release_person",
            Decision::Training(TrainingDecision::Release {
                person: ALICE,
                course: COURSE,
            }),
        ),
        ("hold_class", class(ClassDecision::Hold(class_plan()))),
        ("call_off_class", class(ClassDecision::CallOff)),
        ("come_to_class", class(ClassDecision::Come(true))),
        (
            "mark_class",
            class(ClassDecision::Mark(
                [(ALICE, Attendance::Late), (BOB, Attendance::Excused)].into(),
            )),
        ),
        (
            "set_sheet",
            Decision::Training(TrainingDecision::SetSheet {
                course: COURSE,
                lesson: LESSON,
                sheet: Some(sheet()),
            }),
        ),
        (
            "score",
            Decision::Training(TrainingDecision::Score {
                of: Performance {
                    id: SCORE,
                    person: ALICE,
                    course: COURSE,
                    lesson: LESSON,
                },
                points: vec![9, 12],
            }),
        ),
        (
            "set_path",
            Decision::Training(TrainingDecision::SetPath {
                path: PATH,
                plan: Some(path()),
            }),
        ),
        (
            "publish_ladder",
            Decision::Grade(GradeDecision::Publish(ladder())),
        ),
        ("grade_set", grade_step(GradeStep::Set(setting()))),
        ("grade_propose", grade_step(GradeStep::Propose(proposal()))),
        (
            "grade_withdraw",
            grade_step(GradeStep::Withdraw(proposal().id)),
        ),
        (
            "grade_accept",
            grade_step(GradeStep::Accept {
                promotion: proposal().id,
                since: today(),
                reply: "祝贺".to_owned(),
            }),
        ),
        (
            "grade_decline",
            grade_step(GradeStep::Decline {
                promotion: proposal().id,
                reply: "再等一季".to_owned(),
            }),
        ),
        (
            "grade_wish",
            grade_step(GradeStep::Wish("想带新人".to_owned())),
        ),
        ("grade_unwish", grade_step(GradeStep::Unwish)),
        (
            "require_agreement",
            Decision::Agreement(AgreementDecision::Require {
                agreement: AGREEMENT,
                version: VersionDigest([9; 32]),
                number: 2,
                terms: terms(),
            }),
        ),
        (
            "sign_agreement",
            Decision::Agreement(AgreementDecision::Sign {
                agreement: AGREEMENT,
                version: VersionDigest([9; 32]),
                name: "李敏".to_owned(),
                signed_at: MORNING,
                device: DEVICE,
            }),
        ),
        (
            "countersign_agreement",
            Decision::Agreement(AgreementDecision::Countersign {
                agreement: AGREEMENT,
                person: ALICE,
                version: VersionDigest([9; 32]),
                name: "陈总".to_owned(),
            }),
        ),
        ("open_round", needs(NeedsDecision::Open(round_plan()))),
        ("close_round", needs(NeedsDecision::Close)),
        ("answer_round", needs(NeedsDecision::Answer(ANSWER))),
        (
            "renew_password",
            Decision::People(PeopleDecision::RenewPassword {
                invitation: INVITATION,
                person: ALICE,
                token_hash: [7; 32],
                expires_at: MORNING,
            }),
        ),
    ]
}

fn needs(decision: NeedsDecision) -> Decision {
    Decision::Training(TrainingDecision::Needs {
        round: ROUND,
        decision,
    })
}

fn round_plan() -> RoundPlan {
    RoundPlan {
        title: "秋季培训需求".to_owned(),
        topics: vec![
            NeedTopic::Of(Topic::Diversion),
            NeedTopic::Words("报价".to_owned()),
        ],
        roles: [Role::AccountManager].into(),
        teams: [EAST].into(),
        until: today(),
    }
}

fn rule() -> CourseRule {
    CourseRule {
        pass_percent: 75,
        valid_days: Some(365),
        required_of: [Role::AccountManager].into(),
        within_days: 14,
        blocks: true,
        since: MORNING,
    }
}

fn class(decision: ClassDecision) -> Decision {
    Decision::Training(TrainingDecision::Class {
        class: CLASS,
        decision,
    })
}

fn class_plan() -> ClassPlan {
    ClassPlan {
        course: COURSE,
        lesson: LESSON,
        title: "谈判课堂".to_owned(),
        on: today(),
        starts: 570,
        minutes: 90,
        place: "三楼会议室".to_owned(),
        trainer: BOB,
        room: 12,
        invited: [ALICE].into(),
    }
}

fn seat() -> Seat {
    Seat {
        coming: Some(true),
        marked: Some(Marked {
            attendance: Attendance::Present,
            by: BOB,
            at: MORNING,
        }),
    }
}

fn criterion(name: &str, points: u8) -> Criterion {
    Criterion {
        name: name.to_owned(),
        points,
    }
}

fn sheet() -> Sheet {
    Sheet {
        title: "演练".to_owned(),
        criteria: vec![criterion("开场", 10), criterion("挖需求", 20)],
        pass_percent: 70,
        needed: true,
    }
}

fn path() -> Path {
    Path {
        title: "新人之路".to_owned(),
        kind: PathKind::Certification,
        courses: vec![COURSE],
        roles: [Role::AccountManager].into(),
        required: true,
        within_days: 14,
        since: MORNING,
    }
}

fn erase(reason: ErasureReason) -> Decision {
    Decision::Erase(EraseClient {
        client: CLIENT,
        reason,
    })
}

pub(super) fn refusals() -> Vec<(&'static str, Refusal)> {
    vec![
        ("not_allowed", Refusal::NotAllowed),
        ("not_found", Refusal::NotFound),
        ("bad_name", Refusal::BadName),
        ("not_active", Refusal::NotActive),
        ("last_administrator", Refusal::LastAdministrator),
        ("already_settled", Refusal::AlreadySettled),
        ("too_many", Refusal::TooMany),
        ("training_overdue", Refusal::TrainingOverdue),
        ("out_of_range", Refusal::OutOfRange),
        ("not_separate", Refusal::NotSeparate),
        ("not_as_submitted", Refusal::NotAsSubmitted),
        ("has_begun", Refusal::HasBegun),
        ("under_way", Refusal::UnderWay),
        ("unbalanced", Refusal::Unbalanced),
        ("survey_open", Refusal::SurveyOpen),
        ("surveyed_lately", Refusal::SurveyedLately),
        ("changed_hands", Refusal::ChangedHands),
        ("clients_left", Refusal::ClientsLeft),
        ("class_full", Refusal::ClassFull),
        ("not_yet", Refusal::NotYet),
        ("not_scored", Refusal::NotScored),
        ("signature_overdue", Refusal::SignatureOverdue),
        ("not_that_text", Refusal::NotThatText),
        ("round_closed", Refusal::RoundClosed),
    ]
}

/// Rows of this [`ROWS_VERSION`](caravan_domain::row::ROWS_VERSION): when this sample changes,
/// count the version up, and put the new bytes in its place: older rows are projected anew.
pub(super) fn rows() -> Vec<(&'static str, DocumentRows)> {
    assert_eq!(caravan_domain::row::ROWS_VERSION, 10);
    let mut field = Field::new();
    let mut zhang = contact("张三", &["13812345678"]);
    zhang.birthday = "八月十五".to_owned();
    let client = field.create(
        ALICE,
        ClientDraft {
            code: "9144030071526726XG".to_owned(),
            grade: Grade::A,
            stage: Stage::Customer,
            region: "上海市黄浦区".to_owned(),
            address: "中山东一路".to_owned(),
            source: "展会".to_owned(),
            tags: BTreeSet::from(["续约".to_owned()]),
            contacts: vec![zhang],
            position: "geo:31.2304,121.4737".to_owned(),
            ..named("张三商贸")
        },
    );
    let mut draft = visit_to(client, ALICE, today());
    draft.with = BTreeSet::from([BOB]);
    draft.planned_at = "09:30".to_owned();
    let visit = field.plan_visit(ALICE, draft);
    let reading = PositionReading::At("geo:31.2304,121.4737;u=9".to_owned());
    for command in [
        VisitCommand::CheckIn {
            client,
            visit,
            reading: reading.clone(),
        },
        VisitCommand::SetNext {
            client,
            visit,
            step: "送样".to_owned(),
            on: Some(today()),
        },
        VisitCommand::CheckOut {
            client,
            visit,
            reading,
        },
    ] {
        field.run(ALICE, Command::Visit(command)).unwrap();
    }
    let task = field.create_task(
        ALICE,
        TaskDraft {
            assignee: ALICE,
            title: "回访".to_owned(),
            detail: "带样品".to_owned(),
            kind: TaskKind::FollowUp,
            due: Some(today()),
            client: Some(client),
            difficulty: None,
            estimate: None,
        },
    );
    let course = crate::training::add(&mut field);
    crate::training::read_all(&mut field, course);
    crate::training::answer_right(&mut field, course);
    for command in [
        Command::Task(TaskCommand::LogTime {
            assignee: ALICE,
            task,
            minutes: 30,
        }),
        Command::Task(TaskCommand::AskForHelp {
            assignee: ALICE,
            task,
            words: "缺样品".to_owned(),
        }),
        Command::Work(WorkCommand::Rate {
            person: ALICE,
            skill: Skill::Named("日语".to_owned()),
            level: 4,
            evidence: "N1".to_owned(),
        }),
        Command::Work(WorkCommand::SetHours {
            person: ALICE,
            of: HoursOf::Date(today()),
            hours: Hours::During(Window::new(540, 720).into_iter().collect()),
        }),
    ] {
        field.run(ALICE, command).unwrap();
    }
    field.propose_goal(EAST_MANAGER, goal_draft(HERS, 12));
    let action = OrderAction::Write {
        order: None,
        draft: crate::orders::draft(ALICE),
        submit: true,
    };
    let order = Command::Order(OrderCommand { client, action });
    field.run(ALICE, order).unwrap();
    crate::pay_run::sample(&mut field);
    crate::recognition::sample(&mut field);
    let reviewed = crate::reviews::submit(&mut field, review());
    for command in [
        ReviewCommand::Interview(review(), "谈了半小时".to_owned()),
        ReviewCommand::Improve(ImprovementDraft {
            review: review(),
            gaps: [Measure::Completeness].into(),
            text: "补齐档案".to_owned(),
            recheck: plus_days(today(), 30),
            tasks: Vec::new(),
            courses: vec![course],
        }),
    ] {
        field.run(EAST_MANAGER, Command::Review(command)).unwrap();
    }
    let dispute = ReviewCommand::Dispute(review(), reviewed, "漏了".to_owned());
    field.run(ALICE, Command::Review(dispute)).unwrap();
    let uphold = ReviewCommand::Uphold(review(), reviewed, "没有漏".to_owned());
    field.run(EAST_MANAGER, Command::Review(uphold)).unwrap();
    crate::classes::score(&mut field, course);
    crate::library::add(&mut field, "价格异议应对");
    crate::handovers::give(&mut field, client, BOB);
    crate::development::sample(&mut field);
    let agreement = crate::agreements::add(&mut field);
    crate::agreements::publish(&mut field, agreement);
    crate::needs::sample(&mut field);
    let names = BTreeMap::from([
        (DocumentKind::Pay, "pay"),
        (DocumentKind::Team, "team"),
        (DocumentKind::Reviews, "reviews"),
        (DocumentKind::Client, "client"),
        (DocumentKind::Person, "person"),
        (DocumentKind::Company, "company"),
        (DocumentKind::Orders, "orders"),
    ]);
    field
        .trees
        .iter()
        .map(|(document, tree)| {
            let rows = project(*document, tree, &contested(*document, tree));
            (names[&document.kind], rows)
        })
        .collect()
}

/// A client's name, and the title of somebody's first task.
fn contested(document: DocumentId, tree: &Value) -> Vec<Steps> {
    let task = tree.entries(&["tasks"]).next();
    match document.kind {
        DocumentKind::Client => vec![path_of(&["profile", "name"])],
        _ => task
            .map(|(task, _)| path_of(&["tasks", task, "title"]))
            .into_iter()
            .collect(),
    }
}

pub(super) fn labels() -> Vec<(&'static str, CommandLabel)> {
    use CommandLabel as L;
    vec![
        ("create_client", L::CreateClient),
        ("change_client", L::ChangeClient),
        ("log_interaction", L::LogInteraction),
        ("archive_client", L::ArchiveClient),
        ("restore_client", L::RestoreClient),
        ("assign_clients", L::AssignClients),
        ("share_client", L::ShareClient),
        ("unshare_client", L::UnshareClient),
        ("import_clients", L::ImportClients),
        ("undo_import", L::UndoImport),
        ("plan_visit", L::PlanVisit),
        ("replan_visit", L::ReplanVisit),
        ("cancel_visit", L::CancelVisit),
        ("check_in", L::CheckIn),
        ("check_out", L::CheckOut),
        ("write_visit_note", L::WriteVisitNote),
        ("do_visit_action", L::DoVisitAction),
        ("add_photo", L::AddPhoto),
        ("set_next_step", L::SetNextStep),
        ("create_task", L::CreateTask),
        ("change_task", L::ChangeTask),
        ("set_task_progress", L::SetTaskProgress),
        ("set_task_status", L::SetTaskStatus),
        ("rename_workspace", L::RenameWorkspace),
        ("define_team", L::DefineTeam),
        ("invite", L::Invite),
        ("add_own_device", L::AddOwnDevice),
        ("cancel_invitation", L::CancelInvitation),
        ("change_person", L::ChangePerson),
        ("revoke_device", L::RevokeDevice),
        ("change_plan", L::ChangePlan),
        ("resolve_conflict", L::ResolveConflict),
        ("undo", L::Undo),
        ("erase_client", L::EraseClient),
        ("add_course", L::AddCourse),
        ("change_course", L::ChangeCourse),
        ("require_course", L::RequireCourse),
        ("read_lesson", L::ReadLesson),
        ("answer_quiz", L::AnswerQuiz),
        ("create_tasks", L::CreateTasks),
        ("log_time", L::LogTime),
        ("ask_for_help", L::AskForHelp),
        ("settle_help", L::SettleHelp),
        ("hand_over_tasks", L::HandOverTasks),
        ("define_task_kind", L::DefineTaskKind),
        ("change_work_limits", L::ChangeWorkLimits),
        ("rate_skill", L::RateSkill),
        ("set_hours", L::SetHours),
        ("propose_goal", L::ProposeGoal),
        ("change_goal", L::ChangeGoal),
        ("pick_goal", L::PickGoal),
        ("accept_goal", L::AcceptGoal),
        ("update_goal", L::UpdateGoal),
        ("write_order", L::WriteOrder),
        ("submit_order", L::SubmitOrder),
        ("withdraw_order", L::WithdrawOrder),
        ("accept_order", L::AcceptOrder),
        ("turn_down_order", L::TurnDownOrder),
        ("record_receipt", L::RecordReceipt),
        ("record_refund", L::RecordRefund),
        ("change_pay_plan", L::ChangePayPlan),
        ("set_pay_city", L::SetPayCity),
        ("adjust_pay", L::AdjustPay),
        ("decide_adjustment", L::DecideAdjustment),
        ("draw_up_statement", L::DrawUpStatement),
        ("decide_statement", L::DecideStatement),
        ("dispute_pay", L::DisputePay),
        ("answer_dispute", L::AnswerDispute),
        ("recognise", L::Recognise),
        ("write_review", L::WriteReview),
        ("submit_review", L::SubmitReview),
        ("write_interview", L::WriteInterview),
        ("acknowledge_review", L::AcknowledgeReview),
        ("dispute_review", L::DisputeReview),
        ("answer_review", L::AnswerReview),
        ("improve_review", L::ImproveReview),
        ("check_improvement", L::CheckImprovement),
        ("change_score_plan", L::ChangeScorePlan),
        ("change_scored_as", L::ChangeScoredAs),
        ("issue_survey", L::IssueSurvey),
        ("withdraw_survey", L::WithdrawSurvey),
        ("see_to_reply", L::SeeToReply),
        ("hand_over_clients", L::HandOverClients),
        ("read_capsules", L::ReadCapsules),
        ("require_of_person", L::RequireOfPerson),
        ("release_person", L::ReleasePerson),
        ("hold_class", L::HoldClass),
        ("call_off_class", L::CallOffClass),
        ("answer_invitation", L::AnswerInvitation),
        ("mark_attendance", L::MarkAttendance),
        ("set_sheet", L::SetSheet),
        ("score_role_play", L::ScoreRolePlay),
        ("set_path", L::SetPath),
        ("finish_course", L::FinishCourse),
        ("change_library", L::ChangeLibrary),
        ("publish_ladder", L::PublishLadder),
        ("set_grade", L::SetGrade),
        ("propose_grade", L::ProposeGrade),
        ("decide_grade", L::DecideGrade),
        ("wish_for_grade", L::WishForGrade),
        ("change_development", L::ChangeDevelopment),
        ("tick_development", L::TickDevelopment),
        ("agree_development", L::AgreeDevelopment),
        ("write_agreement", L::WriteAgreement),
        ("publish_agreement", L::PublishAgreement),
        ("require_agreement", L::RequireAgreement),
        ("sign_agreement", L::SignAgreement),
        ("countersign_agreement", L::CountersignAgreement),
        ("applaud", L::Applaud),
        ("withdraw_post", L::WithdrawPost),
        ("see_posts", L::SeePosts),
        ("open_round", L::OpenRound),
        ("close_round", L::CloseRound),
        ("answer_round", L::AnswerRound),
        ("renew_password", L::RenewPassword),
    ]
}
