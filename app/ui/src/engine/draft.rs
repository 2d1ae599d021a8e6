//! What is typed into a form is kept by the engine until the form is sent or emptied, so that leaving it loses nothing.

use std::time::Duration;

use caravan_port::{
    act::Act,
    ask::{Ask, Told},
};
use leptos::{
    ev::{pagehide, visibilitychange},
    prelude::*,
    task::spawn_local,
};
use serde::{Serialize, de::DeserializeOwned};

use super::{Engine, Submit, submit::use_submit, use_engine};
use crate::ui::Bound;

/// From the first keystroke to the save that covers it and those after it.
const PAUSE: Duration = Duration::from_millis(250);

/// A form's fields. `T` gives every field `#[serde(default)]`, so that a draft of an older version is still read.
pub(crate) struct Draft<T: Send + Sync + 'static> {
    pub(crate) value: RwSignal<T>,
    /// Something typed earlier was found and is shown.
    pub(crate) restored: RwSignal<bool>,
    key: StoredValue<String>,
    empty: StoredValue<T>,
    /// Something was typed since the last save.
    unsaved: StoredValue<bool>,
    engine: Engine,
}

impl<T: Send + Sync + 'static> Clone for Draft<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Draft<T> {}

/// What a form's [`Submit`] needs to know of its draft.
#[derive(Clone, Copy)]
pub(crate) struct Keeping {
    key: StoredValue<String>,
    save: Callback<(), Option<Act>>,
    discard: Callback<()>,
}

impl Keeping {
    pub(super) fn key(self) -> String {
        self.key.get_value()
    }

    /// What was typed since the last save, to be kept before anything else is done with it.
    pub(super) fn save(self) -> Option<Act> {
        self.save.run(())
    }

    pub(super) fn discard(self) {
        self.discard.run(());
    }
}

/// The draft of the form named `key` ("clients/new", "clients/<id>/edit"), `initial` when none is kept.
pub(crate) fn use_draft<T>(key: impl Into<String>, initial: T) -> Draft<T>
where
    T: Serialize + DeserializeOwned + Clone + PartialEq + Send + Sync + 'static,
{
    let draft = Draft {
        value: RwSignal::new(initial.clone()),
        restored: RwSignal::new(false),
        key: StoredValue::new(key.into()),
        empty: StoredValue::new(initial),
        unsaved: StoredValue::new(false),
        engine: use_engine(),
    };
    draft.restore_once();
    draft.save_after_typing();
    draft
}

impl<T> Draft<T>
where
    T: Serialize + DeserializeOwned + Clone + PartialEq + Send + Sync + 'static,
{
    /// One field of the form: `draft.bind(|f| &f.name, |f| &mut f.name)`.
    pub(crate) fn bind<F: Clone + Send + Sync + 'static>(
        self,
        read: fn(&T) -> &F,
        write: fn(&mut T) -> &mut F,
    ) -> Bound<F> {
        Bound::part(self.value, read, write)
    }

    /// Sends this form, and drops the draft once that is done.
    pub(crate) fn submit(self) -> Submit {
        use_submit(Some(self.keeping()))
    }

    pub(crate) fn keeping(self) -> Keeping {
        Keeping {
            key: self.key,
            save: Callback::new(move |()| self.save()),
            discard: Callback::new(move |()| self.discard()),
        }
    }

    /// When the person starts over.
    pub(crate) fn discard(self) {
        self.value.set(self.empty.get_value());
        self.restored.set(false);
        drop_draft(self.engine, self.key.get_value());
    }

    /// The engine's answer is taken up only while nothing has been typed here yet.
    fn restore_once(self) {
        let kept = self
            .engine
            .watch(move || Ask::Draft(self.key.get_value()), Told::Draft);
        let done = StoredValue::new(false);
        Effect::new(move || {
            let Some(kept) = kept.get() else { return };
            if done.get_value() || !self.is_untouched() {
                return;
            }
            done.set_value(true);
            if let Some(value) = kept.and_then(|bytes| serde_json::from_slice(&bytes).ok()) {
                self.value.set(value);
                self.restored.set(true);
            }
        });
    }

    fn is_untouched(self) -> bool {
        self.value
            .with_untracked(|value| self.empty.with_value(|empty| value == empty))
    }

    fn save_after_typing(self) {
        let save = move || {
            if let Some(act) = self.save() {
                spawn_local(tell(self.engine, act));
            }
        };
        Effect::new(move |before: Option<()>| {
            self.value.track();
            if before.is_some() {
                self.unsaved.set_value(true);
                // The form may have closed meanwhile; what it then held was saved on leaving.
                set_timeout(save, PAUSE);
            }
        });
        // A phone may end a page that is out of sight without another word.
        let hidden = [
            window_event_listener(pagehide, move |_| save()),
            window_event_listener(visibilitychange, move |_| save()),
        ];
        on_cleanup(move || {
            save();
            hidden.into_iter().for_each(WindowListenerHandle::remove);
        });
    }

    /// Nothing where all is saved already, nothing was typed, or the form has closed.
    fn save(self) -> Option<Act> {
        if self.unsaved.try_get_value() != Some(true) || self.is_untouched() {
            return None;
        }
        let draft = self.value.with_untracked(serde_json::to_vec).ok()?;
        self.unsaved.set_value(false);
        let key = self.key.get_value();
        Some(Act::SaveDraft { key, draft })
    }
}

pub(super) fn drop_draft(engine: Engine, key: String) {
    spawn_local(tell(engine, Act::DropDraft { key }));
}

pub(super) async fn tell(engine: Engine, act: Act) {
    if let Err(error) = engine.act(act).await {
        leptos::logging::error!("the draft was not kept: {error}");
    }
}
