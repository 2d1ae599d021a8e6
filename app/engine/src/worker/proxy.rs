//! A tab that does not write: what its interface asks goes to the writer's tab. It remembers what
//! is watched and what is unanswered, to say it again to the next writer, or to become it.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use caravan_engine::Listener;
use caravan_port::codec;
use caravan_port::message::{FromEngine, Number, ToEngine};

use super::interface;
use super::tabs::{Line, Tabs};

pub(crate) struct Proxy {
    tab: Listener,
    tabs: Rc<Tabs>,
    asked: RefCell<BTreeMap<Number, ToEngine>>,
    /// A writer has answered: the interface was told to begin.
    ready: Cell<bool>,
    /// This tab writes itself now.
    retired: Cell<bool>,
}

impl Proxy {
    pub(crate) fn new(tab: Listener, tabs: Rc<Tabs>) -> Rc<Self> {
        let proxy = Rc::new(Self {
            tab,
            tabs,
            asked: RefCell::default(),
            ready: Cell::new(false),
            retired: Cell::new(false),
        });
        let hearing = Rc::clone(&proxy);
        proxy.tabs.hear(move |line| hearing.hear(line));
        proxy.tabs.say(&Line::Hello { tab });
        proxy
    }

    /// What the interface asks.
    pub(crate) fn ask(&self, message: ToEngine) {
        self.forward(&message);
        let mut asked = self.asked.borrow_mut();
        match &message {
            ToEngine::Unwatch { number } => drop(asked.remove(number)),
            ToEngine::Watch { number, .. }
            | ToEngine::Run { number, .. }
            | ToEngine::Act { number, .. } => drop(asked.insert(*number, message)),
        }
    }

    /// Ends the proxy; what was asked and is not answered passes on, in its order. Also whether
    /// the interface was told to begin.
    pub(crate) fn retire(&self) -> (Vec<ToEngine>, bool) {
        self.retired.set(true);
        let asked = std::mem::take(&mut *self.asked.borrow_mut());
        (asked.into_values().collect(), self.ready.get())
    }

    fn hear(&self, line: Line) {
        if self.retired.get() {
            return;
        }
        match line {
            Line::Here => self.begin(),
            Line::FromWriter {
                tab,
                settles,
                message,
            } if tab == self.tab => self.pass_on(settles, &message),
            Line::FromWriter { .. } | Line::Hello { .. } | Line::ToWriter { .. } => {}
        }
    }

    /// A writer is there: a first one, or one that took over and knows of nothing.
    fn begin(&self) {
        for message in self.asked.borrow().values() {
            self.forward(message);
        }
        if !self.ready.replace(true) {
            interface::post(&FromEngine::Ready);
        }
    }

    fn pass_on(&self, settles: Option<Number>, message: &[u8]) {
        // A repeated answer is for nobody.
        let is_news = |number| self.asked.borrow_mut().remove(&number).is_some();
        if settles.is_none_or(is_news) {
            interface::post_bytes(message);
        }
    }

    fn forward(&self, message: &ToEngine) {
        if let Ok(message) = codec::write(message) {
            let tab = self.tab;
            self.tabs.say(&Line::ToWriter { tab, message });
        }
    }
}
