//! Laying a path: for whom, which courses, in which order.

use caravan_domain::{
    command::{Command, Field},
    id::{CourseId, PathId},
    role::Roles,
    training::{
        command::TrainingCommand,
        paths::decision::{PATH_TITLE_MAX, Path, PathKind},
    },
};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde::{Deserialize, Serialize};

use super::{path_of, words::KindNames};
use crate::{
    engine::{use_draft, use_engine, use_perform},
    forms::{Elsewhere, use_error_of},
    people::RoleChoice,
    ui::{
        Bound, Button, ButtonKind, CheckField, ConfirmSheet, Form, IconButton, Page, RestoredNote,
        SegmentedControl, SelectField, TextField, use_past_the_form,
    },
};

const WITHIN_DAYS: [u32; 5] = [3, 7, 14, 30, 90];

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    title: String,
    kind: PathKind,
    courses: Vec<CourseId>,
    roles: Roles,
    required: bool,
    within_days: u32,
}

impl Typed {
    fn of(path: Path) -> Self {
        Self {
            title: path.title,
            kind: path.kind,
            courses: path.courses,
            roles: path.roles,
            required: path.required,
            within_days: path.within_days,
        }
    }

    fn path(self) -> Path {
        Path {
            title: self.title,
            kind: self.kind,
            courses: self.courses,
            roles: self.roles,
            required: self.required,
            within_days: self.within_days,
            ..Path::default()
        }
    }
}

/// `/training/paths/new` and `/training/paths/:path/edit`.
#[component]
pub(in super::super) fn PathFormPage() -> impl IntoView {
    let path = use_params_map().with_untracked(path_of);
    let view = use_engine().paths();
    let opened = Memo::new(move |before: Option<&Option<Typed>>| match before {
        Some(Some(typed)) => Some(typed.clone()),
        _ => view.with(|view| {
            let mut known = view.as_ref()?.paths.iter();
            let known = known.find(|file| Some(file.id) == path);
            Some(Typed::of(
                known.map(|file| file.path.clone()).unwrap_or_default(),
            ))
        }),
    });
    let (title, back) = match path {
        Some(path) => (tr!(classes.edit_path), format!("/training/paths/{path}")),
        None => (tr!(classes.new_path), "/training/paths".to_owned()),
    };
    view! {
        <Page title back>
            {move || opened.get().map(|before| view! { <PathForm path before /> })}
        </Page>
    }
}

#[component]
fn PathForm(path: Option<PathId>, before: Typed) -> impl IntoView {
    let key = match path {
        Some(path) => format!("training/paths/{path}"),
        None => "training/paths/new".to_owned(),
    };
    let draft = use_draft(key, before);
    let (typed, submit) = (draft.value, draft.submit());
    let open = use_past_the_form();
    let save = move || {
        let open = open.clone();
        let plan = Some(typed.get_untracked().path());
        let command = TrainingCommand::SetPath { path, plan };
        submit.run(Command::Training(command), move |_| {
            open(&match path {
                Some(path) => format!("/training/paths/{path}"),
                None => "/training/paths".to_owned(),
            });
        });
    };
    let shown = &[Field::Title, Field::Courses, Field::People];
    let kind = Bound::word(typed, |typed| typed.kind.word(), |typed| &mut typed.kind);
    let within = Bound {
        value: Signal::derive(move || typed.with(|typed| typed.within_days.to_string())),
        set: Callback::new(move |word: String| {
            if let Ok(days) = word.parse() {
                typed.update(|typed| typed.within_days = days);
            }
        }),
    };
    let days = WITHIN_DAYS.map(|days| (days, tr!(training.days, days = days)));
    let days = Signal::derive(move || {
        let named = days.iter();
        named
            .map(|(days, name)| (days.to_string(), name.get()))
            .collect()
    });
    view! {
        <RestoredNote restored=draft.restored on_discard=move || draft.discard() />
        <Form on_submit=save>
            <TextField
                label=tr!(classes.path_title)
                error=use_error_of(submit.failure, Field::Title)
                bind=Bound::part(typed, |typed| &typed.title, |typed| &mut typed.title)
                required=true
                max=u32::try_from(PATH_TITLE_MAX).unwrap_or(u32::MAX)
            />
            <SegmentedControl label=tr!(classes.kind) bind=kind options=KindNames::new().options() />
            <Courses typed />
            <p class="text-error empty:hidden" role="alert">
                {use_error_of(submit.failure, Field::Courses)}
            </p>
            <RoleChoice
                label=tr!(classes.path_for)
                bind=Bound::part(typed, |typed| &typed.roles, |typed| &mut typed.roles)
            />
            <p class="text-error empty:hidden" role="alert">
                {use_error_of(submit.failure, Field::People)}
            </p>
            <CheckField
                label=tr!(classes.path_require)
                hint=tr!(classes.path_require_hint)
                bind=Bound::part(typed, |typed| &typed.required, |typed| &mut typed.required)
            />
            <SelectField label=tr!(classes.path_within) bind=within options=days />
            <Elsewhere failure=submit.failure shown />
            <Button label=tr!(training.save) kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
            {path.map(|path| view! { <Remove path /> })}
        </Form>
    }
}

