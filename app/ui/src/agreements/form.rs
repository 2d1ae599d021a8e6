//! Writing the text: both languages on one page, and what is different this time.

use caravan_domain::{
    agreements::{
        command::AgreementCommand,
        text::{Agreement, AgreementDraft, Kind, Wording},
    },
    command::{Command, Field, RecordRef},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde::{Deserialize, Serialize};

use super::{agreement_of, words::KindNames};
use crate::{
    engine::{Submit, use_draft, use_engine},
    forms::{Elsewhere, use_error_of},
    ui::{
        Bound, Button, ButtonKind, Form, Page, RestoredNote, SelectField, Show, TextArea,
        TextField, use_past_the_form,
    },
};

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    kind: Kind,
    zh_title: String,
    zh_text: String,
    en_title: String,
    en_text: String,
    note: String,
}

impl Typed {
    fn of(agreement: &Agreement) -> Self {
        let draft = agreement.draft.clone();
        Self {
            kind: draft.kind,
            zh_title: draft.zh.title,
            zh_text: draft.zh.text,
            en_title: draft.en.title,
            en_text: draft.en.text,
            note: draft.note,
        }
    }

    fn draft(self) -> AgreementDraft {
        let wording = |title, text| Wording { title, text };
        AgreementDraft {
            kind: self.kind,
            zh: wording(self.zh_title, self.zh_text),
            en: wording(self.en_title, self.en_text),
            note: self.note,
        }
    }
}

#[component]
pub(super) fn NewAgreementPage() -> impl IntoView {
    let draft = use_draft("agreements/new", Typed::default());
    view! {
        <Page title=tr!(agreements.new) back="/agreements">
            <RestoredNote restored=draft.restored on_discard=move || draft.discard() />
            <AgreementForm
                typed=draft.value
                command=|typed| AgreementCommand::Add(typed.draft())
                submit=draft.submit()
                fresh=true
            />
        </Page>
    }
}

#[component]
pub(super) fn EditAgreementPage() -> impl IntoView {
    let agreement = use_params_map().with_untracked(agreement_of);
    let file = use_engine().agreement(move || agreement);
    // The form opens once; what arrives meanwhile does not overwrite what is being typed.
    let opened = Memo::new(move |before: Option<&Option<Typed>>| match before {
        Some(Some(typed)) => Some(typed.clone()),
        _ => file.with(|file| Some(Typed::of(&file.as_ref()?.as_ref()?.agreement))),
    });
    let back = format!("/agreements/{agreement}");
    let opens = back.clone();
    view! {
        <Page title=tr!(agreements.edit) back>
            {move || {
                let opens = opens.clone();
                opened
                    .get()
                    .map(|before| {
                        let draft = use_draft(format!("agreements/{agreement}/edit"), before.clone());
                        view! {
                            <RestoredNote restored=draft.restored on_discard=move || draft.discard() />
                            <AgreementForm
                                typed=draft.value
                                command=move |typed| AgreementCommand::Change {
                                    agreement,
                                    before: before.clone().draft(),
                                    after: typed.draft(),
                                }
                                submit=draft.submit()
                                opens
                            />
                        }
                    })
            }}
        </Page>
    }
}

#[component]
fn AgreementForm(
    typed: RwSignal<Typed>,
    command: impl Fn(Typed) -> AgreementCommand + 'static,
    submit: Submit,
    /// Of which kind it is can still be chosen.
    #[prop(optional)]
    fresh: bool,
    /// Where to go afterwards, when nothing new has come into being.
    #[prop(optional, into)]
    opens: String,
) -> impl IntoView {
    let open = use_past_the_form();
    let kinds = KindNames::new();
    let title_error = use_error_of(submit.failure, Field::Title);
    let save = move || {
        let command = command(typed.get_untracked());
        let (open, opens) = (open.clone(), opens.clone());
        submit.run(Command::Agreement(command), move |ran| {
            open(&match ran.created {
                Some(RecordRef::Agreement(agreement)) => format!("/agreements/{agreement}"),
                _ => opens,
            });
        });
    };
    let kind = Bound::word(typed, |typed| typed.kind.word(), |typed| &mut typed.kind);
    view! {
        <Form on_submit=save>
            <Show when=move || fresh>
                <SelectField label=tr!(agreements.kind) bind=kind options=kinds.options() />
            </Show>
            <p class="text-sm text-muted">{tr!(agreements.lawyer)}</p>
            <h2 class="pt-2 font-medium">{tr!(agreements.in_chinese)}</h2>
            <TextField
                label=tr!(agreements.zh_title)
                error=title_error
                bind=Bound::part(typed, |typed| &typed.zh_title, |typed| &mut typed.zh_title)
                max=200
            />
            <TextArea
                label=tr!(agreements.zh_text)
                bind=Bound::part(typed, |typed| &typed.zh_text, |typed| &mut typed.zh_text)
                max=40_000
            />
            <h2 class="pt-2 font-medium">{tr!(agreements.in_english)}</h2>
            <TextField
                label=tr!(agreements.en_title)
                bind=Bound::part(typed, |typed| &typed.en_title, |typed| &mut typed.en_title)
                max=200
            />
            <TextArea
                label=tr!(agreements.en_text)
                bind=Bound::part(typed, |typed| &typed.en_text, |typed| &mut typed.en_text)
                max=40_000
            />
            <Show when=move || !fresh>
                <TextField
                    label=tr!(agreements.note)
                    hint=tr!(agreements.note_hint)
                    bind=Bound::part(typed, |typed| &typed.note, |typed| &mut typed.note)
                    max=500
                />
            </Show>
            <Elsewhere failure=submit.failure shown=&[Field::Title] />
            <Button label=tr!(agreements.save) kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
        </Form>
    }
}
