use caravan_domain::{
    command::Command,
    id::TaskKindId,
    tasks::kind::TaskKind,
    work::{
        command::WorkCommand,
        decision::WorkDecision,
        kind::{Difficulty, KindRule},
        query::KindLine,
    },
};
use icondata_lu as icons;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{limits::Limits, words::difficulty_options};
use crate::{
    engine::{use_draft, use_engine},
    format::{now, use_format},
    forms::Refused,
    random,
    tasks::{TaskKindNames, times},
    ui::{
        Badge, Bound, Button, ButtonKind, CheckField, Each, Form, List, ListRow, NumberField, Page,
        SelectField, Sheet, Show, TextField, Tone, use_toasts,
    },
};

/// What kinds of tasks there are and what each is worth; changed by directors and administrators.
#[component]
pub(super) fn KindsPage() -> impl IntoView {
    let rules = use_engine().work_rules();
    let lines = Memo::new(move |_| {
        rules.with(|rules| {
            rules
                .as_ref()
                .map(|rules| rules.kinds.clone())
                .unwrap_or_default()
        })
    });
    let may_decide = Memo::new(move |_| {
        rules.with(|rules| rules.as_ref().is_some_and(|rules| rules.may_decide))
    });
    let (open, edited) = (RwSignal::new(false), RwSignal::new(None::<KindLine>));
    let edit = Callback::new(move |line| {
        edited.set(line);
        open.set(true);
    });
    view! {
        <Page
            title=tr!(work.kinds)
            back="/work"
            main_action=move || {
                view! {
                    <Show when=move || may_decide.get()>
                        <Button
                            label=tr!(work.new_kind)
                            kind=ButtonKind::Main
                            icon=icons::LuPlus
                            wide=true
                            on_press=move || edit.run(None)
                        />
                    </Show>
                }
            }
        >
            <Show when=move || rules.with(Option::is_some) && !may_decide.get()>
                <p class="px-4 pb-2 text-sm text-muted">{tr!(work.decided)}</p>
            </Show>
            <List label=tr!(work.kinds)>
                <Each each=move || lines.get() key=move |line| format!("{line:?}{}", may_decide.get()) let:line>
                    <KindRow line may_decide edit />
                </Each>
            </List>
            <Limits rules may_decide />
            <Sheet open title=tr!(work.kind)>
                <KindForm open before=edited.get_untracked() />
            </Sheet>
        </Page>
    }
}

#[component]
fn KindRow(
    line: KindLine,
    may_decide: Memo<bool>,
    edit: Callback<Option<KindLine>>,
) -> impl IntoView {
    let format = use_format();
    let names = TaskKindNames::new();
    let rule = line.rule.clone();
    let (difficulty, estimate) = (rule.difficulty, rule.estimate);
    let worth = tr!(
        work.kind_worth,
        times = times(difficulty),
        minutes = format.duration(estimate)
    );
    let detail = Signal::derive(move || match rule.skill.is_empty() {
        true => worth.get(),
        false => format!("{} · {}", worth.get(), rule.skill),
    });
    let (kind, given) = (line.kind, line.rule.name.clone());
    let (closed, provisional) = (line.rule.closed, line.provisional);
    let title = Signal::derive(move || names.name(kind, &given));
    let marks = move || {
        view! {
            {difficulty.is_hard().then(|| view! { <Badge label=tr!(work.hard_kind) tone=Tone::Warning /> })}
            {closed.then(|| view! { <Badge label=tr!(work.closed_badge) /> })}
            {provisional.then(|| view! { <Badge label=tr!(work.provisional) tone=Tone::Info /> })}
        }
    };
    match may_decide.get_untracked() {
        true => {
            let press = Callback::new(move |()| edit.run(Some(line.clone())));
            view! {
                <ListRow title detail icon=icons::LuShapes on_press=press>
                    {marks()}
                </ListRow>
            }
            .into_any()
        }
        false => view! {
            <ListRow title detail icon=icons::LuShapes>
                {marks()}
            </ListRow>
        }
        .into_any(),
    }
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    name: String,
    /// In tenths.
    difficulty: String,
    /// Minutes.
    estimate: String,
    skill: String,
    closed: bool,
}

impl Typed {
    fn of(rule: &KindRule) -> Self {
        Self {
            name: rule.name.clone(),
            difficulty: rule.difficulty.tenths().to_string(),
            estimate: rule.estimate.to_string(),
            skill: rule.skill.clone(),
            closed: rule.closed,
        }
    }

    /// What cannot be read is out of range, which the decision says.
    fn rule(self) -> KindRule {
        let tenths = self.difficulty.parse().unwrap_or_default();
        KindRule {
            name: self.name,
            difficulty: Difficulty::of_tenths(tenths).unwrap_or(Difficulty::ORDINARY),
            estimate: self.estimate.trim().parse().unwrap_or_default(),
            skill: self.skill,
            closed: self.closed,
        }
    }
}

#[component]
fn KindForm(open: RwSignal<bool>, before: Option<KindLine>) -> impl IntoView {
    let toasts = use_toasts();
    let said = tr!(work.kind_said);
    let known = before.as_ref().map(|line| line.kind);
    let custom = known.is_none_or(|kind| matches!(kind, TaskKind::Custom(_)));
    let rule = before.map(|line| line.rule);
    let initial = match &rule {
        Some(rule) => Typed::of(rule),
        None => Typed {
            name: String::new(),
            difficulty: Difficulty::ORDINARY.tenths().to_string(),
            estimate: "60".to_owned(),
            skill: String::new(),
            closed: false,
        },
    };
    let key = known.map_or_else(|| "new".to_owned(), |kind| kind.to_string());
    let draft = use_draft(format!("work/kinds/{key}"), initial);
    let (typed, submit) = (draft.value, draft.submit());
    let save = move || {
        let minted = || random::mint(now()).ok().map(TaskKindId);
        let Some(kind) = known.or_else(|| minted().map(TaskKind::Custom)) else {
            return;
        };
        let rule = typed.get_untracked().rule();
        let decision = WorkDecision::DefineKind { kind, rule };
        let said = said.get_untracked();
        submit.run(Command::Work(WorkCommand::Decide(decision)), move |_| {
            open.set(false);
            toasts.say(said);
        });
    };
    view! {
        <Form on_submit=save in_sheet=true>
            {custom
                .then(|| {
                    view! {
                        <TextField
                            label=tr!(work.kind_name)
                            bind=Bound::part(typed, |typed| &typed.name, |typed| &mut typed.name)
                            required=true
                            max=40
                        />
                    }
                })}
            <SelectField
                label=tr!(work.difficulty)
                hint=tr!(work.hard_hint)
                bind=Bound::part(typed, |typed| &typed.difficulty, |typed| &mut typed.difficulty)
                options=difficulty_options(rule.map(|rule| rule.difficulty))
            />
            <NumberField
                label=tr!(work.estimate)
                bind=Bound::part(typed, |typed| &typed.estimate, |typed| &mut typed.estimate)
                max=5
            />
            <TextField
                label=tr!(work.skill)
                hint=tr!(work.skill_hint)
                bind=Bound::part(typed, |typed| &typed.skill, |typed| &mut typed.skill)
                max=40
            />
            {known
                .is_some()
                .then(|| {
                    view! {
                        <CheckField
                            label=tr!(work.closed)
                            bind=Bound::part(typed, |typed| &typed.closed, |typed| &mut typed.closed)
                        />
                    }
                })}
            <Refused submit />
            <Button label=tr!(work.kind_save) kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
        </Form>
    }
}