/// The courses in their order, each with a way up and a way out, and one more to be chosen.
#[component]
fn Courses(typed: RwSignal<Typed>) -> impl IntoView {
    let view = use_engine().paths();
    let all = Memo::new(move |_| {
        view.with(|view| view.as_ref().map(|it| it.courses.clone()))
            .unwrap_or_default()
    });
    let chosen = Memo::new(move |_| {
        let courses = typed.with(|typed| typed.courses.clone()).into_iter();
        let named = courses.map(|course| {
            let title = all.with(|all| all.iter().find(|it| it.0 == course).map(|it| it.1.clone()));
            (course, title.unwrap_or_default())
        });
        named.collect::<Vec<_>>()
    });
    let choose = tr!(classes.choose_course);
    let options = Signal::derive(move || {
        let taken = typed.with(|typed| typed.courses.clone());
        let open = all
            .get()
            .into_iter()
            .filter(|(course, _)| !taken.contains(course));
        let open = open.map(|(course, title)| (course.to_string(), title));
        [(String::new(), choose.get())]
            .into_iter()
            .chain(open)
            .collect()
    });
    let add = Bound {
        value: Signal::stored(String::new()),
        set: Callback::new(move |word: String| {
            if let Ok(course) = word.parse() {
                typed.update(|typed| typed.courses.push(course));
            }
        }),
    };
    view! {
        <fieldset class="flex flex-col gap-2">
            <legend class="text-sm font-medium">{tr!(classes.courses)}</legend>
            <ol class="divide-y divide-line">
                {move || {
                    chosen
                        .get()
                        .into_iter()
                        .enumerate()
                        .map(|(place, (_, title))| view! { <Chosen typed place title /> })
                        .collect_view()
                }}
            </ol>
            <SelectField label=tr!(classes.add_course) bind=add options />
        </fieldset>
    }
}

#[component]
fn Chosen(typed: RwSignal<Typed>, place: usize, title: String) -> impl IntoView {
    let up = move || typed.update(|typed| typed.courses.swap(place, place.saturating_sub(1)));
    let out = move || {
        typed.update(|typed| {
            typed.courses.remove(place);
        });
    };
    let (higher, away) = {
        let (one, other) = (title.clone(), title.clone());
        (
            tr!(classes.move_up, title = one.clone()),
            tr!(classes.take_out, title = other.clone()),
        )
    };
    view! {
        <li class="flex items-center gap-2">
            <span class="w-6 shrink-0 text-center text-muted tabular-nums">{place + 1}</span>
            <bdi class="min-w-0 flex-1 truncate">{title}</bdi>
            {(place > 0).then(|| view! { <IconButton label=higher icon=icons::LuArrowUp on_press=up /> })}
            <IconButton label=away icon=icons::LuX on_press=out />
        </li>
    }
}

#[component]
fn Remove(path: PathId) -> impl IntoView {
    let (perform, open) = (use_perform(), use_past_the_form());
    let (shown, said) = (RwSignal::new(false), tr!(training.removed));
    let remove = Callback::new(move |()| {
        let path = Some(path);
        let command = TrainingCommand::SetPath { path, plan: None };
        perform.run(Command::Training(command), said.get_untracked());
    });
    let open = StoredValue::new_local(open);
    view! {
        <Button label=tr!(classes.remove_path) kind=ButtonKind::Quiet wide=true on_press=move || shown.set(true) />
        <ConfirmSheet
            open=shown
            title=tr!(classes.remove_path)
            body=tr!(classes.remove_path_body)
            verb=tr!(classes.remove_path)
            danger=true
            on_confirm=move || {
                remove.run(());
                open.with_value(|open| open("/training/paths"));
            }
        />
    }
}
