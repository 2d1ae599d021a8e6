use caravan_files::field::Field;
use leptos::prelude::*;

/// The columns of a client list in the reader's words, which an import reads back.
#[derive(Clone, Copy)]
pub(crate) struct FieldNames([Signal<String>; Field::ALL.len()]);

impl FieldNames {
    /// To be called while a component is being built.
    pub(crate) fn new() -> Self {
        Self(Field::ALL.map(name))
    }

    pub(crate) fn name(self, field: Field) -> String {
        let place = Field::ALL.iter().position(|known| *known == field);
        place.map(|place| self.0[place].get()).unwrap_or_default()
    }
}

fn name(field: Field) -> Signal<String> {
    match field {
        Field::Name => tr!(files.name),
        Field::Code => tr!(files.code),
        Field::Contact => tr!(files.contact),
        Field::Title => tr!(files.title),
        Field::Mobile => tr!(files.mobile),
        Field::Landline => tr!(files.landline),
        Field::Email => tr!(files.email),
        Field::Wechat => tr!(files.wechat),
        Field::Region => tr!(files.region),
        Field::Address => tr!(files.address),
        Field::Grade => tr!(files.grade),
        Field::Stage => tr!(files.stage),
        Field::Birthday => tr!(files.birthday),
        Field::Source => tr!(files.source),
        Field::Owner => tr!(files.owner),
        Field::Tags => tr!(files.tags),
        Field::Note => tr!(files.note),
        Field::LastFollowUp => tr!(files.last_follow_up),
    }
}
