//! A client's fields in the reader's words, where people disagree on them.

use caravan_domain::{birthday::Birthday, clients::record::Stage, geo::Position};

use super::StageNames;
use crate::{
    conflicts::FieldWords,
    format::{use_birthday_words, use_format},
    visits,
};

pub(super) fn field_words(steps: &[&str]) -> FieldWords {
    let format = use_format();
    let label = match steps {
        ["visits", ..] => return visits::field_words(steps),
        ["profile", "stage"] => {
            let stages = StageNames::new();
            return FieldWords::word(tr!(clients.stage), move |stage: Stage| stages.name(stage));
        }
        ["profile", "position"] => {
            return FieldWords::word(tr!(location.label), move |position: Position| {
                let metres = format.distance(position.accuracy_m().into());
                format!("{:.5}, {:.5} · ±{metres}", position.lat(), position.lng())
            });
        }
        ["profile", "name"] => tr!(clients.name),
        ["profile", "code"] => tr!(clients.code),
        ["profile", "grade"] => tr!(clients.grade),
        ["profile", "region"] => tr!(clients.region),
        ["profile", "address"] => tr!(clients.address),
        ["profile", "source"] => tr!(clients.source),
        ["profile" | "contacts", .., "note"] => tr!(clients.note),
        ["contacts", _, "name"] => tr!(clients.contact_name),
        ["contacts", _, "title"] => tr!(clients.contact_title),
        ["contacts", _, "birthday"] => {
            let words = use_birthday_words();
            return FieldWords::word(tr!(clients.birthday), move |birthday: Birthday| {
                words.words(birthday)
            });
        }
        ["contacts", _, "email"] => tr!(clients.email),
        ["contacts", _, "wechat"] => tr!(clients.wechat),
        ["contacts", _, "phones", _] => tr!(clients.phone),
        _ => tr!(clients.another_field),
    };
    FieldWords::plain(label)
}
