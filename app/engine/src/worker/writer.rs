//! The tab that writes: runs the engine for its own interface and for the other tabs.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

use caravan_engine::{Engine, Listener, News, Watches};
use caravan_port::ask::Ask;
use caravan_port::codec;
use caravan_port::message::{FromEngine, ToEngine};
use futures_channel::mpsc;
use wasm_bindgen_futures::spawn_local;

use super::bell::Bell;
use super::browser::Browser;
use super::tabs::{Line, Tabs, lock_of};
use super::{estimate, interface, locks, relay, rest};
use caravan_engine::storage::sealed::Sealed;
use caravan_engine::web::cipher::WebCipher;
use caravan_engine::web::indexed_db::IndexedDb;
use caravan_engine::web::js;

/// Bursts of changes are told together, at most once a frame.
const FRAME_MILLIS: f64 = 16.0;
/// Nothing has been told for so long: what the first screens say is kept for the next start.
const QUIET_MILLIS: f64 = 2_000.0;

pub(crate) type Device = Engine<Sealed<IndexedDb, WebCipher>, Browser>;

pub(crate) struct Writer {
    pub(crate) engine: Device,
    /// Rung when there is something for the relay, or reason to look for it.
    pub(crate) bell: Bell,
    /// Rung when a pause before the next connection should end.
    pub(crate) call: Bell,
    /// Rung when there may be pictures to upload.
    pub(crate) photos: Bell,
    pub(crate) tab: Listener,
    tabs: Option<Rc<Tabs>>,
    others: RefCell<BTreeSet<Listener>>,
    watches: RefCell<Watches>,
    queue: mpsc::UnboundedSender<(Listener, ToEngine)>,
    telling: Cell<bool>,
    told_at: Cell<f64>,
    keeping: Cell<bool>,
}

impl Writer {
    pub(crate) fn start(engine: Device, tab: Listener, tabs: Option<Rc<Tabs>>) -> Rc<Self> {
        let (queue, waiting) = mpsc::unbounded();
        let writer = Rc::new(Self {
            engine,
            bell: Bell::default(),
            call: Bell::default(),
            photos: Bell::default(),
            tab,
            tabs,
            others: RefCell::default(),
            watches: RefCell::default(),
            queue,
            telling: Cell::new(false),
            told_at: Cell::new(0.0),
            keeping: Cell::new(false),
        });
        if let Some(tabs) = &writer.tabs {
            let hearing = Rc::clone(&writer);
            tabs.hear(move |line| hearing.hear(line));
            tabs.say(&Line::Here);
        }
        spawn_local(rest::begin(Rc::clone(&writer), waiting));
        writer
    }

    /// What this worker's own interface asks.
    pub(crate) fn ask(self: &Rc<Self>, message: ToEngine) {
        self.take(self.tab, message);
    }

    fn hear(self: &Rc<Self>, line: Line) {
        match line {
            Line::Hello { tab } => {
                self.meet(tab);
                if let Some(tabs) = &self.tabs {
                    tabs.say(&Line::Here);
                }
            }
            Line::ToWriter { tab, message } => {
                self.meet(tab);
                if let Ok(message) = codec::read(&message) {
                    self.take(tab, message);
                }
            }
            Line::Here | Line::FromWriter { .. } => {}
        }
    }

    /// Forgets the tab's watches when it ends.
    fn meet(self: &Rc<Self>, tab: Listener) {
        if !self.others.borrow_mut().insert(tab) {
            return;
        }
        let writer = Rc::clone(self);
        spawn_local(async move {
            locks::outlive(&lock_of(&tab)).await;
            writer.others.borrow_mut().remove(&tab);
            writer.watches.borrow_mut().forget(tab);
        });
    }

    fn take(self: &Rc<Self>, from: Listener, message: ToEngine) {
        if !matches!(message, ToEngine::Unwatch { .. }) {
            let writer = Rc::clone(self);
            spawn_local(async move { writer.engine.note_use(false).await });
        }
        match message {
            ToEngine::Watch { number, ask } => {
                if ask == Ask::Storage {
                    spawn_local(estimate::look(Rc::clone(self)));
                }
                self.watches.borrow_mut().watch(from, number, ask);
                self.tell_soon();
            }
            ToEngine::Unwatch { number } => self.watches.borrow_mut().unwatch(from, number),
            // What talks to the relay must not hold up what does not.
            ToEngine::Act { number, act } if relay::concerns(&act) => {
                let writer = Rc::clone(self);
                spawn_local(async move {
                    let result = rest::act(Rc::clone(&writer), act).await;
                    writer.answer(from, &FromEngine::Acted { number, result });
                    writer.changed();
                });
            }
            // The receiver lives as long as the worker.
            waiting => drop(self.queue.unbounded_send((from, waiting))),
        }
    }

    /// Something may be new for those who watch, and for the relay.
    pub(crate) fn changed(self: &Rc<Self>) {
        self.tell_soon();
        if self.engine.has_unsent() {
            self.bell.ring();
        }
    }

    pub(crate) fn tell_soon(self: &Rc<Self>) {
        if self.telling.replace(true) {
            return;
        }
        let writer = Rc::clone(self);
        spawn_local(async move {
            let rest = FRAME_MILLIS - (js::elapsed() - writer.told_at.get());
            if rest > 0.0 {
                js::sleep(rest as i32).await;
            }
            writer.telling.set(false);
            writer.told_at.set(js::elapsed());
            let (news, open) = writer.engine.tell_first(&writer.watches).await;
            writer.tell(news);
            let rest = async |ask| rest::answer(Rc::clone(&writer), ask).await;
            writer.tell(writer.engine.tell_rest(&writer.watches, open, rest).await);
            writer.keep_glimpse_soon();
        });
    }

    fn keep_glimpse_soon(self: &Rc<Self>) {
        if self.keeping.replace(true) {
            return;
        }
        let writer = Rc::clone(self);
        spawn_local(async move {
            while js::elapsed() - writer.told_at.get() < QUIET_MILLIS {
                js::sleep(QUIET_MILLIS as i32).await;
            }
            writer.keeping.set(false);
            // Without it the next start shows its first screen a little later.
            let _ = writer.engine.keep_glimpse().await;
        });
    }

    fn tell(&self, news: Vec<News>) {
        for (listener, number, told) in news {
            self.answer(listener, &FromEngine::Told { number, told });
        }
    }

    pub(crate) fn answer(&self, to: Listener, message: &FromEngine) {
        if to == self.tab {
            return interface::post(message);
        }
        let settles = match message {
            FromEngine::Ran { number, .. } | FromEngine::Acted { number, .. } => Some(*number),
            _ => None,
        };
        if let (Some(tabs), Ok(message)) = (&self.tabs, codec::write(message)) {
            tabs.say(&Line::FromWriter {
                tab: to,
                settles,
                message,
            });
        }
    }
}
