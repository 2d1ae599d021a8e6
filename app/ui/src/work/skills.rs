use caravan_domain::{
    command::Command,
    id::PersonId,
    work::{
        command::WorkCommand,
        query::{RatingLine, SkillLine, WorkFile},
    },
};
use icondata_lu as icons;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::words::{level, skill_name};
use crate::{
    engine::use_draft,
    format::use_format,
    forms::Refused,
    tasks::TaskKindNames,
    ui::{
        Button, ButtonKind, Form, List, ListRow, SectionTitle, SegmentedControl, Sheet, TextArea,
        Timeline, TimelineEntry, use_toasts,
    },
};

/// Every skill with what a manager, the person and finished work say of it.
#[component]
pub(super) fn Skills(file: Memo<Option<WorkFile>>) -> impl IntoView {
    let names = TaskKindNames::new();
    let open = RwSignal::new(false);
    let edited = RwSignal::new(None::<SkillLine>);
    let skills = Memo::new(move |_| {
        file.with(|file| file.as_ref().map(|file| file.skills.clone()))
            .unwrap_or_default()
    });
    let edit = Callback::new(move |line| {
        edited.set(Some(line));
        open.set(true);
    });
    let name = Signal::derive(move || {
        let line = edited.get();
        line.map(|line| skill_name(names, &line.skill, &line.name))
            .unwrap_or_default()
    });
    view! {
        <SectionTitle label=tr!(work.skills) />
        <List label=tr!(work.skills)>
            {move || skills.get().into_iter().map(|line| view! { <SkillRow line edit /> }).collect_view()}
        </List>
        <Sheet open title=tr!(work.rate_title, skill = name.get())>
            {move || {
                let (person, is_me, may_edit) = file
                    .with_untracked(|file| file.as_ref().map(|it| (it.person, it.is_me, it.may_edit)))?;
                let line = StoredValue::new(edited.get_untracked()?);
                Some(view! {
                    {may_edit.then(|| view! { <RateForm person line is_me open /> })}
                    <Said line />
                })
            }}
        </Sheet>
    }
}

#[component]
fn SkillRow(line: SkillLine, edit: Callback<SkillLine>) -> impl IntoView {
    let names = TaskKindNames::new();
    let known = line.known;
    let (done, on_time) = (known.history.done, known.history.on_time);
    let nothing = known.set.is_none() && known.claimed.is_none() && done == 0;
    let said = [
        known.set.map(|level| tr!(work.because_set, level = level)),
        known
            .claimed
            .map(|level| tr!(work.because_claim, level = level)),
        (done > 0).then(|| tr!(work.because_history, done = done, on_time = on_time)),
        nothing.then(|| tr!(work.because_unknown)),
    ];
    let said: Vec<_> = said.into_iter().flatten().collect();
    let detail =
        Signal::derive(move || said.iter().map(Signal::get).collect::<Vec<_>>().join(" · "));
    let (skill, given) = (line.skill.clone(), line.name.clone());
    let title = Signal::derive(move || skill_name(names, &skill, &given));
    let tenths = line.level_tenths;
    let shown = (!nothing).then(|| tr!(work.level_of, level = level(tenths)));
    view! {
        <ListRow
            title
            detail
            icon=icons::LuGraduationCap
            on_press=Callback::new(move |()| edit.run(line.clone()))
        >
            <span class="text-sm whitespace-nowrap tabular-nums">{shown}</span>
        </ListRow>
    }
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    level: String,
    evidence: String,
}

/// Of oneself it is a claim.
#[component]
fn RateForm(
    person: PersonId,
    line: StoredValue<SkillLine>,
    is_me: bool,
    open: RwSignal<bool>,
) -> impl IntoView {
    let toasts = use_toasts();
    let said = tr!(work.rated);
    let before = line.with_value(|line| {
        if is_me {
            line.known.claimed
        } else {
            line.known.set
        }
    });
    let skill = line.with_value(|line| line.skill.clone());
    let draft = use_draft(
        format!("people/{person}/skills/{skill}"),
        Typed {
            level: before.unwrap_or(3).to_string(),
            evidence: String::new(),
        },
    );
    let submit = draft.submit();
    let save = move || {
        let typed = draft.value.get_untracked();
        let command = WorkCommand::Rate {
            person,
            skill: skill.clone(),
            level: typed.level.parse().unwrap_or(u8::MAX),
            evidence: typed.evidence,
        };
        let said = said.get_untracked();
        submit.run(Command::Work(command), move |_| {
            open.set(false);
            toasts.say(said);
        });
    };
    let levels: Vec<_> = (0..=5)
        .map(|level| (level.to_string(), level.to_string()))
        .collect();
    view! {
        <Form on_submit=save in_sheet=true>
            <div class="flex flex-col gap-1">
                <span class="text-sm font-medium">{tr!(work.level)}</span>
                <SegmentedControl
                    label=tr!(work.level)
                    bind=draft.bind(|typed| &typed.level, |typed| &mut typed.level)
                    options=Signal::stored(levels)
                />
            </div>
            <TextArea
                label=tr!(work.evidence)
                hint=tr!(work.evidence_hint)
                bind=draft.bind(|typed| &typed.evidence, |typed| &mut typed.evidence)
                max=2000
            />
            <Refused submit />
            <Button
                label=if is_me { tr!(work.claim) } else { tr!(work.rate) }
                kind=ButtonKind::Main
                wide=true
                submit=true
                disabled=submit.busy
            />
        </Form>
    }
}

#[component]
fn Said(line: StoredValue<SkillLine>) -> impl IntoView {
    let ratings = line.with_value(|line| line.ratings.clone());
    let none = ratings.is_empty();
    let entries = ratings.into_iter().map(|line| view! { <SaidEntry line /> });
    let entries = entries.collect_view();
    (!none).then(|| {
        view! {
            <SectionTitle label=tr!(work.said) />
            <Timeline label=tr!(work.said)>{entries}</Timeline>
        }
    })
}

#[component]
fn SaidEntry(line: RatingLine) -> impl IntoView {
    let format = use_format();
    let RatingLine {
        rating,
        by_name,
        claim,
    } = line;
    let title = match claim {
        true => tr!(work.said_claim, level = rating.level),
        false => tr!(work.said_set, level = rating.level),
    };
    let attribution = Signal::derive(move || format!("{by_name} · {}", format.moment(rating.at)));
    view! {
        <TimelineEntry title attribution>
            <bdi>{rating.evidence}</bdi>
        </TimelineEntry>
    }
}
