//! Every client on this device, in the shape that files have.

use caravan_domain::{
    clients::{
        file::{ClientFile, TimelineSubject},
        record::Stage,
    },
    time::Instant,
    visits::record::VisitState,
};
use caravan_files::{
    export::{ExportClient, ExportFormat, ExportWords},
    field::Field,
    message::FilesRequest,
};
use caravan_port::act::{Act, ActError, Done};
use leptos::prelude::*;

use super::save::{ExportFailure, FileKind};
use crate::{
    clients::StageNames,
    engine::{Engine, Failure},
    files::FieldNames,
};

/// # Errors
/// Also when there is no client.
pub(super) async fn all_clients(
    engine: Engine,
    format: ExportFormat,
    words: ExportWords,
    now: Instant,
) -> Result<FilesRequest, ExportFailure> {
    let Done::Clients(files) = engine.act(Act::ExportClients(Vec::new())).await? else {
        return Err(Failure::<ActError>::Interrupted.into());
    };
    if files.is_empty() {
        return Err(ExportFailure::Nothing);
    }
    Ok(FilesRequest::WriteClients {
        format,
        clients: files.into_iter().map(exported).collect(),
        words,
        now,
    })
}

fn exported(file: ClientFile) -> ExportClient {
    ExportClient {
        client: file.client.id,
        followed_up_at: followed_up_at(&file),
        draft: file.client.draft,
        owner: file.owner_name,
    }
}

/// The last contact, known from here or from an earlier import.
fn followed_up_at(file: &ClientFile) -> Option<Instant> {
    let contacts = file.timeline.iter().filter(|entry| match &entry.subject {
        TimelineSubject::Interaction { .. } => true,
        TimelineSubject::Visit(line) => line.row.state == VisitState::Done,
        TimelineSubject::Created => false,
    });
    contacts
        .map(|entry| entry.happened_at)
        .chain(file.client.followed_up_at)
        .max()
}

/// To be called while a component is being built.
pub(super) fn use_words() -> Signal<ExportWords> {
    let (fields, stages) = (FieldNames::new(), StageNames::new());
    let (sheet, others, lunar) = (
        tr!(export.clients),
        tr!(export.other_contacts),
        tr!(export.lunar),
    );
    Signal::derive(move || ExportWords {
        sheet: sheet.get(),
        headings: Field::ALL.map(|field| (field, fields.name(field))).to_vec(),
        other_contacts: others.get(),
        stages: Stage::ALL
            .iter()
            .map(|stage| (*stage, stages.name(*stage)))
            .collect(),
        lunar: lunar.get(),
    })
}

pub(super) fn file_kind(format: ExportFormat, stem: &str, now: Instant) -> FileKind {
    let (ending, kind) = match format {
        ExportFormat::Csv => ("csv", "text/csv;charset=utf-8"),
        ExportFormat::Xlsx => (
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        ExportFormat::VCard => ("vcf", "text/vcard;charset=utf-8"),
    };
    FileKind {
        name: format!("{stem}-{}.{ending}", now.day()),
        kind,
    }
}
