//! One record into one draft, or all that is wrong with it.

use std::collections::BTreeSet;

use caravan_domain::birthday;
use caravan_domain::calendar::parse_local;
use caravan_domain::clients::command::{FIELD_MAX, NAME_MAX, PROSE_MAX};
use caravan_domain::clients::record::{ClientDraft, ContactDraft, Grade, Stage};
use caravan_domain::id::{ClientId, Id};
use caravan_domain::phone;
use caravan_domain::time::Instant;
use caravan_domain::uscc;

use super::cells::Cells;
use crate::field::Field;
use crate::mapping::Mapping;
use crate::row::{Doubt, DoubtKind, ImportRow, RowError, RowReason};
use crate::table::Record;

/// Several numbers in one cell are parted by these; spaces and hyphens stand within a number.
const PHONE_SEPARATORS: [char; 8] = ['/', ';', '；', '、', ',', '，', '|', '\n'];

pub(super) fn convert(
    record: &Record,
    columns: usize,
    mapping: &Mapping,
) -> Result<ImportRow, Vec<RowError>> {
    let mut reader = RecordReader {
        cells: Cells::new(record, mapping),
        row: record.row,
        errors: Vec::new(),
        doubts: Vec::new(),
    };
    reader.check_shape(record, columns);
    if !reader.errors.is_empty() {
        return Err(reader.errors);
    }
    reader.check_texts();
    let contact = reader.contact(mapping);
    let draft = reader.draft(contact, mapping);
    let followed_up_at = reader.followed_up_at();
    let owner = reader.cells.text(Field::Owner);
    if !reader.errors.is_empty() {
        return Err(reader.errors);
    }
    Ok(ImportRow {
        row: record.row,
        client: ClientId(Id::ZERO),
        draft,
        owner,
        followed_up_at,
        doubts: reader.doubts,
    })
}

struct RecordReader<'a> {
    cells: Cells<'a>,
    row: u32,
    errors: Vec<RowError>,
    doubts: Vec<Doubt>,
}

