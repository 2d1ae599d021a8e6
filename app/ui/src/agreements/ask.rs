//! Of whom a version is asked, how long they have, and whose client data waits for it; whom that would touch is shown
//! before it is asked.

use caravan_domain::{
    agreements::{
        command::AgreementCommand,
        decision::{Requirement, Terms, Waits},
        text::VersionDigest,
        view::{AgreementFile, Planned},
    },
    command::Command,
    id::AgreementId,
    role::Role,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde::{Deserialize, Serialize};

use super::{agreement_of, page::waits_name};
use crate::{
    engine::{use_draft, use_engine},
    forms::Elsewhere,
    people::RoleChoice,
    training::Number,
    ui::{
        Bound, Button, ButtonKind, Form, Page, RestoredNote, SelectField, Show, use_past_the_form,
        use_toasts,
    },
};

const WITHIN_DAYS: [u32; 5] = [3, 7, 14, 30, 90];
const WAITS: [(Waits, &str); 3] = [
    (Waits::Newcomers, "newcomers"),
    (Waits::Everybody, "everybody"),
    (Waits::Nobody, "nobody"),
];

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    terms: Terms,
}

impl Default for Typed {
    fn default() -> Self {
        Self {
            terms: Terms {
                required_of: [Role::AccountManager].into(),
                within_days: 14,
                waits: Waits::default(),
            },
        }
    }
}

/// What the form opens with: the latest version, on the terms that hold.
#[derive(Debug, Clone, PartialEq)]
struct Opened {
    version: VersionDigest,
    number: u32,
    typed: Typed,
}

impl Opened {
    fn of(file: &AgreementFile) -> Option<Self> {
        let last = file.agreement.versions.last()?;
        let terms = file.requirement.as_ref().map(|it: &Requirement| Typed {
            terms: it.terms.clone(),
        });
        Some(Self {
            version: last.digest,
            number: last.number,
            typed: terms.unwrap_or_default(),
        })
    }
}

#[component]
pub(super) fn AskPage() -> impl IntoView {
    let agreement = use_params_map().with_untracked(agreement_of);
    let file = use_engine().agreement(move || agreement);
    let opened = Memo::new(move |before: Option<&Option<Opened>>| match before {
        Some(Some(opened)) => Some(opened.clone()),
        _ => file.with(|file| Opened::of(file.as_ref()?.as_ref()?)),
    });
    view! {
        <Page title=tr!(agreements.ask) back=format!("/agreements/{agreement}")>
            {move || opened.get().map(|opened| view! { <AskForm agreement opened /> })}
        </Page>
    }
}

#[component]
fn AskForm(agreement: AgreementId, opened: Opened) -> impl IntoView {
    let draft = use_draft(format!("agreements/{agreement}/ask"), opened.typed);
    let (typed, submit) = (draft.value, draft.submit());
    let (open, toasts) = (use_past_the_form(), use_toasts());
    let said = tr!(agreements.asked_said);
    let (version, number) = (opened.version, opened.number);
    let ask = move || {
        let open = open.clone();
        let terms = typed.get_untracked().terms;
        let command = AgreementCommand::Require {
            agreement,
            version,
            terms,
        };
        submit.run(Command::Agreement(command), move |_| {
            toasts.say(said.get_untracked());
            open(&format!("/agreements/{agreement}"));
        });
    };
    let days = WITHIN_DAYS.map(|days| (days, tr!(agreements.days, days = days)));
    let waits = WAITS.map(|(waits, word)| (word, waits_name(waits)));
    let options = Signal::derive(move || {
        let named = waits.iter();
        named
            .map(|(word, name)| ((*word).to_owned(), name.get()))
            .collect()
    });
    let bind = Bound {
        value: Signal::derive(move || {
            let chosen = typed.with(|typed| typed.terms.waits);
            let word = WAITS.iter().find(|(waits, _)| *waits == chosen);
            word.map(|(_, word)| (*word).to_owned()).unwrap_or_default()
        }),
        set: Callback::new(move |word: String| {
            if let Some((waits, _)) = WAITS.iter().find(|(_, known)| *known == word) {
                typed.update(|typed| typed.terms.waits = *waits);
            }
        }),
    };
    let required_of = Bound::part(
        typed,
        |typed| &typed.terms.required_of,
        |typed| &mut typed.terms.required_of,
    );
    view! {
        <RestoredNote restored=draft.restored on_discard=move || draft.discard() />
        <Form on_submit=ask>
            <p class="text-muted">{tr!(agreements.asking_for, number = number)}</p>
            <RoleChoice label=tr!(agreements.required_of) bind=required_of />
            <Number
                label=tr!(agreements.within)
                options=days.to_vec()
                value=Signal::derive(move || typed.with(|typed| typed.terms.within_days))
                set=Callback::new(move |days| typed.update(|typed| typed.terms.within_days = days))
            />
            <SelectField label=tr!(agreements.whose_data_waits) hint=tr!(agreements.waits_hint) bind options />
            <Foreseen agreement version typed />
            <Elsewhere failure=submit.failure shown=&[] />
            <Button label=tr!(agreements.ask) kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
        </Form>
    }
}

/// Names, so that nobody is surprised: not a number alone.
#[component]
fn Foreseen(
    agreement: AgreementId,
    version: VersionDigest,
    typed: RwSignal<Typed>,
) -> impl IntoView {
    let foreseen = use_engine().foresee(move || Planned {
        agreement,
        version,
        terms: typed.get().terms,
    });
    let foreseen = Memo::new(move |_| foreseen.get().unwrap_or_default());
    let between = tr!(agreements.between);
    let to_sign = tr!(
        agreements.foreseen_to_sign,
        count = foreseen.with(|it| it.to_sign.len()),
        names = foreseen.with(|it| it.to_sign.join(&between.get()))
    );
    let lose = tr!(
        agreements.foreseen_lose,
        count = foreseen.with(|it| it.lose.len()),
        names = foreseen.with(|it| it.lose.join(&between.get()))
    );
    let signed = tr!(
        agreements.foreseen_signed,
        count = foreseen.with(|it| it.signed)
    );
    let nobody = Memo::new(move |_| foreseen.with(|it| it.to_sign.is_empty() && it.signed == 0));
    view! {
        <h2 class="pt-2 font-medium">{tr!(agreements.foreseen)}</h2>
        <div class="flex flex-col gap-1" role="status">
            <Show when=move || nobody.get()>
                <p class="text-muted">{tr!(agreements.foreseen_nobody)}</p>
            </Show>
            <Show when=move || foreseen.with(|it| !it.to_sign.is_empty())>
                <p>{to_sign}</p>
            </Show>
            <Show when=move || foreseen.with(|it| !it.lose.is_empty())>
                <p class="text-error">{lose}</p>
            </Show>
            <Show when=move || foreseen.with(|it| it.signed > 0)>
                <p class="text-muted">{signed}</p>
            </Show>
        </div>
    }
}
