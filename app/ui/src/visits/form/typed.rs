use std::collections::BTreeSet;

use caravan_domain::{
    calendar::parse_day,
    command::Field,
    id::{ClientId, PersonId},
    visits::record::{Visit, VisitDraft, VisitKind},
};
use serde::{Deserialize, Serialize};

/// What the form holds: as typed, so that an unfinished date is a draft and not an error.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    pub(super) client: Option<ClientId>,
    pub(super) kind: VisitKind,
    /// `YYYY-MM-DD`
    pub(super) on: String,
    /// `hh:mm` or empty.
    pub(super) at: String,
    pub(super) purpose: String,
    /// `None` for whoever fills the form in.
    pub(super) by: Option<PersonId>,
    pub(super) with: BTreeSet<PersonId>,
}

impl Typed {
    pub(super) fn of(visit: &Visit) -> Self {
        Self {
            client: Some(visit.client),
            kind: visit.kind,
            on: visit.planned_on.to_string(),
            at: visit.planned_at.clone(),
            purpose: visit.purpose.clone(),
            by: Some(visit.by),
            with: visit.with.clone(),
        }
    }

    /// `me` goes where nobody else is named.
    ///
    /// # Errors
    /// The field that is still missing.
    pub(super) fn draft(self, me: PersonId) -> Result<VisitDraft, Field> {
        let by = self.by.unwrap_or(me);
        let mut with = self.with;
        with.remove(&by);
        Ok(VisitDraft {
            client: self.client.ok_or(Field::Name)?,
            kind: self.kind,
            planned_on: parse_day(&self.on).ok_or(Field::Date)?,
            planned_at: self.at,
            purpose: self.purpose,
            by,
            with,
        })
    }
}

#[cfg(test)]
mod tests {
    use caravan_domain::id::Id;

    use super::*;

    fn person(byte: u8) -> PersonId {
        PersonId(Id::from_bytes([byte; 16]))
    }

    fn typed() -> Typed {
        Typed {
            client: Some(ClientId(Id::from_bytes([9; 16]))),
            on: "2026-11-22".to_owned(),
            with: [person(1), person(2)].into(),
            ..Typed::default()
        }
    }

    #[test]
    fn who_goes_does_not_come_along() {
        let draft = typed().draft(person(1)).unwrap();
        assert_eq!(draft.by, person(1));
        assert_eq!(draft.with, [person(2)].into());
    }

    #[test]
    fn says_what_is_missing() {
        let nobody = Typed {
            client: None,
            ..typed()
        };
        assert_eq!(nobody.draft(person(1)), Err(Field::Name));
        let never = Typed {
            on: String::new(),
            ..typed()
        };
        assert_eq!(never.draft(person(1)), Err(Field::Date));
    }
}
