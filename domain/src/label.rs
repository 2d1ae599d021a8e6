//! What a command did, in a word: for the outbox, for undo and for the list of what was refused.

use serde::{Deserialize, Serialize};

use crate::agreements::command::AgreementCommand;
use crate::clients::command::ClientCommand;
use crate::command::Command;
use crate::development::command::DevelopmentCommand;
use crate::goals::command::GoalCommand;
use crate::grades::command::GradeCommand;
use crate::handovers::command::HandoverCommand;
use crate::orders::command::OrderAction;
use crate::pay::command::PayCommand;
use crate::pay::decision::PayDecision;
use crate::people::decision::PeopleDecision;
use crate::recognition::command::RecognitionCommand;
use crate::reviews::command::ReviewCommand;
use crate::surveys::decision::SurveyDecision;
use crate::tasks::command::TaskCommand;
use crate::training::classes::decision::ClassDecision;
use crate::training::command::TrainingCommand;
use crate::training::needs::command::NeedsCommand;
use crate::visits::command::VisitCommand;
use crate::work::command::WorkCommand;
use crate::work::decision::WorkDecision;

/// Stored with each outbox entry: new labels are added at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CommandLabel {
    CreateClient,
    ChangeClient,
    LogInteraction,
    ArchiveClient,
    RestoreClient,
    AssignClients,
    ShareClient,
    UnshareClient,
    ImportClients,
    UndoImport,
    PlanVisit,
    ReplanVisit,
    CancelVisit,
    CheckIn,
    CheckOut,
    WriteVisitNote,
    DoVisitAction,
    AddPhoto,
    SetNextStep,
    CreateTask,
    ChangeTask,
    SetTaskProgress,
    SetTaskStatus,
    RenameWorkspace,
    DefineTeam,
    Invite,
    AddOwnDevice,
    CancelInvitation,
    ChangePerson,
    RevokeDevice,
    ChangePlan,
    ResolveConflict,
    Undo,
    /// A change whose command is not known any more.
    Write,
    EraseClient,
    AddCourse,
    ChangeCourse,
    RequireCourse,
    ReadLesson,
    AnswerQuiz,
    CreateTasks,
    LogTime,
    AskForHelp,
    SettleHelp,
    HandOverTasks,
    DefineTaskKind,
    ChangeWorkLimits,
    RateSkill,
    SetHours,
    ProposeGoal,
    ChangeGoal,
    PickGoal,
    AcceptGoal,
    UpdateGoal,
    WriteOrder,
    SubmitOrder,
    WithdrawOrder,
    AcceptOrder,
    TurnDownOrder,
    RecordReceipt,
    RecordRefund,
    ChangePayPlan,
    SetPayCity,
    AdjustPay,
    DecideAdjustment,
    DrawUpStatement,
    DecideStatement,
    DisputePay,
    AnswerDispute,
    Recognise,
    WriteReview,
    SubmitReview,
    WriteInterview,
    AcknowledgeReview,
    DisputeReview,
    AnswerReview,
    ImproveReview,
    CheckImprovement,
    ChangeScorePlan,
    ChangeScoredAs,
    IssueSurvey,
    WithdrawSurvey,
    SeeToReply,
    HandOverClients,
    ReadCapsules,
    RequireOfPerson,
    ReleasePerson,
    HoldClass,
    CallOffClass,
    AnswerInvitation,
    MarkAttendance,
    SetSheet,
    ScoreRolePlay,
    SetPath,
    FinishCourse,
    ChangeLibrary,
    PublishLadder,
    SetGrade,
    ProposeGrade,
    DecideGrade,
    WishForGrade,
    ChangeDevelopment,
    TickDevelopment,
    AgreeDevelopment,
    WriteAgreement,
    PublishAgreement,
    RequireAgreement,
    SignAgreement,
    CountersignAgreement,
    Applaud,
    WithdrawPost,
    SeePosts,
    OpenRound,
    CloseRound,
    AnswerRound,
    RenewPassword,
}

