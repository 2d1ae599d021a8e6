use caravan_domain::{
    command::Command,
    id::{ClientId, VisitId},
    visits::{command::VisitCommand, list::VisitFile},
};
use caravan_port::message::RunError;
use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};

use crate::{
    engine::{Failure, use_draft, use_engine},
    errors::Explain,
    ui::{Bound, TextArea},
    visits::words::action_name,
};

/// `None` while nothing has been typed that the visit does not hold.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    note: Option<String>,
}

/// The visit's note: a draft while one types, written when one turns to something else.
#[component]
pub(super) fn NoteField(
    client: ClientId,
    visit: VisitId,
    file: Memo<Option<VisitFile>>,
) -> impl IntoView {
    let engine = use_engine();
    let explain = Explain::new();
    let draft = use_draft(format!("visits/{visit}/note"), Typed::default());
    let failure = RwSignal::new(None::<Failure<RunError>>);
    let stored = Memo::new(move |_| {
        file.with(|file| {
            file.as_ref()
                .map(|file| file.visit.note.clone())
                .unwrap_or_default()
        })
    });
    // What the visit holds by now is no longer a draft.
    Effect::new(move || {
        let held = stored.get();
        if draft
            .value
            .with_untracked(|typed| typed.note.as_ref() == Some(&held))
        {
            draft.discard();
        }
    });
    let write = move || {
        let Some(note) = draft.value.with_untracked(|typed| typed.note.clone()) else {
            return;
        };
        spawn_local(async move {
            let command = VisitCommand::WriteNote {
                client,
                visit,
                note,
            };
            let outcome = engine.run(Command::Visit(command)).await;
            failure.try_set(outcome.err());
        });
    };
    on_cleanup(write);
    let bind = Bound {
        value: Signal::derive(move || {
            draft
                .value
                .with(|typed| typed.note.clone())
                .unwrap_or_else(|| stored.get())
        }),
        set: Callback::new(move |note| draft.value.set(Typed { note: Some(note) })),
    };
    let error = Signal::derive(move || failure.get().map(|failure| explain.run(failure)));
    view! {
        <div class="px-4 py-3" on:focusout=move |_| write()>
            <TextArea label=action_name(caravan_domain::visits::record::ActionKind::Note) error bind />
        </div>
    }
}
