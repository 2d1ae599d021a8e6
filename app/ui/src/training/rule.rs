//! What the workspace asks of a course: who has to pass it, how well, how often, and what comes of being late.

use caravan_domain::{
    command::Command,
    id::CourseId,
    training::{command::TrainingCommand, decision::CourseRule},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::course_of;
use crate::{
    engine::{use_engine, use_submit},
    forms::Refused,
    people::RoleChoice,
    ui::{Bound, Button, ButtonKind, CheckField, Form, Page, SelectField, use_past_the_form},
};

const PASS_PERCENT: [u8; 5] = [60, 70, 80, 90, 100];
const WITHIN_DAYS: [u32; 5] = [3, 7, 14, 30, 90];
/// Never, half a year, a year, two.
const VALID_DAYS: [u32; 4] = [0, 182, 365, 730];

#[component]
pub(super) fn RulePage() -> impl IntoView {
    let course = use_params_map().with_untracked(course_of);
    let file = use_engine().course(move || course);
    let opened = Memo::new(move |before: Option<&Option<CourseRule>>| match before {
        Some(Some(rule)) => Some(rule.clone()),
        _ => file.with(|file| Some(file.as_ref()?.as_ref()?.rule.clone())),
    });
    view! {
        <Page title=tr!(training.rule) back=format!("/training/{course}")>
            {move || opened.get().map(|rule| view! { <RuleForm course rule /> })}
        </Page>
    }
}

#[component]
fn RuleForm(course: CourseId, rule: CourseRule) -> impl IntoView {
    let typed = RwSignal::new(rule);
    let submit = use_submit(None);
    let open = use_past_the_form();
    let save = move || {
        let open = open.clone();
        let rule = typed.get_untracked();
        let command = TrainingCommand::SetRule { course, rule };
        submit.run(Command::Training(command), move |_| {
            open(&format!("/training/{course}"))
        });
    };
    let never = tr!(training.never);
    let days = move |days: u32| tr!(training.days, days = days);
    let valid = VALID_DAYS.map(|count| (count, if count == 0 { never } else { days(count) }));
    let within = WITHIN_DAYS.map(|count| (count, days(count)));
    let pass =
        PASS_PERCENT.map(|percent| (u32::from(percent), Signal::stored(format!("{percent}%"))));
    view! {
        <Form on_submit=save>
            <RoleChoice
                label=tr!(training.required_of)
                bind=Bound::part(typed, |rule| &rule.required_of, |rule| &mut rule.required_of)
            />
            <Number
                label=tr!(training.within)
                options=within.to_vec()
                value=Signal::derive(move || typed.with(|rule| rule.within_days))
                set=Callback::new(move |days| typed.update(|rule| rule.within_days = days))
            />
            <Number
                label=tr!(training.pass_percent)
                options=pass.to_vec()
                value=Signal::derive(move || typed.with(|rule| u32::from(rule.pass_percent)))
                set=Callback::new(move |percent| {
                    typed.update(|rule| rule.pass_percent = u8::try_from(percent).unwrap_or(100));
                })
            />
            <Number
                label=tr!(training.valid)
                options=valid.to_vec()
                value=Signal::derive(move || typed.with(|rule| rule.valid_days.unwrap_or_default()))
                set=Callback::new(move |days| {
                    typed.update(|rule| rule.valid_days = (days > 0).then_some(days));
                })
            />
            <CheckField
                label=tr!(training.blocks)
                hint=tr!(training.blocks_hint)
                bind=Bound::part(typed, |rule| &rule.blocks, |rule| &mut rule.blocks)
            />
            <Refused submit />
            <Button label=tr!(training.save) kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
        </Form>
    }
}

/// One of a few numbers; one that is not among them is offered as it is.
#[component]
pub(crate) fn Number(
    label: Signal<String>,
    options: Vec<(u32, Signal<String>)>,
    value: Signal<u32>,
    set: Callback<u32>,
) -> impl IntoView {
    let bind = Bound {
        value: Signal::derive(move || value.get().to_string()),
        set: Callback::new(move |word: String| {
            if let Ok(number) = word.parse() {
                set.run(number);
            }
        }),
    };
    let options = Signal::derive(move || {
        let mut named: Vec<_> = options
            .iter()
            .map(|(number, name)| (*number, name.get()))
            .collect();
        let chosen = value.get();
        if named.iter().all(|(number, _)| *number != chosen) {
            named.push((chosen, chosen.to_string()));
            named.sort_unstable();
        }
        let words = named.into_iter();
        words
            .map(|(number, name)| (number.to_string(), name))
            .collect()
    });
    view! { <SelectField label bind options /> }
}
