use std::collections::BTreeSet;

use caravan_domain::{
    calendar::parse_day,
    clients::list::{ClientFilter, ClientLine, ClientList},
    command::Command,
    id::ClientId,
    tasks::{command::TaskCommand, kind::TaskKind, record::TaskDraft},
    work::query::{SpreadOf, SpreadOver, Wanted},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::spread::{Given, SpreadSheet};
use crate::{
    engine::{use_draft, use_engine},
    forms::Refused,
    tasks::KindField,
    ui::{
        Bound, Button, ButtonKind, CheckField, DateField, Form, Page, RestoredNote, SearchField,
        SectionTitle, TextField, use_past_the_form, use_toasts,
    },
};

/// As many as one gives out at once.
const SHOWN: u32 = 100;

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    title: String,
    kind: TaskKind,
    /// `YYYY-MM-DD` or empty.
    due: String,
    clients: BTreeSet<ClientId>,
}

/// One task for each of several clients, spread over the team.
#[component]
pub(super) fn ManyPage() -> impl IntoView {
    let draft = use_draft("work/many", Typed::default());
    let (typed, submit) = (draft.value, draft.submit());
    let toasts = use_toasts();
    let past = use_past_the_form();
    let (said, none) = (tr!(work.spread_said), tr!(work.many_none));
    let open = RwSignal::new(false);
    let over = Signal::derive(move || {
        typed.with(|typed| SpreadOver {
            tasks: Vec::new(),
            clients: typed.clients.iter().copied().collect(),
            wanted: Wanted {
                kind: typed.kind,
                difficulty: None,
                estimate: None,
                due: parse_day(&typed.due),
                except: None,
            },
        })
    });
    let confirm = StoredValue::new_local(move |given: Given| {
        let typed = typed.get_untracked();
        let drafts = given.into_iter().filter_map(|(of, assignee)| match of {
            SpreadOf::Client(client) => Some(TaskDraft {
                assignee,
                title: typed.title.clone(),
                detail: String::new(),
                kind: typed.kind,
                due: parse_day(&typed.due),
                client: Some(client),
                difficulty: None,
                estimate: None,
            }),
            SpreadOf::Task(..) => None,
        });
        let command = TaskCommand::CreateMany(drafts.collect());
        let (past, said) = (past.clone(), said.get_untracked());
        submit.run(Command::Task(command), move |_| {
            toasts.say(said);
            past("/work/load");
        });
    });
    let preview = move || match typed.with_untracked(|typed| typed.clients.is_empty()) {
        true => toasts.say(none.get_untracked()),
        false => open.set(true),
    };
    view! {
        <Page title=tr!(work.many) back="/work/load">
            <RestoredNote restored=draft.restored on_discard=move || draft.discard() />
            <Form on_submit=preview>
                <TextField
                    label=tr!(work.many_title)
                    bind=Bound::part(typed, |typed| &typed.title, |typed| &mut typed.title)
                    required=true
                    max=200
                />
                <KindField bind=Bound::part(typed, |typed| &typed.kind, |typed| &mut typed.kind) />
                <DateField
                    label=tr!(work.due)
                    bind=Bound::part(typed, |typed| &typed.due, |typed| &mut typed.due)
                />
                <Clients bind=Bound::part(typed, |typed| &typed.clients, |typed| &mut typed.clients) />
                <Refused submit />
                <Button label=tr!(work.many_next) kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
            </Form>
            <SpreadSheet open over on_confirm=Callback::new(move |given| confirm.with_value(|confirm| confirm(given))) />
        </Page>
    }
}

#[component]
fn Clients(bind: Bound<BTreeSet<ClientId>>) -> impl IntoView {
    let word = RwSignal::new(String::new());
    let page = use_engine().clients(move || ClientList {
        filter: ClientFilter {
            search: word.get(),
            ..ClientFilter::default()
        },
        limit: SHOWN,
        ..ClientList::default()
    });
    let lines = Memo::new(move |_| {
        page.with(|page| {
            page.as_ref()
                .map(|page| page.lines.clone())
                .unwrap_or_default()
        })
    });
    view! {
        <fieldset class="flex flex-col gap-2">
            <legend class="sr-only">{tr!(work.many_clients)}</legend>
            <div class="-mx-4">
                <SectionTitle label=tr!(work.many_clients) />
            </div>
            <p class="text-sm text-muted" role="status">
                {tr!(work.chosen, count = bind.value.with(BTreeSet::len))}
            </p>
            <SearchField label=tr!(clients.search) word />
            {move || lines.get().into_iter().map(|line| view! { <ClientBox line bind /> }).collect_view()}
        </fieldset>
    }
}

#[component]
fn ClientBox(line: ClientLine, bind: Bound<BTreeSet<ClientId>>) -> impl IntoView {
    let id = line.id;
    let one = Bound {
        value: Signal::derive(move || bind.value.with(|chosen| chosen.contains(&id))),
        set: Callback::new(move |on| {
            let mut chosen = bind.value.get_untracked();
            match on {
                true => chosen.insert(id),
                false => chosen.remove(&id),
            };
            bind.set(chosen);
        }),
    };
    view! { <CheckField label=Signal::stored(line.name) bind=one /> }
}
