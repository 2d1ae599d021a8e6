use caravan_files::export::ExportFormat;
use icondata_lu as icons;
use leptos::prelude::*;

use super::{
    calendar, clients,
    save::{Saving, use_saving},
};
use crate::{
    engine::use_engine,
    format::{now, use_format},
    ui::{EmptyState, LinkButton, List, ListRow, Page, SectionTitle, SegmentedControl, Show},
};

#[component]
pub(super) fn ExportPage() -> impl IntoView {
    let saving = use_saving();
    view! {
        <Page title=tr!(export.title) back="/clients">
            <p class="min-h-6 px-4 text-sm text-muted" role="status">
                <Show when=move || saving.busy.get()>{tr!(export.writing)}</Show>
            </p>
            <ClientFiles saving />
            <Calendar saving />
        </Page>
    }
}

#[component]
fn ClientFiles(saving: Saving) -> impl IntoView {
    let engine = use_engine();
    let format = use_format();
    let storage = engine.storage();
    let count = Memo::new(move |_| storage.with(|view| view.as_ref().map(|view| view.clients)));
    let words = clients::use_words();
    let (stem, nothing) = (tr!(export.file_clients), tr!(export.nothing));
    let write = move |format: ExportFormat| {
        Callback::new(move |()| {
            let now = untrack(now);
            let file = clients::file_kind(format, &stem.get_untracked(), now);
            let words = words.get_untracked();
            saving.run(
                file,
                nothing,
                clients::all_clients(engine, format, words, now),
            );
        })
    };
    view! {
        <SectionTitle label=tr!(export.clients) />
        <Show
            when=move || count.get() != Some(0)
            fallback=|| {
                view! {
                    <EmptyState icon=icons::LuBuilding2 title=tr!(export.nothing) body=tr!(export.nothing_body)>
                        <LinkButton label=tr!(clients.import) href="/import" icon=icons::LuFileUp />
                    </EmptyState>
                }
            }
        >
            <p class="px-4 pb-1 text-sm text-muted tabular-nums">
                {tr!(export.count, count = format.count(u64::from(count.get().unwrap_or_default())))}
            </p>
            <List label=tr!(export.clients)>
                <ListRow
                    title=tr!(export.csv)
                    detail=tr!(export.csv_body)
                    icon=icons::LuFileText
                    on_press=write(ExportFormat::Csv)
                />
                <ListRow
                    title=tr!(export.xlsx)
                    detail=tr!(export.xlsx_body)
                    icon=icons::LuFileSpreadsheet
                    on_press=write(ExportFormat::Xlsx)
                />
                <ListRow
                    title=tr!(export.vcard)
                    detail=tr!(export.vcard_body)
                    icon=icons::LuContact
                    on_press=write(ExportFormat::VCard)
                />
            </List>
            <p class="px-4 py-2 text-sm text-muted">{tr!(export.care)}</p>
        </Show>
    }
}

#[component]
fn Calendar(saving: Saving) -> impl IntoView {
    let engine = use_engine();
    let words = calendar::use_words();
    let days = RwSignal::new(String::from("30"));
    let (stem, nothing) = (tr!(export.file_reminders), tr!(export.no_reminders));
    let names = [
        ("30", tr!(export.days_30)),
        ("90", tr!(export.days_90)),
        ("365", tr!(export.days_365)),
    ];
    let options = Signal::derive(move || {
        names
            .map(|(days, name)| (days.to_owned(), name.get()))
            .to_vec()
    });
    let write = Callback::new(move |()| {
        let Ok(days) = days.with_untracked(|days| days.parse()) else {
            return;
        };
        let now = untrack(now);
        let file = calendar::file_kind(&stem.get_untracked(), now);
        let words = words.get_untracked();
        saving.run(file, nothing, calendar::calendar(engine, days, words, now));
    });
    view! {
        <SectionTitle label=tr!(export.calendar) />
        <p class="px-4 pb-2 text-sm text-muted">{tr!(export.calendar_body)}</p>
        <div class="px-4">
            <SegmentedControl label=tr!(export.days) bind=days options />
        </div>
        <List label=tr!(export.calendar)>
            <ListRow
                title=tr!(export.ics)
                detail=tr!(export.ics_body)
                icon=icons::LuCalendarDays
                on_press=write
            />
        </List>
    }
}
