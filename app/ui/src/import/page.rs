use caravan_files::field::Field;
use icondata_lu as icons;
use leptos::prelude::*;

use super::{
    choose::ChooseStep,
    columns::ColumnsStep,
    preview::{ImportButton, PreviewStep},
    progress::Progress,
    summary::{AfterButton, DoneStep},
    wizard::{Step, use_wizard},
};
use crate::{
    errors::Explain,
    files::ExplainFiles,
    ui::{Button, ButtonKind, Icon, IconButton, Page, Show, live},
};

/// One step at a time; what was chosen in the others is kept.
#[component]
pub(super) fn ImportPage() -> impl IntoView {
    let wizard = use_wizard();
    let step = wizard.step;
    let may_leave = Memo::new(move |_| matches!(step.get(), Step::Columns | Step::Preview));
    view! {
        <Page
            title=tr!(import.title)
            back="/clients"
            actions=move || {
                view! {
                    <Show when=move || may_leave.get()>
                        <IconButton
                            label=tr!(import.start_over)
                            icon=icons::LuRotateCcw
                            on_press=move || wizard.start_over()
                        />
                    </Show>
                }
            }
            main_action=move || view! { <MainAction /> }
        >
            <FailureNotice />
            {move || match step.get() {
                Step::Choose => view! { <ChooseStep /> }.into_any(),
                Step::Columns => view! { <ColumnsStep /> }.into_any(),
                Step::Preview => view! { <PreviewStep /> }.into_any(),
                Step::Done => view! { <DoneStep /> }.into_any(),
                Step::Reading | Step::Converting | Step::Comparing | Step::Importing => {
                    view! { <Working /> }.into_any()
                }
            }}
        </Page>
    }
}

#[component]
fn FailureNotice() -> impl IntoView {
    let wizard = use_wizard();
    let (explain, files) = (Explain::new(), ExplainFiles::new());
    live(move || {
        wizard.failure.get().map(|failure| {
            view! {
                <p class="flex items-start gap-2 px-4 py-2 text-error" role="alert">
                    <Icon icon=icons::LuCircleAlert class="mt-0.5 size-5 shrink-0" />
                    <span>{failure.words(explain, files)}</span>
                </p>
            }
        })
    })
}

#[component]
fn Working() -> impl IntoView {
    let wizard = use_wizard();
    let step = wizard.step;
    let read = wizard.files.progress();
    let (reading, converting) = (tr!(import.reading), tr!(import.converting));
    let (comparing, importing) = (tr!(import.comparing), tr!(import.importing));
    let label = Signal::derive(move || match step.get() {
        Step::Converting => converting.get(),
        Step::Comparing => comparing.get(),
        Step::Importing => importing.get(),
        _ => reading.get(),
    });
    let part = Signal::derive(move || match step.get() {
        Step::Comparing | Step::Importing => wizard.rows_done.get(),
        _ => (usize::from(read.get()), 1000),
    });
    view! {
        <Progress
            label
            done=Signal::derive(move || part.get().0)
            of=Signal::derive(move || part.get().1)
        />
        <Show when=move || step.get() == Step::Importing>
            <p class="px-4 text-muted">{tr!(import.importing_body)}</p>
        </Show>
    }
}

#[component]
fn MainAction() -> impl IntoView {
    let wizard = use_wizard();
    live(move || match wizard.step.get() {
        Step::Columns => view! { <CheckButton /> }.into_any(),
        Step::Preview => view! {
            <div class="grid gap-2">
                <ImportButton />
                <Button
                    label=tr!(import.back_to_columns)
                    on_press=move || wizard.step.set(Step::Columns)
                />
            </div>
        }
        .into_any(),
        Step::Done => view! { <AfterButton /> }.into_any(),
        _ => ().into_any(),
    })
}

/// A file without names cannot be a list of clients.
#[component]
fn CheckButton() -> impl IntoView {
    let wizard = use_wizard();
    let nameless = Memo::new(move |_| wizard.mapping.with(|mapping| !mapping.has(Field::Name)));
    view! {
        <Show when=move || nameless.get()>
            <p class="pb-2 text-sm text-error" role="alert">
                {tr!(import.name_needed)}
            </p>
        </Show>
        <Button
            label=tr!(import.check)
            kind=ButtonKind::Main
            wide=true
            disabled=nameless
            on_press=move || wizard.check()
        />
    }
}
