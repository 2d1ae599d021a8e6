//! From typed errors to sentences: what happened, what is safe, what to do.

use caravan_domain::{
    command::{CommandError, Field},
    decision::Refusal,
};
use caravan_port::{act::ActError, message::RunError};
use caravan_sync::{frame::Rejection, join::JoinError};
use leptos_i18n::{I18nContext, t_string};

use crate::{
    engine::Failure,
    i18n::{Locale, use_i18n},
};

/// Follows the language when used inside a closure of a view.
#[derive(Clone, Copy)]
pub(crate) struct Explain(I18nContext<Locale>);

impl Explain {
    /// To be called while a component is being built.
    pub(crate) fn new() -> Self {
        Self(use_i18n())
    }

    pub(crate) fn run(self, failure: Failure<RunError>) -> String {
        let i18n = self.0;
        match failure {
            Failure::Interrupted => t_string!(i18n, errors.interrupted).to_owned(),
            Failure::Refused(RunError::Command(error)) => self.command(error),
            Failure::Refused(RunError::StorageFull) => {
                t_string!(i18n, errors.storage_full).to_owned()
            }
            Failure::Refused(RunError::StorageFailed) => {
                t_string!(i18n, errors.storage_failed).to_owned()
            }
            Failure::Refused(RunError::NotJoined) => t_string!(i18n, errors.not_joined).to_owned(),
            Failure::Refused(RunError::Damaged) => t_string!(i18n, errors.damaged).to_owned(),
        }
    }

    pub(crate) fn act(self, failure: Failure<ActError>) -> String {
        let i18n = self.0;
        match failure {
            Failure::Interrupted => t_string!(i18n, errors.interrupted).to_owned(),
            Failure::Refused(ActError::Join(error)) => self.join(error),
            Failure::Refused(ActError::Offline) => t_string!(i18n, errors.offline).to_owned(),
            Failure::Refused(ActError::StorageFull) => {
                t_string!(i18n, errors.storage_full).to_owned()
            }
            Failure::Refused(ActError::StorageFailed) => {
                t_string!(i18n, errors.storage_failed).to_owned()
            }
            Failure::Refused(ActError::CannotUndo) => {
                t_string!(i18n, errors.cannot_undo).to_owned()
            }
            Failure::Refused(ActError::NotFound) => t_string!(i18n, errors.not_found).to_owned(),
            Failure::Refused(ActError::NotJoined) => t_string!(i18n, errors.not_joined).to_owned(),
        }
    }

    pub(crate) fn command(self, error: CommandError) -> String {
        let i18n = self.0;
        match error {
            CommandError::Blank(field) => {
                t_string!(i18n, errors.blank, field = self.field(field)).to_string()
            }
            CommandError::TooLong { field, max } => {
                t_string!(i18n, errors.too_long, field = self.field(field), max = max).to_string()
            }
            CommandError::Malformed(field) => {
                t_string!(i18n, errors.malformed, field = self.field(field)).to_string()
            }
            CommandError::NotFound => t_string!(i18n, errors.not_found).to_owned(),
            CommandError::NotAllowed => t_string!(i18n, errors.not_allowed).to_owned(),
            CommandError::TooMany => t_string!(i18n, errors.too_many).to_owned(),
            CommandError::NotBegun => t_string!(i18n, errors.not_begun).to_owned(),
            CommandError::AlreadyDone => t_string!(i18n, errors.already_done).to_owned(),
            CommandError::Refused(refusal) => self.refusal(refusal),
        }
    }

    pub(crate) fn refusal(self, refusal: Refusal) -> String {
        let i18n = self.0;
        match refusal {
            Refusal::NotAllowed => t_string!(i18n, errors.not_allowed),
            Refusal::NotFound => t_string!(i18n, errors.not_found),
            Refusal::BadName => t_string!(i18n, errors.bad_name),
            Refusal::NotActive => t_string!(i18n, errors.not_active),
            Refusal::LastAdministrator => t_string!(i18n, errors.last_administrator),
            Refusal::AlreadySettled => t_string!(i18n, errors.already_settled),
            Refusal::TooMany => t_string!(i18n, errors.too_many),
        }
        .to_owned()
    }

    pub(crate) fn join(self, error: JoinError) -> String {
        let i18n = self.0;
        match error {
            JoinError::UnknownLink => t_string!(i18n, errors.unknown_link),
            JoinError::LinkUsed => t_string!(i18n, errors.link_used),
            JoinError::LinkExpired => t_string!(i18n, errors.link_expired),
            JoinError::BadName => t_string!(i18n, errors.bad_name),
            JoinError::PasswordTooShort => t_string!(i18n, errors.password_too_short),
            JoinError::WrongPassword => t_string!(i18n, errors.wrong_password),
            JoinError::BadSignature | JoinError::Malformed => {
                t_string!(i18n, errors.not_understood)
            }
            JoinError::TooMany => t_string!(i18n, errors.too_often),
            JoinError::Unavailable => t_string!(i18n, errors.relay_unavailable),
        }
        .to_owned()
    }

    /// Why the relay refused something that was sent to it.
    pub(crate) fn rejection(self, rejection: Rejection) -> String {
        let i18n = self.0;
        match rejection {
            Rejection::Decision(refusal) => return self.refusal(refusal),
            Rejection::NotAllowed => t_string!(i18n, errors.not_allowed),
            Rejection::BadSignature | Rejection::WrongActor | Rejection::Malformed => {
                t_string!(i18n, errors.not_understood)
            }
            Rejection::Forked => t_string!(i18n, errors.forked),
            Rejection::RestsOnRefused => t_string!(i18n, errors.rests_on_refused),
            Rejection::Repeated => t_string!(i18n, errors.repeated),
            Rejection::TooLarge => t_string!(i18n, errors.too_large),
        }
        .to_owned()
    }

    /// The field that an error of a command stands beside.
    pub(crate) fn field(self, field: Field) -> &'static str {
        let i18n = self.0;
        match field {
            Field::Name => t_string!(i18n, errors.field_name),
            Field::Code => t_string!(i18n, errors.field_code),
            Field::Region => t_string!(i18n, errors.field_region),
            Field::Address => t_string!(i18n, errors.field_address),
            Field::Source => t_string!(i18n, errors.field_source),
            Field::Note => t_string!(i18n, errors.field_note),
            Field::Tags => t_string!(i18n, errors.field_tags),
            Field::Phone => t_string!(i18n, errors.field_phone),
            Field::Birthday => t_string!(i18n, errors.field_birthday),
            Field::Position => t_string!(i18n, errors.field_position),
            Field::Title => t_string!(i18n, errors.field_title),
            Field::Due => t_string!(i18n, errors.field_due),
            Field::Date => t_string!(i18n, errors.field_date),
            Field::Progress => t_string!(i18n, errors.field_progress),
            Field::NextStep => t_string!(i18n, errors.field_next_step),
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
