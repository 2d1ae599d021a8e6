//! From typed errors to sentences: what happened, what is safe, what to do.

use caravan_domain::{
    command::{CommandError, Field},
    decision::Refusal,
};
use caravan_port::{act::ActError, message::RunError};
use caravan_sync::{
    frame::{Quarantine, Rejection},
    join::JoinError,
};
use leptos_i18n::td_string;

use crate::{
    engine::Failure,
    prefs::{Language, use_language},
};

/// Follows the language when used inside a closure of a view.
#[derive(Clone, Copy)]
pub(crate) struct Explain(Language);

impl Explain {
    /// To be called while a component is being built.
    pub(crate) fn new() -> Self {
        Self(use_language())
    }

    pub(crate) fn run(self, failure: Failure<RunError>) -> String {
        let language = self.0.get();
        match failure {
            Failure::Interrupted => td_string!(language, errors.interrupted).to_owned(),
            Failure::Refused(RunError::Command(error)) => self.command(error),
            Failure::Refused(RunError::StorageFull) => {
                td_string!(language, errors.storage_full).to_owned()
            }
            Failure::Refused(RunError::StorageFailed) => {
                td_string!(language, errors.storage_failed).to_owned()
            }
            Failure::Refused(RunError::NotJoined) => {
                td_string!(language, errors.not_joined).to_owned()
            }
            Failure::Refused(RunError::Damaged) => td_string!(language, errors.damaged).to_owned(),
        }
    }

    pub(crate) fn act(self, failure: Failure<ActError>) -> String {
        let language = self.0.get();
        match failure {
            Failure::Interrupted => td_string!(language, errors.interrupted).to_owned(),
            Failure::Refused(ActError::Join(error)) => self.join(error),
            Failure::Refused(ActError::Offline) => td_string!(language, errors.offline).to_owned(),
            Failure::Refused(ActError::StorageFull) => {
                td_string!(language, errors.storage_full).to_owned()
            }
            Failure::Refused(ActError::StorageFailed) => {
                td_string!(language, errors.storage_failed).to_owned()
            }
            Failure::Refused(ActError::CannotUndo) => {
                td_string!(language, errors.cannot_undo).to_owned()
            }
            Failure::Refused(ActError::NotFound) => {
                td_string!(language, errors.not_found).to_owned()
            }
            Failure::Refused(ActError::NotJoined) => {
                td_string!(language, errors.not_joined).to_owned()
            }
            Failure::Refused(ActError::WrongSecret) => {
                td_string!(language, errors.wrong_secret).to_owned()
            }
            Failure::Refused(ActError::LeaseOver) => {
                td_string!(language, lock.lease_over).to_owned()
            }
            Failure::Refused(ActError::OtherPassword) => {
                td_string!(language, lock.other_password).to_owned()
            }
        }
    }

    pub(crate) fn command(self, error: CommandError) -> String {
        let language = self.0.get();
        match error {
            CommandError::Blank(field) => {
                td_string!(language, errors.blank, field = self.field(field)).to_string()
            }
            CommandError::TooLong { field, max } => td_string!(
                language,
                errors.too_long,
                field = self.field(field),
                max = max
            )
            .to_string(),
            CommandError::Malformed(field) => {
                td_string!(language, errors.malformed, field = self.field(field)).to_string()
            }
            CommandError::NotFound => td_string!(language, errors.not_found).to_owned(),
            CommandError::NotAllowed => td_string!(language, errors.not_allowed).to_owned(),
            CommandError::TooMany => td_string!(language, errors.too_many).to_owned(),
            CommandError::NotBegun => td_string!(language, errors.not_begun).to_owned(),
            CommandError::Nowhere(field) => {
                td_string!(language, errors.nowhere, field = self.field(field)).to_string()
            }
            CommandError::AlreadyDone => td_string!(language, errors.already_done).to_owned(),
            CommandError::Refused(refusal) => self.refusal(refusal),
        }
    }

    pub(crate) fn refusal(self, refusal: Refusal) -> String {
        let language = self.0.get();
        match refusal {
            Refusal::NotAllowed => td_string!(language, errors.not_allowed),
            Refusal::NotFound => td_string!(language, errors.not_found),
            Refusal::BadName => td_string!(language, errors.bad_name),
            Refusal::NotActive => td_string!(language, errors.not_active),
            Refusal::LastAdministrator => td_string!(language, errors.last_administrator),
            Refusal::AlreadySettled => td_string!(language, errors.already_settled),
            Refusal::TooMany => td_string!(language, errors.too_many),
            Refusal::TrainingOverdue => td_string!(language, errors.training_overdue),
            Refusal::OutOfRange => td_string!(language, errors.out_of_range),
            Refusal::NotSeparate => td_string!(language, errors.not_separate),
            Refusal::NotAsSubmitted => td_string!(language, errors.not_as_submitted),
            Refusal::HasBegun => td_string!(language, errors.has_begun),
            Refusal::UnderWay => td_string!(language, errors.under_way),
            Refusal::Unbalanced => td_string!(language, errors.unbalanced),
            Refusal::SurveyOpen => td_string!(language, errors.survey_open),
            Refusal::SurveyedLately => td_string!(language, errors.surveyed_lately),
            Refusal::ChangedHands => td_string!(language, errors.changed_hands),
            Refusal::ClientsLeft => td_string!(language, errors.clients_left),
            Refusal::ClassFull => td_string!(language, classes.full_now),
            Refusal::NotYet => td_string!(language, classes.not_yet),
            Refusal::NotScored => td_string!(language, classes.not_scored),
            Refusal::SignatureOverdue => td_string!(language, errors.signature_overdue),
            Refusal::NotThatText => td_string!(language, errors.not_that_text),
            Refusal::RoundClosed => td_string!(language, needs.closed_before),
        }
        .to_owned()
    }

