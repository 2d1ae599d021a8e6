//! Putting down an adjustment, an award or a penalty; and whose wage the base refers to.

use caravan_domain::{
    calendar::parse_day,
    command::{Command, Field},
    id::{Id, PersonId},
    pay::{
        adjustment::AdjustmentSort,
        command::{AdjustmentDraft, PayCommand, Vesting},
        decision::PayDecision,
    },
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::words::sort_options;
use crate::{
    engine::{use_draft, use_submit},
    format::now,
    forms::{Elsewhere, Refused, use_error_of},
    ui::{
        Bound, Button, ButtonKind, CheckField, DateField, DecimalField, Form, NumberField,
        SelectField, Sheet, Show, TextArea, TextField, use_toasts,
    },
};

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    sort: AdjustmentSort,
    amount: String,
    takes_back: bool,
    on: String,
    reason: String,
    first: String,
    parts: String,
    months: String,
}

impl Typed {
    fn draft(self, dispute: Option<Id>) -> AdjustmentDraft {
        let today = now().day();
        let day = |typed: &str| parse_day(typed).unwrap_or(today);
        let number = |typed: &str| typed.trim().parse().unwrap_or_default();
        let vesting = Vesting {
            first: day(&self.first),
            parts: number(&self.parts),
            months: number(&self.months),
        };
        AdjustmentDraft {
            sort: self.sort,
            on: day(&self.on),
            amount: self.amount,
            takes_back: self.takes_back,
            reason: self.reason,
            dispute,
            vesting: (self.sort == AdjustmentSort::Deferred).then_some(vesting),
        }
    }
}

#[component]
pub(super) fn AdjustSheet(
    open: RwSignal<bool>,
    #[prop(into)] person: Signal<PersonId>,
    /// The dispute it answers.
    #[prop(into)]
    dispute: Signal<Option<Id>>,
) -> impl IntoView {
    view! {
        <Sheet open title=tr!(pay.adjust)>
            <AdjustForm open person=person.get_untracked() dispute=dispute.get_untracked() />
        </Sheet>
    }
}

/// The fields that say beside themselves what is wrong with them.
const SHOWN: &[Field] = &[Field::Amount, Field::Reason, Field::Quantity];

#[component]
fn AdjustForm(open: RwSignal<bool>, person: PersonId, dispute: Option<Id>) -> impl IntoView {
    let initial = Typed {
        on: now().day().to_string(),
        first: now().day().to_string(),
        parts: "3".to_owned(),
        months: "12".to_owned(),
        ..Typed::default()
    };
    let draft = use_draft(format!("pay/{person}/adjust"), initial);
    let typed = draft.value;
    let (submit, toasts, said) = (draft.submit(), use_toasts(), tr!(pay.adjusted_said));
    let save = move || {
        let draft = typed.get_untracked().draft(dispute);
        let command = PayCommand::Propose { person, draft };
        submit.run(Command::Pay(command), move |_| {
            open.set(false);
            toasts.say(said.get_untracked());
        });
    };
    let is = move |read: fn(AdjustmentSort) -> bool| move || typed.with(|typed| read(typed.sort));
    let sort = Bound::word(typed, |typed| typed.sort.word(), |typed| &mut typed.sort);
    let (why, case) = (tr!(pay.adjust_reason_hint), tr!(pay.penalty_hint));
    let hint = Signal::derive(move || match typed.with(|typed| typed.sort.is_penalty()) {
        true => case.get(),
        false => why.get(),
    });
    view! {
        <Form on_submit=save in_sheet=true>
            <SelectField label=tr!(pay.sort) bind=sort options=sort_options() />
            <DecimalField
                label=tr!(pay.amount)
                error=use_error_of(submit.failure, Field::Amount)
                bind=draft.bind(|typed| &typed.amount, |typed| &mut typed.amount)
                required=true
                max=16
            />
            <Show when=is(|sort| sort == AdjustmentSort::Correction)>
                <CheckField
                    label=tr!(pay.takes_back)
                    bind=draft.bind(|typed| &typed.takes_back, |typed| &mut typed.takes_back)
                />
            </Show>
            <DateField
                label=tr!(pay.counts_on)
                hint=tr!(pay.counts_on_hint)
                bind=draft.bind(|typed| &typed.on, |typed| &mut typed.on)
            />
            <Show when=is(|sort| sort == AdjustmentSort::Deferred)>
                <DateField label=tr!(pay.vests_first) bind=draft.bind(|typed| &typed.first, |typed| &mut typed.first) />
                <div class="grid grid-cols-2 gap-2">
                    <NumberField
                        label=tr!(pay.vests_parts)
                        error=use_error_of(submit.failure, Field::Quantity)
                        bind=draft.bind(|typed| &typed.parts, |typed| &mut typed.parts)
                        max=2
                    />
                    <NumberField
                        label=tr!(pay.vests_months)
                        bind=draft.bind(|typed| &typed.months, |typed| &mut typed.months)
                        max=2
                    />
                </div>
            </Show>
            <TextArea
                label=tr!(pay.reason)
                hint
                error=use_error_of(submit.failure, Field::Reason)
                bind=draft.bind(|typed| &typed.reason, |typed| &mut typed.reason)
            />
            <Elsewhere failure=submit.failure shown=SHOWN />
            <Button label=tr!(pay.propose) kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
        </Form>
    }
}

#[component]
pub(super) fn CitySheet(
    open: RwSignal<bool>,
    #[prop(into)] person: Signal<PersonId>,
    city: Memo<String>,
) -> impl IntoView {
    view! {
        <Sheet open title=tr!(pay.city)>
            <CityForm open person=person.get_untracked() city=city.get_untracked() />
        </Sheet>
    }
}

#[component]
fn CityForm(open: RwSignal<bool>, person: PersonId, city: String) -> impl IntoView {
    let typed = RwSignal::new(city);
    let submit = use_submit(None);
    let (toasts, said) = (use_toasts(), tr!(pay.city_said));
    let save = move || {
        let city = typed.get_untracked();
        let decision = PayDecision::SetCity { person, city };
        submit.run(Command::Pay(PayCommand::Decide(decision)), move |_| {
            open.set(false);
            toasts.say(said.get_untracked());
        });
    };
    view! {
        <Form on_submit=save in_sheet=true>
            <TextField label=tr!(pay.city) hint=tr!(pay.city_hint) bind=typed max=40 />
            <Refused submit />
            <Button label=tr!(pay.save) kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
        </Form>
    }
}