impl RecordReader<'_> {
    fn check_shape(&mut self, record: &Record, columns: usize) {
        let beyond = record.cells.get(columns..).unwrap_or_default();
        if record.cells.len() < columns {
            self.refuse(None, "", RowReason::TooFewColumns);
        } else if let Some(extra) = beyond.iter().find(|cell| !cell.trim().is_empty()) {
            self.refuse(None, extra, RowReason::TooManyColumns);
        }
    }

    /// What holds for every cell that is taken over.
    fn check_texts(&mut self) {
        for field in Field::ALL {
            let most = match field {
                Field::Name | Field::Tags => NAME_MAX,
                Field::Note => PROSE_MAX,
                _ => FIELD_MAX,
            };
            let wrong: Vec<_> = self
                .cells
                .filled(field)
                .filter_map(|(column, cell)| {
                    if cell.contains('\u{fffd}') {
                        Some((column, cell, RowReason::Undecodable))
                    } else if cell.chars().count() > most {
                        Some((column, cell, RowReason::TooLong))
                    } else {
                        None
                    }
                })
                .collect();
            for (column, cell, reason) in wrong {
                self.refuse(Some(column), cell, reason);
            }
        }
    }

    fn contact(&mut self, mapping: &Mapping) -> ContactDraft {
        ContactDraft {
            name: self.cells.text(Field::Contact),
            title: self.cells.text(Field::Title),
            birthday: self.birthday(),
            email: self.cells.text(Field::Email),
            wechat: self.cells.text(Field::Wechat),
            phones: self.phones(mapping),
            ..ContactDraft::default()
        }
    }

    fn draft(&mut self, contact: ContactDraft, mapping: &Mapping) -> ClientDraft {
        if self.cells.first(Field::Name).is_none() {
            let column = self.cells.column(Field::Name);
            self.refuse(column, "", RowReason::NameMissing);
        }
        let contacts = if contact == ContactDraft::default() {
            Vec::new()
        } else {
            vec![contact]
        };
        ClientDraft {
            name: self.cells.text(Field::Name),
            code: self.code(),
            grade: self.word(Field::Grade, grade),
            stage: self.word(Field::Stage, stage),
            region: self.cells.joined(Field::Region, ""),
            address: self.cells.joined(Field::Address, " "),
            source: self.cells.text(Field::Source),
            note: self.cells.text(Field::Note),
            tags: self.tags(mapping),
            contacts,
            position: String::new(),
        }
    }

    /// One good number is enough. None is an error only where the file has columns for them.
    fn phones(&mut self, mapping: &Mapping) -> Vec<String> {
        let mut phones: Vec<String> = Vec::new();
        let mut bad = Vec::new();
        for field in [Field::Mobile, Field::Landline] {
            for (column, cell) in self.cells.filled(field) {
                for written in cell
                    .split(PHONE_SEPARATORS)
                    .filter(|it| !it.trim().is_empty())
                {
                    match phone::normalize(written) {
                        Ok(phone) if phones.iter().any(|it| it == phone.as_str()) => {}
                        Ok(phone) => phones.push(phone.into()),
                        Err(_) => bad.push((field, column, written)),
                    }
                }
            }
        }
        let expected = mapping.has(Field::Mobile) || mapping.has(Field::Landline);
        match bad.first() {
            Some((_, column, written)) if phones.is_empty() => {
                self.refuse(Some(*column), written, RowReason::NoValidPhone);
            }
            None if phones.is_empty() && expected => {
                let column = self.cells.column(Field::Mobile);
                let column = column.or_else(|| self.cells.column(Field::Landline));
                self.refuse(column, "", RowReason::PhoneMissing);
            }
            _ => {
                for (field, _, written) in bad {
                    self.doubt(field, written, DoubtKind::PhoneLeftOut);
                }
            }
        }
        phones
    }

    fn birthday(&mut self) -> String {
        let Some((_, written)) = self.cells.first(Field::Birthday) else {
            return String::new();
        };
        match birthday::parse(written) {
            Ok(birthday) => birthday.to_string(),
            Err(_) => {
                self.doubt(Field::Birthday, written, DoubtKind::BirthdayLeftOut);
                String::new()
            }
        }
    }

    fn code(&mut self) -> String {
        let Some((_, written)) = self.cells.first(Field::Code) else {
            return String::new();
        };
        if let Some(doubt) = uscc::doubt(written) {
            self.doubt(Field::Code, written, DoubtKind::Code(doubt));
        }
        uscc::normalize(written)
    }

    fn word<T: Default>(&mut self, field: Field, read: impl Fn(&str) -> Option<T>) -> T {
        let Some((_, written)) = self.cells.first(field) else {
            return T::default();
        };
        let word = caravan_domain::fold::plain(written).to_lowercase();
        read(&word).unwrap_or_else(|| {
            self.doubt(field, written, DoubtKind::UnknownWord);
            T::default()
        })
    }

    fn tags(&self, mapping: &Mapping) -> BTreeSet<String> {
        self.cells
            .filled(Field::Tags)
            .flat_map(|(_, cell)| cell.split(|c| mapping.tag_separators.contains(c)))
            .map(str::trim)
            .filter(|tag| !tag.is_empty())
            .map(str::to_owned)
            .collect()
    }

    fn followed_up_at(&mut self) -> Option<Instant> {
        let (column, written) = self.cells.first(Field::LastFollowUp)?;
        match parse_local(written) {
            Ok(instant) => Some(instant),
            Err(_) => {
                self.refuse(Some(column), written, RowReason::LastFollowUpInvalid);
                None
            }
        }
    }

    fn refuse(&mut self, column: Option<u32>, value: &str, reason: RowReason) {
        self.errors.push(RowError {
            row: self.row,
            column,
            value: value.to_owned(),
            reason,
        });
    }

    fn doubt(&mut self, field: Field, value: &str, kind: DoubtKind) {
        self.doubts.push(Doubt {
            field,
            value: value.to_owned(),
            kind,
        });
    }
}

/// `A`, `a`, `A级`, `A类`, `Ａ`.
fn grade(word: &str) -> Option<Grade> {
    let word = word.trim_end_matches(['级', '类', '等']).trim();
    word.to_uppercase().parse().ok()
}

/// The stored word, or the word on the screen in either language.
fn stage(word: &str) -> Option<Stage> {
    word.parse().ok().or_else(|| {
        Some(match word {
            "线索" | "潜在" | "潜在客户" | "新客户" => Stage::Lead,
            "已联系" | "跟进中" | "初步接触" => Stage::Contacted,
            "洽谈" | "洽谈中" | "谈判" | "negotiation" => Stage::Negotiating,
            "成交" | "已成交" | "成交客户" | "合作中" | "client" => Stage::Customer,
            "沉默" | "休眠" | "沉睡" | "inactive" => Stage::Dormant,
            "流失" | "已流失" | "输单" => Stage::Lost,
            _ => return None,
        })
    })
}
