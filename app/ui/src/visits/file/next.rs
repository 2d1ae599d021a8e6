use caravan_domain::{
    calendar::{parse_day, plus_days},
    command::Command,
    id::{ClientId, VisitId},
    visits::{command::VisitCommand, list::VisitFile},
};
use icondata_lu as icons;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    engine::use_draft,
    errors::Explain,
    format::{now, use_format},
    ui::{Button, ButtonKind, DateField, Form, List, ListRow, SectionTitle, Sheet, TextField},
};

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    step: String,
    /// `YYYY-MM-DD` or empty.
    on: String,
}

impl Typed {
    fn of(file: &VisitFile) -> Self {
        Self {
            step: file.visit.next_step.clone(),
            on: file
                .visit
                .next_on
                .map(|day| day.to_string())
                .unwrap_or_default(),
        }
    }
}

/// What was agreed and for when: the client's next contact follows from it.
#[component]
pub(super) fn NextStep(
    client: ClientId,
    visit: VisitId,
    file: Memo<Option<VisitFile>>,
) -> impl IntoView {
    let format = use_format();
    let open = RwSignal::new(false);
    let agreed =
        Memo::new(move |_| file.with(|file| file.as_ref().map(Typed::of).unwrap_or_default()));
    let nothing = tr!(visits.no_next_step);
    let title = Signal::derive(move || {
        let step = agreed.with(|agreed| agreed.step.clone());
        match step.is_empty() {
            true => nothing.get(),
            false => step,
        }
    });
    let detail = Signal::derive(move || {
        let on = agreed.with(|agreed| parse_day(&agreed.on));
        on.map(|day| format.near_day(day))
    });
    view! {
        <SectionTitle label=tr!(visits.next_step) />
        <List>
            <ListRow title detail icon=icons::LuArrowRight on_press=Callback::new(move |()| open.set(true)) />
        </List>
        <NextSheet open client visit agreed />
    }
}

#[component]
fn NextSheet(
    open: RwSignal<bool>,
    client: ClientId,
    visit: VisitId,
    agreed: Memo<Typed>,
) -> impl IntoView {
    let explain = Explain::new();
    let draft = use_draft(format!("visits/{visit}/next"), Typed::default());
    let submit = draft.submit();
    Effect::new(move || {
        if open.get()
            && draft
                .value
                .with_untracked(|typed| *typed == Typed::default())
        {
            draft.value.set(agreed.get_untracked());
        }
    });
    let save = move || {
        let Typed { step, on } = draft.value.get_untracked();
        let command = VisitCommand::SetNext {
            client,
            visit,
            step,
            on: parse_day(&on),
        };
        submit.run(Command::Visit(command), move |_| open.set(false));
    };
    let in_days = move |days: i64| {
        let day = plus_days(untrack(now).day(), days);
        draft.value.update(|typed| typed.on = day.to_string());
    };
    let error = Signal::derive(move || submit.failure.get().map(|failure| explain.run(failure)));
    view! {
        <Sheet open title=tr!(visits.next_step)>
            <Form on_submit=save in_sheet=true>
                <TextField
                    label=tr!(visits.next_what)
                    error
                    bind=draft.bind(|typed| &typed.step, |typed| &mut typed.step)
                />
                <DateField
                    label=tr!(visits.next_on)
                    bind=draft.bind(|typed| &typed.on, |typed| &mut typed.on)
                />
                <div class="flex flex-wrap gap-2">
                    <Button label=tr!(visits.tomorrow) on_press=move || in_days(1) />
                    <Button label=tr!(visits.in_a_week) on_press=move || in_days(7) />
                    <Button label=tr!(visits.in_a_month) on_press=move || in_days(30) />
                </div>
                <Button label=tr!(visits.save) kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
            </Form>
        </Sheet>
    }
}
