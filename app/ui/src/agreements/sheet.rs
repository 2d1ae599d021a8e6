//! What was signed, with both signatures: on the screen, on paper, or as PDF by the browser's own print dialog. Its style
//! sheet is `.sheet-a4` in `style/app.css`.

use caravan_domain::{
    agreements::{
        command::AgreementCommand,
        decision::Signature,
        view::{SignatureLine, SignedSheet},
    },
    command::{Command, Field},
    time::Instant,
};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde::{Deserialize, Serialize};

use super::{agreement_of, person_of, reading::Reading};
use crate::{
    engine::{use_draft, use_engine},
    format::{Format, now, use_format},
    forms::{Elsewhere, use_error_of},
    ui::{
        Badge, Button, ButtonKind, EmptyState, Form, IconButton, Page, SectionTitle, TextField,
        Tone, use_toasts,
    },
};

#[component]
pub(super) fn SignedPage() -> impl IntoView {
    let params = use_params_map();
    let ids = Memo::new(move |_| params.with(|params| (agreement_of(params), person_of(params))));
    let answer = use_engine().signed_sheet(move || ids.get());
    let answer = Memo::new(move |_| answer.get());
    let print = move || {
        // Refused only where there is no printer to ask; the page stays.
        let _ = window().print();
    };
    view! {
        <Page
            title=tr!(agreements.signed_sheet)
            back=Signal::derive(move || Some(format!("/agreements/{}", ids.get().0)))
            actions=move || {
                view! { <IconButton label=tr!(agreements.print) icon=icons::LuPrinter on_press=print /> }
            }
        >
            {move || match answer.get() {
                None => ().into_any(),
                Some(Some(sheet)) if !sheet.signatures.is_empty() => view! { <Paper sheet=*sheet /> }.into_any(),
                Some(_) => {
                    view! {
                        <EmptyState
                            icon=icons::LuSearchX
                            title=tr!(agreements.not_signed)
                            body=tr!(agreements.not_signed_body)
                        />
                    }
                        .into_any()
                }
            }}
        </Page>
    }
}

#[component]
fn Paper(sheet: SignedSheet) -> impl IntoView {
    let format = use_format();
    let me = use_engine().me();
    let workspace = move || {
        me.with(|me| me.as_ref().map(|me| me.workspace_name.clone()))
            .unwrap_or_default()
    };
    let Some(last) = sheet.signatures.last().cloned() else {
        return ().into_any();
    };
    let version = sheet.agreement.version(last.signature.version).cloned();
    let open = sheet.may_countersign && last.signature.countersigned.is_none() && !last.provisional;
    let earlier: Vec<_> = sheet.signatures.iter().rev().skip(1).cloned().collect();
    let printed = tr!(agreements.printed, day = now().day().to_string());
    let digest = format!("{:?}", last.signature.version);
    view! {
        <div class="sheet-a4">
            <header class="px-4 pb-2">
                <p class="text-sm text-muted">
                    <bdi>{workspace}</bdi>
                </p>
                <p>
                    <bdi class="font-medium">{sheet.name.clone()}</bdi>
                    " · "
                    <span class="tabular-nums">{sheet.code.clone()}</span>
                </p>
            </header>
            {version.map(|version| view! { <Reading zh=version.zh en=version.en /> })}
            <Signatures lines=vec![last.clone()] format />
            <p class="px-4 pt-2 pb-4 text-sm break-all text-muted">
                {tr!(agreements.digest)} ": " {digest}
            </p>
            {(!earlier.is_empty())
                .then(|| {
                    view! {
                        <SectionTitle label=tr!(agreements.earlier) />
                        <Signatures lines=earlier format />
                    }
                })}
            <p class="px-4 pt-2 pb-4 text-sm text-muted">{printed}</p>
        </div>
        {open.then(|| view! { <CountersignForm sheet signature=last.signature /> })}
    }
    .into_any()
}

/// Both sides of each: who, when by whose clock, and what is still missing.
#[component]
pub(super) fn Signatures(lines: Vec<SignatureLine>, format: Format) -> impl IntoView {
    let rows = lines.into_iter().map(move |line| {
        let signature = line.signature;
        let (number, signed_at, received_at) =
            (signature.number, signature.signed_at, signature.received_at);
        let company = signature.countersigned.map(|company| {
            let at = company.at;
            view! {
                <p class="text-lg">
                    <bdi>{company.name}</bdi>
                </p>
                <p class="text-sm text-muted">{move || dated(at, format)}</p>
            }
        });
        let company = match company {
            Some(company) => company.into_any(),
            None => view! { <Badge label=tr!(agreements.company_pending) tone=Signal::stored(Tone::Neutral) /> }
                .into_any(),
        };
        view! {
            <li class="grid gap-4 px-4 py-3 sm:grid-cols-2">
                <div class="border-t border-base-content pt-1">
                    <p class="text-sm text-muted">{tr!(agreements.person_side, number = number)}</p>
                    <p class="text-lg">
                        <bdi>{signature.name}</bdi>
                    </p>
                    <p class="text-sm text-muted">
                        {tr!(agreements.signed_at, at = dated(signed_at, format))}
                    </p>
                    {match line.provisional {
                        true => {
                            view! { <Badge label=tr!(agreements.provisional) tone=Signal::stored(Tone::Info) /> }
                                .into_any()
                        }
                        false => {
                            view! {
                                <p class="text-sm text-muted">
                                    {tr!(agreements.received_at, at = dated(received_at, format))}
                                </p>
                            }
                                .into_any()
                        }
                    }}
                </div>
                <div class="border-t border-base-content pt-1">
                    <p class="text-sm text-muted">{tr!(agreements.company_side)}</p>
                    {company}
                </div>
            </li>
        }
    });
    view! { <ul aria-label=tr!(agreements.signatures)>{rows.collect_view()}</ul> }
}

/// 2026-11-23 14:02: what is on paper says its day in full.
fn dated(at: Instant, format: Format) -> String {
    format!("{} {}", at.day(), format.time(at))
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    name: String,
}

#[component]
fn CountersignForm(sheet: SignedSheet, signature: Signature) -> impl IntoView {
    let (agreement, person) = (sheet.agreement.id, sheet.person);
    let toasts = use_toasts();
    let key = format!("agreements/{agreement}/countersign/{person}");
    let draft = use_draft(key, Typed::default());
    let submit = draft.submit();
    let said = tr!(agreements.countersigned_said);
    let version = signature.version;
    let sign = move || {
        let command = AgreementCommand::Countersign {
            agreement,
            person,
            version,
            name: draft.value.get_untracked().name,
        };
        submit.run(Command::Agreement(command), move |_| {
            toasts.say(said.get_untracked());
        });
    };
    let name = sheet.name;
    view! {
        <div class="print:hidden">
            <SectionTitle label=tr!(agreements.countersign) />
            <Form on_submit=sign>
                <p>{tr!(agreements.countersign_statement, name = name.clone())}</p>
                <TextField
                    label=tr!(agreements.your_name)
                    error=use_error_of(submit.failure, Field::Name)
                    bind=draft.bind(|typed| &typed.name, |typed| &mut typed.name)
                    required=true
                    max=80
                />
                <Elsewhere failure=submit.failure shown=&[Field::Name] />
                <Button
                    label=tr!(agreements.countersign)
                    kind=ButtonKind::Main
                    wide=true
                    submit=true
                    disabled=submit.busy
                />
            </Form>
        </div>
    }
}