impl Command {
    #[must_use]
    pub const fn label(&self) -> CommandLabel {
        use CommandLabel as L;
        match self {
            Self::Client(command) => match command {
                ClientCommand::Create(_) => L::CreateClient,
                ClientCommand::Change { .. } => L::ChangeClient,
                ClientCommand::LogInteraction { .. } => L::LogInteraction,
                ClientCommand::Archive(_) => L::ArchiveClient,
                ClientCommand::Restore(_) => L::RestoreClient,
                ClientCommand::Assign { .. } => L::AssignClients,
                ClientCommand::Share { .. } => L::ShareClient,
                ClientCommand::Unshare { .. } => L::UnshareClient,
                ClientCommand::Import { .. } => L::ImportClients,
                ClientCommand::UndoImport { .. } => L::UndoImport,
                ClientCommand::Erase(_) => L::EraseClient,
            },
            Self::Visit(command) => match command {
                VisitCommand::Plan(_) => L::PlanVisit,
                VisitCommand::Replan { .. } => L::ReplanVisit,
                VisitCommand::Cancel { .. } => L::CancelVisit,
                VisitCommand::CheckIn { .. } | VisitCommand::DropIn { .. } => L::CheckIn,
                VisitCommand::CheckOut { .. } => L::CheckOut,
                VisitCommand::WriteNote { .. } => L::WriteVisitNote,
                VisitCommand::DoAction { .. } => L::DoVisitAction,
                VisitCommand::AddPhoto { .. } => L::AddPhoto,
                VisitCommand::SetNext { .. } => L::SetNextStep,
            },
            Self::Task(command) => match command {
                TaskCommand::Create(_) => L::CreateTask,
                TaskCommand::Change { .. } => L::ChangeTask,
                TaskCommand::SetProgress { .. } => L::SetTaskProgress,
                TaskCommand::SetStatus { .. } => L::SetTaskStatus,
                TaskCommand::CreateMany(_) => L::CreateTasks,
                TaskCommand::LogTime { .. } => L::LogTime,
                TaskCommand::AskForHelp { .. } => L::AskForHelp,
                TaskCommand::SettleHelp { .. } => L::SettleHelp,
                TaskCommand::HandOver { .. } => L::HandOverTasks,
            },
            Self::Work(command) => match command {
                WorkCommand::Decide(WorkDecision::DefineKind { .. }) => L::DefineTaskKind,
                WorkCommand::Decide(WorkDecision::ChangeLimits(_)) => L::ChangeWorkLimits,
                WorkCommand::Rate { .. } => L::RateSkill,
                WorkCommand::SetHours { .. } => L::SetHours,
            },
            Self::Order(command) => match command.action {
                OrderAction::Write { submit: false, .. } => L::WriteOrder,
                OrderAction::Write { submit: true, .. } | OrderAction::Submit(_) => L::SubmitOrder,
                OrderAction::Withdraw(_) => L::WithdrawOrder,
                OrderAction::Accept(..) => L::AcceptOrder,
                OrderAction::TurnDown { .. } => L::TurnDownOrder,
                OrderAction::Receive(..) => L::RecordReceipt,
                OrderAction::Refund(..) => L::RecordRefund,
            },
            Self::People(decision) => match decision {
                PeopleDecision::RenameWorkspace { .. } => L::RenameWorkspace,
                PeopleDecision::DefineTeam { .. } => L::DefineTeam,
                PeopleDecision::Invite { .. } => L::Invite,
                PeopleDecision::AddOwnDevice { .. } => L::AddOwnDevice,
                PeopleDecision::CancelInvitation { .. } => L::CancelInvitation,
                PeopleDecision::ChangePerson { .. } => L::ChangePerson,
                PeopleDecision::RevokeDevice { .. } => L::RevokeDevice,
                PeopleDecision::RenewPassword { .. } => L::RenewPassword,
            },
            Self::Training(command) => match command {
                TrainingCommand::AddCourse(_) => L::AddCourse,
                TrainingCommand::SetRule { .. } => L::RequireCourse,
                TrainingCommand::ReadLesson { .. } => L::ReadLesson,
                TrainingCommand::AnswerQuiz { .. } => L::AnswerQuiz,
                TrainingCommand::Require { .. } => L::RequireOfPerson,
                TrainingCommand::Release { .. } => L::ReleasePerson,
                TrainingCommand::HoldClass(_) => L::HoldClass,
                TrainingCommand::Class { decision, .. } => match decision {
                    ClassDecision::Hold(_) => L::HoldClass,
                    ClassDecision::CallOff => L::CallOffClass,
                    ClassDecision::Come(_) => L::AnswerInvitation,
                    ClassDecision::Mark(_) => L::MarkAttendance,
                },
                TrainingCommand::SetSheet { .. } => L::SetSheet,
                TrainingCommand::Score(_) => L::ScoreRolePlay,
                TrainingCommand::SetPath { .. } => L::SetPath,
                TrainingCommand::Finish(_) => L::FinishCourse,
                TrainingCommand::Library(_) => L::ChangeLibrary,
                TrainingCommand::Needs(command) => match command {
                    NeedsCommand::Open(_) => L::OpenRound,
                    NeedsCommand::Close(_) => L::CloseRound,
                    NeedsCommand::Answer(_) => L::AnswerRound,
                },
                _ => L::ChangeCourse,
            },
            Self::ChangePlan(_) => L::ChangePlan,
            Self::Resolve { .. } => L::ResolveConflict,
            Self::Goal(command) => match command {
                GoalCommand::Propose(_) => L::ProposeGoal,
                GoalCommand::Change(_) => L::ChangeGoal,
                GoalCommand::Pick { .. } => L::PickGoal,
                GoalCommand::Accept { .. } => L::AcceptGoal,
                GoalCommand::Update { .. } => L::UpdateGoal,
            },
            Self::Pay(command) => match command {
                PayCommand::Decide(PayDecision::SetPlan(_) | PayDecision::DropPlan(_)) => {
                    L::ChangePayPlan
                }
                PayCommand::Decide(PayDecision::SetCity { .. }) => L::SetPayCity,
                PayCommand::Propose { .. } => L::AdjustPay,
                PayCommand::Decide(PayDecision::Adjustment { .. }) | PayCommand::Approve { .. } => {
                    L::DecideAdjustment
                }
                PayCommand::DrawUp(_) => L::DrawUpStatement,
                PayCommand::Decide(PayDecision::Statement { .. })
                | PayCommand::ApproveStatement { .. }
                | PayCommand::Lock { .. } => L::DecideStatement,
                PayCommand::Dispute { .. } => L::DisputePay,
                PayCommand::Answer { .. } => L::AnswerDispute,
            },
            Self::Review(command) => match command {
                ReviewCommand::Save(_) => L::WriteReview,
                ReviewCommand::Submit { .. } => L::SubmitReview,
                ReviewCommand::Interview(..) => L::WriteInterview,
                ReviewCommand::Acknowledge(..) => L::AcknowledgeReview,
                ReviewCommand::Dispute(..) => L::DisputeReview,
                ReviewCommand::Uphold(..) | ReviewCommand::Reopen(..) => L::AnswerReview,
                ReviewCommand::Improve(_) => L::ImproveReview,
                ReviewCommand::Check { .. } => L::CheckImprovement,
                ReviewCommand::ChangePlan(..) => L::ChangeScorePlan,
                ReviewCommand::ScoreAs(..) => L::ChangeScoredAs,
            },
            Self::Survey(decision) => match decision {
                SurveyDecision::Issue { .. } => L::IssueSurvey,
                SurveyDecision::Withdraw { .. } => L::WithdrawSurvey,
                SurveyDecision::SeeTo { .. } => L::SeeToReply,
            },
            Self::Handover(command) => match command {
                HandoverCommand::HandOver(_) => L::HandOverClients,
                HandoverCommand::Read(_) => L::ReadCapsules,
            },
            Self::Grade(command) => match command {
                GradeCommand::Publish(_) => L::PublishLadder,
                GradeCommand::Set(..) => L::SetGrade,
                GradeCommand::Propose(..) | GradeCommand::Withdraw(..) => L::ProposeGrade,
                GradeCommand::Accept { .. } | GradeCommand::Decline { .. } => L::DecideGrade,
                GradeCommand::Wish(_) | GradeCommand::Unwish => L::WishForGrade,
            },
            Self::Development(command) => match command {
                DevelopmentCommand::Tick { .. } => L::TickDevelopment,
                DevelopmentCommand::Agree(..) => L::AgreeDevelopment,
                _ => L::ChangeDevelopment,
            },
            Self::Agreement(command) => match command {
                AgreementCommand::Add(_)
                | AgreementCommand::Change { .. }
                | AgreementCommand::SetArchived { .. } => L::WriteAgreement,
                AgreementCommand::Publish { .. } => L::PublishAgreement,
                AgreementCommand::Require { .. } => L::RequireAgreement,
                AgreementCommand::Sign { .. } => L::SignAgreement,
                AgreementCommand::Countersign { .. } => L::CountersignAgreement,
            },
            Self::Recognition(command) => match command {
                RecognitionCommand::Post(_) => L::Recognise,
                RecognitionCommand::Applaud { .. } => L::Applaud,
                RecognitionCommand::Withdraw { .. } => L::WithdrawPost,
                RecognitionCommand::See(_) => L::SeePosts,
            },
        }
    }
}
