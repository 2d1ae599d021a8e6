use caravan_domain::training::view::{CourseLine, TrainingView};
use icondata_lu as icons;
use leptos::prelude::*;

use super::{paths::PathRows, people::TeamTraining, row::CourseRow, starter::StarterSet};
use crate::{
    engine::use_engine,
    ui::{ButtonKind, EmptyState, LinkButton, List, MainLink, Page, SectionTitle, Show},
};

/// Everything there is to learn, the most urgent first; below it, how far one's people are.
#[component]
pub(super) fn TrainingPage() -> impl IntoView {
    let view = use_engine().training();
    let may_run = Memo::new(move |_| of(view, |view| view.may_run) == Some(true));
    let held_back = Memo::new(move |_| of(view, |view| view.held_back) == Some(true));
    let courses = Memo::new(move |_| of(view, |view| view.courses.clone()).unwrap_or_default());
    let archived = Memo::new(move |_| of(view, |view| view.archived.clone()).unwrap_or_default());
    let people = Memo::new(move |_| of(view, |view| view.people.clone()).unwrap_or_default());
    let paths = Memo::new(move |_| of(view, |view| view.paths.clone()).unwrap_or_default());
    let has_paths = Memo::new(move |_| of(view, |view| view.has_paths) == Some(true));
    let empty = Memo::new(move |_| of(view, |view| view.courses.is_empty()) == Some(true));
    view! {
        <Page
            title=tr!(training.title)
            main_action=move || view! { <MainLink label=tr!(training.new) href="/training/new" may=may_run /> }
        >
            <Show when=move || held_back.get()>
                <p class="px-4 pb-3 text-error" role="status">
                    {tr!(training.held_back)}
                </p>
            </Show>
            <Show when=move || empty.get()>
                <EmptyState icon=icons::LuGraduationCap title=tr!(training.none) body=tr!(training.none_body)>
                    <Show when=move || may_run.get()>
                        <StarterSet />
                    </Show>
                </EmptyState>
            </Show>
            <nav class="flex flex-wrap gap-x-2 px-2 pb-2" aria-label=tr!(classes.further)>
                <LinkButton
                    label=tr!(classes.title)
                    href="/training/classes"
                    kind=ButtonKind::Quiet
                    icon=icons::LuCalendarDays
                />
                <LinkButton
                    label=tr!(classes.library)
                    href="/training/library"
                    kind=ButtonKind::Quiet
                    icon=icons::LuLibrary
                />
                <LinkButton
                    label=tr!(needs.title)
                    href="/training/needs"
                    kind=ButtonKind::Quiet
                    icon=icons::LuClipboardList
                />
                <Show when=move || has_paths.get()>
                    <LinkButton
                        label=tr!(classes.paths)
                        href="/training/paths"
                        kind=ButtonKind::Quiet
                        icon=icons::LuRoute
                    />
                </Show>
            </nav>
            <Courses label=tr!(training.title) lines=courses />
            {move || view! { <PathRows paths=paths.get() /> }}
            <TeamTraining people />
            <Show when=move || may_run.get() && !archived.with(Vec::is_empty)>
                <SectionTitle label=tr!(training.archived) />
                <Courses label=tr!(training.archived) lines=archived />
            </Show>
        </Page>
    }
}

fn of<T>(view: Signal<Option<TrainingView>>, read: impl FnOnce(&TrainingView) -> T) -> Option<T> {
    view.with(|view| view.as_ref().map(read))
}

#[component]
fn Courses(label: Signal<String>, lines: Memo<Vec<CourseLine>>) -> impl IntoView {
    view! {
        <List label>
            {move || lines.get().into_iter().map(|line| view! { <CourseRow line /> }).collect_view()}
        </List>
    }
}
