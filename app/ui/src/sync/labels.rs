//! What a command did, in the reader's words.

use caravan_domain::label::CommandLabel;
use leptos::prelude::*;

/// To be called while a component is being built.
pub(crate) fn did(label: CommandLabel) -> Signal<String> {
    use CommandLabel as L;
    match label {
        L::CreateClient => tr!(sync.did_create_client),
        L::ChangeClient => tr!(sync.did_change_client),
        L::LogInteraction => tr!(sync.did_log),
        L::ArchiveClient => tr!(sync.did_archive),
        L::RestoreClient => tr!(sync.did_restore),
        L::AssignClients => tr!(sync.did_assign),
        L::ShareClient => tr!(sync.did_share),
        L::UnshareClient => tr!(sync.did_unshare),
        L::ImportClients => tr!(sync.did_import),
        L::UndoImport => tr!(sync.did_undo_import),
        L::PlanVisit => tr!(sync.did_plan_visit),
        L::ReplanVisit => tr!(sync.did_replan_visit),
        L::CancelVisit => tr!(sync.did_cancel_visit),
        L::CheckIn => tr!(sync.did_check_in),
        L::CheckOut => tr!(sync.did_check_out),
        L::WriteVisitNote => tr!(sync.did_note),
        L::DoVisitAction => tr!(sync.did_action),
        L::AddPhoto => tr!(sync.did_photo),
        L::SetNextStep => tr!(sync.did_next),
        L::CreateTask => tr!(sync.did_create_task),
        L::ChangeTask => tr!(sync.did_change_task),
        L::SetTaskProgress => tr!(sync.did_progress),
        L::SetTaskStatus => tr!(sync.did_status),
        L::RenameWorkspace => tr!(sync.did_rename),
        L::DefineTeam => tr!(sync.did_team),
        L::Invite => tr!(sync.did_invite),
        L::AddOwnDevice => tr!(sync.did_add_device),
        L::CancelInvitation => tr!(sync.did_cancel_invitation),
        L::ChangePerson => tr!(sync.did_person),
        L::RevokeDevice => tr!(sync.did_revoke),
        L::ChangePlan => tr!(sync.did_plan),
        L::ResolveConflict => tr!(sync.did_resolve),
        L::Undo => tr!(sync.did_undo),
        L::Write => tr!(sync.did_write),
        L::EraseClient => tr!(sync.did_erase),
        L::AddCourse => tr!(sync.did_add_course),
        L::ChangeCourse => tr!(sync.did_change_course),
        L::RequireCourse => tr!(sync.did_require_course),
        L::ReadLesson => tr!(sync.did_read_lesson),
        L::AnswerQuiz => tr!(sync.did_answer_quiz),
        L::WriteOrder => tr!(sync.did_write_order),
        L::SubmitOrder => tr!(sync.did_submit_order),
        L::WithdrawOrder => tr!(sync.did_withdraw_order),
        L::AcceptOrder => tr!(sync.did_accept_order),
        L::TurnDownOrder => tr!(sync.did_turn_down_order),
        L::RecordReceipt => tr!(sync.did_receipt),
        L::RecordRefund => tr!(sync.did_refund),
    }
}