    pub(crate) fn join(self, error: JoinError) -> String {
        let language = self.0.get();
        match error {
            JoinError::UnknownLink => td_string!(language, errors.unknown_link),
            JoinError::LinkUsed => td_string!(language, errors.link_used),
            JoinError::LinkExpired => td_string!(language, errors.link_expired),
            JoinError::BadName => td_string!(language, errors.bad_name),
            JoinError::PasswordTooShort => td_string!(language, errors.password_too_short),
            JoinError::WrongPassword => td_string!(language, errors.wrong_password),
            JoinError::BadSignature | JoinError::Malformed => {
                td_string!(language, errors.not_understood)
            }
            JoinError::TooMany => td_string!(language, errors.too_often),
            JoinError::Unavailable => td_string!(language, errors.relay_unavailable),
            JoinError::NotADirector => td_string!(language, errors.not_a_director),
            JoinError::AlreadyThere => td_string!(language, errors.already_there),
        }
        .to_owned()
    }

    /// Why the relay refused something that was sent to it.
    pub(crate) fn rejection(self, rejection: Rejection) -> String {
        let language = self.0.get();
        match rejection {
            Rejection::Decision(refusal) => return self.refusal(refusal),
            Rejection::NotAllowed => td_string!(language, errors.not_allowed),
            Rejection::BadSignature | Rejection::WrongActor | Rejection::Malformed => {
                td_string!(language, errors.not_understood)
            }
            Rejection::Forked => td_string!(language, errors.forked),
            Rejection::RestsOnRefused | Rejection::Quarantined(Quarantine::Unfounded) => {
                td_string!(language, errors.rests_on_refused)
            }
            Rejection::Quarantined(Quarantine::Unsound) => td_string!(language, errors.unsound),
            Rejection::Quarantined(Quarantine::NotAllowed) => {
                td_string!(language, errors.not_yours_to_write)
            }
            Rejection::Repeated => td_string!(language, errors.repeated),
            Rejection::Erased => td_string!(language, errors.erased),
            Rejection::TooLarge => td_string!(language, errors.too_large),
        }
        .to_owned()
    }

    /// The field that an error of a command stands beside.
    pub(crate) fn field(self, field: Field) -> &'static str {
        let language = self.0.get();
        match field {
            Field::Name => td_string!(language, errors.field_name),
            Field::Code => td_string!(language, errors.field_code),
            Field::Region => td_string!(language, errors.field_region),
            Field::Address => td_string!(language, errors.field_address),
            Field::Source => td_string!(language, errors.field_source),
            Field::Note => td_string!(language, errors.field_note),
            Field::Tags => td_string!(language, errors.field_tags),
            Field::Phone => td_string!(language, errors.field_phone),
            Field::Birthday => td_string!(language, errors.field_birthday),
            Field::Position => td_string!(language, errors.field_position),
            Field::Title => td_string!(language, errors.field_title),
            Field::Due => td_string!(language, errors.field_due),
            Field::Date => td_string!(language, errors.field_date),
            Field::Progress => td_string!(language, errors.field_progress),
            Field::NextStep => td_string!(language, errors.field_next_step),
            Field::Link => td_string!(language, errors.field_link),
            Field::Choices => td_string!(language, errors.field_choices),
            Field::Answers => td_string!(language, errors.field_answers),
            Field::Level => td_string!(language, errors.field_level),
            Field::Hours => td_string!(language, errors.field_hours),
            Field::Estimate => td_string!(language, errors.field_estimate),
            Field::Reason => td_string!(language, goals.reason),
            Field::Target => td_string!(language, goals.target),
            Field::Unit => td_string!(language, goals.unit),
            Field::Value => td_string!(language, goals.value),
            Field::Parent => td_string!(language, goals.parent),
            Field::AlertBelow => td_string!(language, goals.alert_below),
            Field::UpdateEvery => td_string!(language, goals.update_every),
            Field::Product => td_string!(language, errors.field_product),
            Field::Quantity => td_string!(language, errors.field_quantity),
            Field::Price => td_string!(language, errors.field_price),
            Field::Discount => td_string!(language, errors.field_discount),
            Field::Amount => td_string!(language, errors.field_amount),
            Field::Evidence => td_string!(language, reviews.evidence),
            Field::Feedback => td_string!(language, reviews.feedback),
            Field::Points => td_string!(language, classes.points),
            Field::Criteria => td_string!(language, classes.criteria),
            Field::Place => td_string!(language, classes.place),
            Field::Room => td_string!(language, classes.room),
            Field::People => td_string!(language, classes.people),
            Field::Courses => td_string!(language, classes.courses),
            Field::Topics => td_string!(language, needs.topics),
        }
    }
}

/// The field to mark, when the error is about one.
pub(crate) fn field_of(failure: &Failure<RunError>) -> Option<Field> {
    match failure {
        Failure::Refused(RunError::Command(
            CommandError::Blank(field)
            | CommandError::TooLong { field, .. }
            | CommandError::Malformed(field),
        )) => Some(*field),
        _ => None,
    }
}
