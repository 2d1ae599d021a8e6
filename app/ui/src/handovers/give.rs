use caravan_domain::{
    command::Command,
    handovers::{capsule::Why, command::HandoverCommand, view::HandoverView},
    id::{Id, PersonId},
};
use caravan_port::act::Act;
use icondata_lu as icons;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{
    bulk::Bulk, clients::GivenClients, past::Past, preview::Preview, typed::Typed, words::why_name,
};
use crate::{
    engine::{use_draft, use_engine},
    forms::Refused,
    ui::{
        Bound, Button, ButtonKind, ConfirmSheet, EmptyState, Form, Page, RestoredNote,
        SegmentedControl, SelectField, Show, TextArea, use_past_the_form, use_toasts,
    },
};

/// The word in the address that says why: `?why=leaving`.
const WHY: &str = "why";

/// Everything that somebody has in hand finds a successor on one page, and changes hands at once.
#[component]
pub(super) fn GivePage() -> impl IntoView {
    let params = use_params_map();
    let from = params.with_untracked(|params| params.get("id").unwrap_or_default());
    let from = from.parse().unwrap_or(PersonId(Id::ZERO));
    let answer = use_engine().handover(move || from);
    let may = Memo::new(move |_| {
        answer.with(|answer| {
            let view = answer.as_ref()?;
            Some(view.as_ref().is_some_and(|view| view.may))
        })
    });
    let view = Memo::new(move |_| answer.get().flatten().map(|view| *view));
    let name = Signal::derive(move || {
        let name = view.with(|view| view.as_ref().map(|view| view.name.clone()));
        name.unwrap_or_default()
    });
    view! {
        <Page
            title=tr!(handovers.title_of, name = name.get())
            known_as=tr!(handovers.title)
            back=format!("/people/{from}")
        >
            {move || match may.get() {
                None => ().into_any(),
                Some(false) => {
                    view! {
                        <EmptyState
                            icon=icons::LuUserX
                            title=tr!(handovers.not_yours)
                            body=tr!(handovers.not_yours_body)
                        />
                    }
                        .into_any()
                }
                Some(true) => view! { <Give from view /> }.into_any(),
            }}
        </Page>
    }
}

#[component]
fn Give(from: PersonId, view: Memo<Option<HandoverView>>) -> impl IntoView {
    let engine = use_engine();
    let query = use_query_map();
    let why = query.with_untracked(|query| query.get(WHY).and_then(|word| word.parse().ok()));
    let initial = Typed {
        why: why.unwrap_or_default(),
        ..Typed::default()
    };
    let draft = use_draft(format!("people/{from}/handover"), initial);
    let (submit, toasts) = (draft.submit(), use_toasts());
    let open = StoredValue::new(use_past_the_form());
    let said = tr!(handovers.said);
    let asking = RwSignal::new(false);
    let typed = draft.value;
    let whole = Memo::new(move |_| {
        view.with(|view| {
            let view = view.as_ref();
            view.is_some_and(|view| typed.with(|typed| typed.is_whole(view)))
        })
    });
    let give = move || {
        let Some(view) = view.get_untracked() else {
            return;
        };
        let kept = typed.get_untracked();
        let command = HandoverCommand::HandOver(kept.draft(&view));
        submit.run(Command::Handover(command), move |_| {
            // Until the relay has taken it: what it refuses is not chosen a second time from the beginning.
            if let Ok(draft) = serde_json::to_vec(&kept) {
                let key = sent_key(from);
                spawn_local(async move {
                    if let Err(error) = engine.act(Act::SaveDraft { key, draft }).await {
                        leptos::logging::error!("what was chosen was not kept: {error}");
                    }
                });
            }
            toasts.say(said.get_untracked());
            open.with_value(|open| open(&format!("/people/{from}")));
        });
    };
    let ask = move || match typed.with_untracked(Typed::leaves) {
        true => asking.set(true),
        false => give(),
    };
    view! {
        <RestoredNote restored=draft.restored on_discard=move || draft.discard() />
        <LastTime from view typed />
        <Form on_submit=ask>
            <WhyField view typed />
            <Changed view typed />
            <Bulk view typed />
            <GivenClients view typed />
            <OtherTasks view typed />
            <TextArea
                label=tr!(handovers.note)
                hint=tr!(handovers.note_hint)
                bind=draft.bind(|typed| &typed.note, |typed| &mut typed.note)
                max=5000
            />
            <Preview view typed />
            <Refused submit />
            <Button
                label=tr!(handovers.give)
                kind=ButtonKind::Main
                wide=true
                submit=true
                disabled=Signal::derive(move || submit.busy.get() || !whole.get())
            />
        </Form>
        <Past view />
        <ConfirmSheet
            open=asking
            title=tr!(handovers.leave_question)
            body=tr!(handovers.leave_body)
            verb=tr!(handovers.leave_verb)
            danger=true
            on_confirm=give
        />
    }
}

