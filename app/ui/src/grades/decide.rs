//! The decision about a proposal, and its author's way back.

use caravan_domain::{
    calendar::parse_day,
    command::Command,
    grades::{command::GradeCommand, standing::Promotion},
    id::{PersonId, PromotionId},
};
use icondata_lu as icons;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    engine::{use_draft, use_perform},
    forms::Refused,
    ui::{Button, ButtonKind, DateField, Form, Sheet, TextArea, use_toasts},
};

#[component]
pub(super) fn Decide(person: PersonId, promotion: Promotion) -> impl IntoView {
    let accept = promotion.clone();
    view! {
        <div class="grid grid-cols-2 gap-2">
            <Answer person promotion accepts=false />
            <Answer person promotion=accept accepts=true />
        </div>
    }
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    since: String,
    reply: String,
}

/// The button and the sheet behind it.
#[component]
fn Answer(person: PersonId, promotion: Promotion, accepts: bool) -> impl IntoView {
    let open = RwSignal::new(false);
    let (label, icon, kind) = match accepts {
        true => (tr!(grades.accept), icons::LuCheck, ButtonKind::Main),
        false => (tr!(grades.decline), icons::LuUndo2, ButtonKind::Plain),
    };
    view! {
        <Button label kind icon wide=true on_press=move || open.set(true) />
        <Sheet open title=label>
            <AnswerForm open person promotion=promotion.clone() accepts label />
        </Sheet>
    }
}

#[component]
fn AnswerForm(
    open: RwSignal<bool>,
    person: PersonId,
    promotion: Promotion,
    accepts: bool,
    label: Signal<String>,
) -> impl IntoView {
    let toasts = use_toasts();
    let (word, hint, said) = match accepts {
        true => ("accept", tr!(grades.accept_hint), tr!(grades.accepted_said)),
        false => (
            "decline",
            tr!(grades.decline_hint),
            tr!(grades.declined_said),
        ),
    };
    let (id, proposed) = (promotion.id, promotion.since);
    let initial = Typed {
        since: proposed.to_string(),
        reply: String::new(),
    };
    let draft = use_draft(format!("grades/{person}/{id}/{word}"), initial);
    let submit = draft.submit();
    let save = move || {
        let Typed { since, reply } = draft.value.get_untracked();
        let command = match accepts {
            true => GradeCommand::Accept {
                person,
                promotion: id,
                since: parse_day(&since).unwrap_or(proposed),
                reply,
            },
            false => GradeCommand::Decline {
                person,
                promotion: id,
                reply,
            },
        };
        submit.run(Command::Grade(command), move |_| {
            open.set(false);
            toasts.say(said.get_untracked());
        });
    };
    view! {
        <Form on_submit=save in_sheet=true>
            {accepts
                .then(|| {
                    view! {
                        <DateField
                            label=tr!(grades.from_day)
                            bind=draft.bind(|typed| &typed.since, |typed| &mut typed.since)
                        />
                    }
                })}
            <TextArea
                label=tr!(grades.reply)
                hint
                bind=draft.bind(|typed| &typed.reply, |typed| &mut typed.reply)
            />
            <Refused submit />
            <Button label kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
        </Form>
    }
}

#[component]
pub(super) fn WithdrawButton(person: PersonId, promotion: PromotionId) -> impl IntoView {
    let (perform, said) = (use_perform(), tr!(grades.withdraw_said));
    let withdraw = move || {
        let command = GradeCommand::Withdraw(person, promotion);
        perform.run(Command::Grade(command), said.get_untracked());
    };
    view! { <Button label=tr!(grades.withdraw) icon=icons::LuUndo2 on_press=withdraw /> }
}
