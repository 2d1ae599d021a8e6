//! Live answers: each watch is answered at once, and again when what it shows has changed.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use caravan_port::ask::{Ask, Sent, Told};
use caravan_port::message::Number;

use crate::engine::Engine;
use crate::error::EngineError;
use crate::platform::Platform;
use crate::storage::Storage;

/// Whoever watches, over whichever way its answers go.
pub type Listener = [u8; 16];

#[derive(Debug, Default)]
pub struct Watches {
    watches: BTreeMap<(Listener, Number), Watch>,
}

#[derive(Debug)]
struct Watch {
    ask: Ask,
    /// Of the answer told last, so that an equal one is not told again.
    told: Option<u64>,
}

impl Watches {
    pub fn watch(&mut self, listener: Listener, number: Number, ask: Ask) {
        self.watches
            .insert((listener, number), Watch { ask, told: None });
    }

    pub fn unwatch(&mut self, listener: Listener, number: Number) {
        self.watches.remove(&(listener, number));
    }

    /// The listener has gone, or begins anew.
    pub fn forget(&mut self, listener: Listener) {
        self.watches.retain(|(known, _), _| *known != listener);
    }

    fn due(&self, concerns: impl Fn(&Ask) -> bool) -> Vec<((Listener, Number), Ask)> {
        self.watches
            .iter()
            .filter(|(_, watch)| watch.told.is_none() || concerns(&watch.ask))
            .map(|(key, watch)| (*key, watch.ask.clone()))
            .collect()
    }

    /// Whether the answer is news to the watch, which may have ended meanwhile.
    fn is_news(&mut self, key: (Listener, Number), ask: &Ask, told: &Sent) -> bool {
        let Some(watch) = self.watches.get_mut(&key).filter(|watch| watch.ask == *ask) else {
            return false;
        };
        let mut hasher = DefaultHasher::new();
        told.hash(&mut hasher);
        let hash = Some(hasher.finish());
        let news = watch.told != hash;
        watch.told = hash;
        news
    }
}

/// An answer, for whom, and to which of their questions.
pub type News = (Listener, Number, Sent);

/// Questions that are due and need more than [`Engine::first_answer`] knows.
#[derive(Debug)]
pub struct Open(Vec<((Listener, Number), Ask)>);

impl<S: Storage, P: Platform> Engine<S, P> {
    /// Every answer that is new since the last time, for its listener. A question that cannot be
    /// answered, as while nobody has joined, stays open.
    pub async fn tell(&self, watches: &RefCell<Watches>) -> Vec<News> {
        let (mut news, open) = self.tell_first(watches).await;
        let rest = self
            .tell_rest(watches, open, async |ask| self.answer(&ask).await)
            .await;
        news.extend(rest);
        news
    }

    /// What can be told at once, and what is left for [`Engine::tell_rest`].
    pub async fn tell_first(&self, watches: &RefCell<Watches>) -> (Vec<News>, Open) {
        let touched = std::mem::take(&mut self.state.borrow_mut().touched);
        let due = watches.borrow().due(|ask| touched.concerns(ask));
        let (mut news, mut open) = (Vec::new(), Vec::new());
        for (key, ask) in due {
            match self.first_answer(&ask).await {
                Some(told) => news.extend(is_news(watches, key, &ask, told)),
                None => open.push((key, ask)),
            }
        }
        (news, Open(open))
    }

    /// `answer` is [`Engine::answer`], or a way there.
    pub async fn tell_rest(
        &self,
        watches: &RefCell<Watches>,
        open: Open,
        answer: impl AsyncFn(Ask) -> Result<Told, EngineError>,
    ) -> Vec<News> {
        let mut news = Vec::new();
        for (key, ask) in open.0 {
            let told = answer(ask.clone()).await;
            news.extend(is_news(watches, key, &ask, told));
        }
        news
    }
}

fn is_news(
    watches: &RefCell<Watches>,
    key: (Listener, Number),
    ask: &Ask,
    told: Result<Told, EngineError>,
) -> Option<News> {
    let told = told.ok()?;
    debug_assert!(told.answers(ask), "{ask:?}");
    let told = Sent::of(&told).ok()?;
    let news = watches.borrow_mut().is_news(key, ask, &told);
    news.then_some((key.0, key.1, told))
}