fn sent_key(from: PersonId) -> String {
    format!("people/{from}/handover/sent")
}

/// What became of the last one that left this device: it waits, or it was refused and what was chosen is here again.
#[component]
fn LastTime(
    from: PersonId,
    view: Memo<Option<HandoverView>>,
    typed: RwSignal<Typed>,
) -> impl IntoView {
    let sent = use_draft(sent_key(from), Typed::default());
    let waits = Memo::new(move |_| {
        view.with(|view| {
            let past = view.as_ref().map(|view| view.past.as_slice());
            past.is_some_and(|past| past.iter().any(|it| it.provisional))
        })
    });
    // Those that were taken are not the giver's any more.
    let refused = Memo::new(move |_| {
        let left = view.with(|view| {
            let view = view.as_ref();
            view.map_or(0, |view| sent.value.with(|sent| sent.chosen(view).len()))
        });
        sent.restored.get() && !waits.get() && left > 0
    });
    let again = move || {
        typed.set(sent.value.get_untracked());
        sent.discard();
    };
    view! {
        <Show when=move || waits.get()>
            <p class="px-4 pb-4 text-sm text-muted" role="status">
                {tr!(handovers.waits)}
            </p>
        </Show>
        <Show when=move || refused.get()>
            <div class="mx-4 mb-4 flex flex-col items-start gap-2 border-s-3 border-error ps-3">
                <p role="status">{tr!(handovers.refused)}</p>
                <Button label=tr!(handovers.again) on_press=again />
            </div>
        </Show>
    }
}

#[component]
fn WhyField(view: Memo<Option<HandoverView>>, typed: RwSignal<Typed>) -> impl IntoView {
    let names = Why::ALL.iter().map(|why| (*why, why_name(*why)));
    let names = StoredValue::new(names.collect::<Vec<_>>());
    let may_leave =
        Memo::new(move |_| view.with(|view| view.as_ref().is_some_and(|view| view.may_leave)));
    let options = Signal::derive(move || {
        let offered = names.get_value().into_iter();
        offered
            .filter(|(why, _)| *why != Why::Leaving || may_leave.get())
            .map(|(why, name)| (why.word().to_owned(), name.get()))
            .collect()
    });
    view! {
        <SegmentedControl
            label=tr!(handovers.why)
            bind=Bound::word(typed, |typed| typed.why.word(), |typed| &mut typed.why)
            options
        />
        <Show when=move || typed.with(Typed::leaves)>
            <p class="border-s-3 border-warning ps-3 text-sm">{tr!(handovers.leave_hint)}</p>
        </Show>
    }
}

/// What has changed since it was chosen here.
#[component]
fn Changed(view: Memo<Option<HandoverView>>, typed: RwSignal<Typed>) -> impl IntoView {
    let gone = Memo::new(move |_| {
        view.with(|view| {
            let view = view.as_ref();
            view.map_or(0, |view| typed.with(|typed| typed.gone(view)))
        })
    });
    view! {
        <Show when=move || { gone.get() > 0 }>
            <p class="text-sm text-warning" role="status">
                {tr!(handovers.gone, count = gone.get())}
            </p>
        </Show>
    }
}

#[component]
fn OtherTasks(view: Memo<Option<HandoverView>>, typed: RwSignal<Typed>) -> impl IntoView {
    let others = Memo::new(move |_| {
        view.with(|view| {
            let others = view.as_ref().map(|view| {
                typed.with(|typed| {
                    let others = typed.others(view).into_iter();
                    others.map(|task| task.title.clone()).collect::<Vec<_>>()
                })
            });
            others.unwrap_or_default()
        })
    });
    let options = super::clients::use_options(view);
    view! {
        <Show when=move || !others.with(Vec::is_empty)>
            <SelectField
                label=tr!(handovers.other_tasks)
                hint=Signal::derive(move || others.get().join("、"))
                bind=Bound::part(typed, |typed| &typed.tasks, |typed| &mut typed.tasks)
                options
            />
        </Show>
    }
}
