use caravan_domain::{
    command::Command,
    work::{command::WorkCommand, decision::WorkDecision, limits::WorkLimits, query::WorkRules},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    engine::use_draft,
    format::use_format,
    forms::Refused,
    ui::{Bound, Button, ButtonKind, Form, NumberField, SectionTitle, Sheet, Show, use_toasts},
};

/// How much part-time work may be; passing it warns (R27).
#[component]
pub(super) fn Limits(rules: Signal<Option<WorkRules>>, may_decide: Memo<bool>) -> impl IntoView {
    let format = use_format();
    let open = RwSignal::new(false);
    let limits = Memo::new(move |_| {
        rules.with(|rules| rules.as_ref().map(|rules| rules.limits).unwrap_or_default())
    });
    let text = tr!(
        work.limits_text,
        day = format.duration(limits.get().part_time_day),
        week = format.duration(limits.get().part_time_week),
        full = format.duration(limits.get().full_time_day)
    );
    view! {
        <SectionTitle label=tr!(work.limits) />
        <div class="flex flex-col items-start gap-2 px-4 pb-4">
            <p>{text}</p>
            <p class="text-sm text-muted">{tr!(work.limits_hint)}</p>
            <Show when=move || may_decide.get()>
                <Button label=tr!(work.limits_edit) on_press=move || open.set(true) />
            </Show>
        </div>
        <Sheet open title=tr!(work.limits)>
            <LimitsForm open limits=limits.get_untracked() />
        </Sheet>
    }
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    part_day: String,
    part_week: String,
    full_day: String,
}

#[component]
fn LimitsForm(open: RwSignal<bool>, limits: WorkLimits) -> impl IntoView {
    let toasts = use_toasts();
    let said = tr!(work.limits_said);
    let initial = Typed {
        part_day: hours(limits.part_time_day),
        part_week: hours(limits.part_time_week),
        full_day: hours(limits.full_time_day),
    };
    let draft = use_draft("work/limits", initial);
    let (typed, submit) = (draft.value, draft.submit());
    let save = move || {
        let typed = typed.get_untracked();
        let limits = WorkLimits {
            part_time_day: minutes(&typed.part_day),
            part_time_week: minutes(&typed.part_week),
            full_time_day: minutes(&typed.full_day),
        };
        let said = said.get_untracked();
        let decision = WorkDecision::ChangeLimits(limits);
        submit.run(Command::Work(WorkCommand::Decide(decision)), move |_| {
            open.set(false);
            toasts.say(said);
        });
    };
    view! {
        <Form on_submit=save in_sheet=true>
            <NumberField
                label=tr!(work.part_day)
                bind=Bound::part(typed, |typed| &typed.part_day, |typed| &mut typed.part_day)
                max=5
            />
            <NumberField
                label=tr!(work.part_week)
                bind=Bound::part(typed, |typed| &typed.part_week, |typed| &mut typed.part_week)
                max=5
            />
            <NumberField
                label=tr!(work.full_day)
                bind=Bound::part(typed, |typed| &typed.full_day, |typed| &mut typed.full_day)
                max=5
            />
            <Refused submit />
            <Button label=tr!(work.kind_save) kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
        </Form>
    }
}

fn hours(minutes: u32) -> String {
    (f64::from(minutes) / 60.0).to_string()
}

/// What cannot be read is out of range, which the decision says.
fn minutes(hours: &str) -> u32 {
    let hours: f64 = hours.trim().parse().unwrap_or_default();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to a week before"
    )]
    let minutes = (hours * 60.0).round().clamp(0.0, 99_999.0) as u32;
    minutes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_back() {
        for limit in [30, 240, 1440, 10_080] {
            assert_eq!(minutes(&hours(limit)), limit);
        }
        assert_eq!(minutes("four"), 0);
        assert_eq!(minutes("-1"), 0);
    }
}
