//! vCard 4 (RFC 6350): one card for each contact, with the client as its organisation, and one
//! for a client without contacts.

use caravan_domain::birthday::{self, Birthday};
use caravan_domain::calendar::ical_utc;
use caravan_domain::clients::record::ContactDraft;
use caravan_domain::phone::{self, PhoneKind};
use caravan_domain::time::Instant;

use super::ExportClient;
use super::content_line::ContentLines;

#[must_use]
pub fn vcards(clients: &[ExportClient], now: Instant) -> Vec<u8> {
    let mut lines = ContentLines::default();
    for client in clients {
        for (number, contact) in client.draft.contacts.iter().enumerate() {
            let key = contact
                .id
                .map_or_else(|| number.to_string(), |id| id.to_string());
            card(&mut lines, client, Some(contact), &key, now);
        }
        if client.draft.contacts.is_empty() {
            card(&mut lines, client, None, "org", now);
        }
    }
    lines.finish()
}

fn card(
    lines: &mut ContentLines,
    client: &ExportClient,
    contact: Option<&ContactDraft>,
    key: &str,
    now: Instant,
) {
    let draft = &client.draft;
    lines.raw("BEGIN", "VCARD");
    lines.raw("VERSION", "4.0");
    lines.raw("UID;VALUE=text", &format!("{}-{key}", client.client));
    lines.raw("REV", &ical_utc(now));
    let named = contact.filter(|it| !it.name.trim().is_empty());
    match named {
        Some(contact) => {
            lines.text("FN", &contact.name);
            // Which part of a Chinese name is the family's cannot be told safely.
            lines.texts("N", &[contact.name.as_str(), "", "", "", ""], ';');
        }
        None => {
            lines.raw("KIND", "org");
            lines.text("FN", &draft.name);
        }
    }
    lines.text("ORG", &draft.name);
    if let Some(contact) = contact {
        lines.text("TITLE", &contact.title);
        for phone in &contact.phones {
            telephone(lines, phone);
        }
        lines.text("EMAIL", &contact.email);
        lines.text("X-WECHAT", &contact.wechat);
        birthday_of(lines, &contact.birthday);
    }
    let address = [
        "",
        "",
        draft.address.as_str(),
        draft.region.as_str(),
        "",
        "",
        "",
    ];
    lines.texts("ADR;TYPE=work", &address, ';');
    let tags: Vec<_> = draft.tags.iter().map(String::as_str).collect();
    lines.texts("CATEGORIES", &tags, ',');
    lines.text("NOTE", &draft.note);
    lines.raw("END", "VCARD");
}

fn telephone(lines: &mut ContentLines, stored: &str) {
    let kind = phone::normalize(stored).map(|phone| phone.kind());
    let name = match kind {
        Ok(PhoneKind::Mobile) => "TEL;TYPE=cell",
        Ok(_) => "TEL;TYPE=work",
        Err(_) => "TEL",
    };
    lines.text(name, stored);
}

/// The standard's calendar is the Gregorian; a lunar birthday goes into an extension.
fn birthday_of(lines: &mut ContentLines, stored: &str) {
    match birthday::parse(stored) {
        Ok(Birthday::Solar { year, month, day }) => {
            let year = year.map_or_else(|| "--".to_owned(), |year| format!("{year:04}"));
            lines.raw("BDAY", &format!("{year}{month:02}{day:02}"));
        }
        Ok(lunar) => lines.raw("X-CARAVAN-BIRTHDAY", &lunar.to_string()),
        Err(_) => {}
    }
}
