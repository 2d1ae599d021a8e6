use caravan_domain::{
    command::{Command, CommandError, Field},
    goals::{command::GoalCommand, list::UpdateLine, place::GoalRef},
};
use caravan_port::message::RunError;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    engine::{Failure, use_draft},
    format::use_format,
    forms::Refused,
    ui::{
        Bound, Button, ButtonKind, DecimalField, Form, SectionTitle, Sheet, Show, TextArea,
        Timeline, TimelineEntry, use_toasts,
    },
};

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    value: String,
    note: String,
}

/// Where it stands, in words; in numbers only what no record tells.
#[component]
pub(super) fn UpdateSheet(
    open: RwSignal<bool>,
    goal: GoalRef,
    by_hand: Memo<bool>,
) -> impl IntoView {
    let toasts = use_toasts();
    let draft = use_draft(format!("goals/{goal}/update"), Typed::default());
    let submit = draft.submit();
    let said = tr!(goals.updated);
    let save = move || {
        let Typed { value, note } = draft.value.get_untracked();
        let value = match (by_hand.get_untracked(), value.trim().parse()) {
            (false, _) => None,
            (true, Ok(value)) => Some(value),
            (true, Err(_)) => {
                let unread = CommandError::Malformed(Field::Value);
                return submit
                    .failure
                    .set(Some(Failure::Refused(RunError::Command(unread))));
            }
        };
        let command = GoalCommand::Update { goal, value, note };
        submit.run(Command::Goal(command), move |_| {
            open.set(false);
            toasts.say(said.get_untracked());
        });
    };
    view! {
        <Sheet open title=tr!(goals.update)>
            <Form on_submit=save in_sheet=true>
                <Show when=move || by_hand.get()>
                    <DecimalField
                        label=tr!(goals.value)
                        bind=Bound::part(draft.value, |typed| &typed.value, |typed| &mut typed.value)
                        required=true
                        max=9
                    />
                </Show>
                <TextArea
                    label=tr!(goals.note)
                    bind=Bound::part(draft.value, |typed| &typed.note, |typed| &mut typed.note)
                    max=2_000
                />
                <Refused submit />
                <Button label=tr!(goals.save) kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
            </Form>
        </Sheet>
    }
}

/// The latest first; nothing while nobody has said anything.
#[component]
pub(super) fn Updates(lines: Vec<UpdateLine>) -> impl IntoView {
    let format = use_format();
    if lines.is_empty() {
        return ().into_any();
    }
    let entries = lines.into_iter().map(move |line| {
        let (by, at) = (line.by_name, line.update.at);
        let (note, value) = (line.update.note, line.update.value);
        let now = tr!(
            goals.value_now,
            value = value.map(|value| value.to_string()).unwrap_or_default()
        );
        let title = Signal::stored(by);
        let attribution = Signal::derive(move || {
            let moment = format.moment(at);
            match value {
                Some(_) => format!("{moment} · {}", now.get()),
                None => moment,
            }
        });
        view! {
            <TimelineEntry title attribution>
                <bdi>{note}</bdi>
            </TimelineEntry>
        }
    });
    view! {
        <SectionTitle label=tr!(goals.updates) />
        <Timeline label=tr!(goals.updates)>{entries.collect_view()}</Timeline>
    }
    .into_any()
}
