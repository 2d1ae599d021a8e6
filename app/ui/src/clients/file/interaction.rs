use caravan_domain::{
    clients::{
        command::ClientCommand,
        record::{InteractionDraft, InteractionKind},
    },
    command::Command,
    id::{ClientId, InteractionId},
};
use caravan_port::message::RunError;
use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};

use crate::{
    clients::words::{LOGGED, interaction_name},
    engine::{Failure, use_draft, use_engine},
    errors::Explain,
    ui::{Bound, Button, ButtonKind, SegmentedControl, Sheet, TextArea, use_toasts},
};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    kind: InteractionKind,
    text: String,
}

impl Default for Typed {
    fn default() -> Self {
        Self {
            kind: InteractionKind::Note,
            text: String::new(),
        }
    }
}

/// Writes an entry into the timeline, or a correction of one that is there.
#[component]
pub(super) fn LogSheet(
    open: RwSignal<bool>,
    id: ClientId,
    corrected: RwSignal<Option<InteractionId>>,
) -> impl IntoView {
    let engine = use_engine();
    let toasts = use_toasts();
    let explain = Explain::new();
    let draft = use_draft(format!("clients/{id}/log"), Typed::default());
    let failure = RwSignal::new(None::<Failure<RunError>>);
    let logged = tr!(clients.logged);
    let submit = move || {
        let Typed { kind, text } = draft.value.get_untracked();
        let command = ClientCommand::LogInteraction {
            client: id,
            draft: InteractionDraft {
                kind,
                text,
                happened_at: None,
                corrects: corrected.get_untracked(),
            },
        };
        spawn_local(async move {
            match engine.run(Command::Client(command)).await {
                Ok(_) => {
                    failure.set(None);
                    draft.discard();
                    open.set(false);
                    toasts.say(logged.get_untracked());
                }
                Err(refused) => failure.set(Some(refused)),
            }
        });
    };
    let kinds = LOGGED.map(|kind| (kind.word().to_owned(), interaction_name(kind)));
    let kinds = StoredValue::new(kinds);
    let options = Signal::derive(move || {
        kinds.with_value(|kinds| {
            kinds
                .iter()
                .map(|(word, name)| (word.clone(), name.get()))
                .collect()
        })
    });
    let kind = Bound {
        value: Signal::derive(move || draft.value.with(|typed| typed.kind.word().to_owned())),
        set: Callback::new(move |word: String| {
            if let Ok(kind) = word.parse() {
                draft.value.update(|typed| typed.kind = kind);
            }
        }),
    };
    let (log, correct) = (tr!(clients.log), tr!(clients.correct));
    let title = Signal::derive(move || match corrected.get() {
        Some(_) => correct.get(),
        None => log.get(),
    });
    let error = Signal::derive(move || failure.get().map(|failure| explain.run(failure)));
    view! {
        <Sheet open title>
            <form
                class="flex flex-col gap-4 px-4 pb-4"
                on:submit=move |event| {
                    event.prevent_default();
                    submit();
                }
            >
                <Show when=move || corrected.get().is_none()>
                    <SegmentedControl label=tr!(clients.kind) bind=kind options />
                </Show>
                <TextArea
                    label=tr!(clients.what_happened)
                    error
                    bind=draft.bind(|typed| &typed.text, |typed| &mut typed.text)
                />
                <p class="text-sm text-muted">{tr!(clients.log_stays)}</p>
                <Button label=tr!(clients.save) kind=ButtonKind::Main wide=true submit=true />
            </form>
        </Sheet>
    }
}
