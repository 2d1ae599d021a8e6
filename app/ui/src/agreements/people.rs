//! Who has signed what, for whoever answers for them.

use caravan_domain::{
    agreements::{
        standing::Standing,
        view::{AgreementFile, Signer},
    },
    command::Command,
    id::AgreementId,
    tasks::{command::TaskCommand, kind::TaskKind, record::TaskDraft},
};
use icondata_lu as icons;
use leptos::prelude::*;

use super::words::{standing_badge, wording_in};
use crate::{
    engine::use_perform,
    format::{now, use_format},
    prefs::use_language,
    ui::{Avatar, Badge, Button, Each, List, ListRow, SectionTitle, Tone},
};

#[component]
pub(super) fn Signers(file: AgreementFile) -> impl IntoView {
    let agreement = file.agreement.id;
    if file.people.is_empty() {
        return ().into_any();
    }
    let signed = file.people.iter();
    let signed = signed.filter(|it| it.standing == Standing::Signed).count();
    let asked = file.people.len();
    let people = file.people.clone();
    view! {
        <SectionTitle label=tr!(agreements.who_signed) />
        <p class="px-4 pb-1 text-sm text-muted tabular-nums">
            {tr!(agreements.signed_of, signed = signed, asked = asked)}
        </p>
        <List label=tr!(agreements.who_signed)>
            <Each each=move || people.clone() key=|it| it.clone() let:it>
                <Row agreement signer=it />
            </Each>
        </List>
        <Remind file />
    }
    .into_any()
}

#[component]
fn Row(agreement: AgreementId, signer: Signer) -> impl IntoView {
    let format = use_format();
    let name = Signal::stored(signer.name.clone());
    let signature = signer.signed.as_ref().map(|line| &line.signature);
    let signed = signature.map(|it| (it.number, it.received_at));
    let team = signer.team_name.clone();
    let waits = tr!(agreements.waits_short);
    let (number, on) = signed.unwrap_or_default();
    let version = tr!(
        agreements.signed_version,
        number = number,
        day = format.near_day(on.day())
    );
    let waiting = signer.waits && signed.is_none();
    let detail = Signal::derive(move || {
        let mut parts = Vec::new();
        if signed.is_some() {
            parts.push(version.get());
        }
        if waiting {
            parts.push(waits.get());
        }
        if !team.is_empty() {
            parts.push(team.clone());
        }
        parts.join(" · ")
    });
    let provisional = signer.signed.as_ref().is_some_and(|line| line.provisional);
    let badge = match (provisional, signer.to_countersign) {
        (true, _) => Some((tr!(agreements.provisional), Tone::Info)),
        (false, true) => Some((tr!(agreements.to_countersign), Tone::Warning)),
        (false, false) => standing_badge(signer.standing),
    };
    let badge = badge.map(|(label, tone)| view! { <Badge label tone=Signal::stored(tone) /> });
    let lead = ViewFnOnce::from(move || view! { <Avatar name /> });
    let href = match signed.is_some() {
        true => format!("/agreements/{agreement}/signed/{}", signer.person),
        false => format!("/people/{}", signer.person),
    };
    view! {
        <ListRow title=name detail href lead>
            {badge}
        </ListRow>
    }
}

/// A task for everybody who is asked and has not signed.
#[component]
fn Remind(file: AgreementFile) -> impl IntoView {
    let (perform, language) = (use_perform(), use_language());
    let late: Vec<_> = file
        .people
        .iter()
        .filter(|it| it.may_remind)
        .filter_map(|it| match it.standing {
            Standing::Due(day) | Standing::Overdue(day) => Some((it.person, day)),
            _ => None,
        })
        .collect();
    if late.is_empty() {
        return ().into_any();
    }
    let count = late.len();
    let said = tr!(agreements.reminded, count = count);
    let draft = file.agreement.draft;
    let title = Signal::derive(move || {
        let wording = wording_in(language.get(), &draft.zh, &draft.en);
        wording.title.clone()
    });
    let task = tr!(agreements.task, title = title.get());
    let remind = move || {
        let drafts = late.iter().map(|(person, due)| TaskDraft {
            assignee: *person,
            title: task.get_untracked(),
            detail: String::new(),
            kind: TaskKind::default(),
            due: Some((*due).max(now().day())),
            client: None,
            difficulty: None,
            estimate: None,
        });
        let command = TaskCommand::CreateMany(drafts.collect());
        perform.run(Command::Task(command), said.get_untracked());
    };
    view! {
        <div class="px-4 py-2">
            <Button label=tr!(agreements.remind, count = count) icon=icons::LuBellRing wide=true on_press=remind />
        </div>
    }
    .into_any()
}
