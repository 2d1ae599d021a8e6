//! Requests and their answers. Until the engine is ready, requests wait; when it starts again, watches are repeated
//! and requests without an answer are [`Failure::Interrupted`].

use std::{cell::RefCell, collections::BTreeMap, iter, rc::Rc, time::Duration};

use caravan_domain::command::Command;
use caravan_port::{
    act::{Act, ActError, Done},
    ask::{Ask, Sent, Told},
    codec,
    message::{CannotStart, FromEngine, Greeting, Number, Ran, RunError, ToEngine},
};
use futures_channel::oneshot;
use leptos::prelude::*;
use serde::de::DeserializeOwned;

use super::{Failure, spawn::ByteWorker};

const META: &str = "caravan-engine";

/// Between a death and the next start; doubled each time, so that an engine that dies at once does not burn the battery.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LAST_PAUSE: Duration = Duration::from_secs(30);

/// What was foretold stands for so long before the engine is asked: whoever types on has asked something else by then.
const UNTIL_CONFIRMED: Duration = Duration::from_millis(150);

/// Where the engine stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    Starting,
    Ready,
    /// It died and is being started again.
    Restarting,
    CannotStart(CannotStart),
}

type Hear = Rc<dyn Fn(&Sent)>;

struct Line {
    worker: Option<ByteWorker>,
    ready: bool,
    last: Number,
    pause: Duration,
    watches: BTreeMap<Number, (Ask, Hear)>,
    runs: BTreeMap<Number, oneshot::Sender<Result<Ran, RunError>>>,
    acts: BTreeMap<Number, oneshot::Sender<Result<Done, ActError>>>,
    waiting: Vec<ToEngine>,
    /// What the engine said first, until it can answer for itself.
    greeting: Vec<(Ask, Sent)>,
}

#[derive(Clone, Copy)]
pub(crate) struct Engine {
    line: StoredValue<Rc<RefCell<Line>>, LocalStorage>,
    phase: RwSignal<Phase>,
    full: RwSignal<bool>,
}

/// Starts the worker and provides the engine to every component.
pub(crate) fn provide() {
    let engine = Engine {
        line: StoredValue::new_local(Rc::new(RefCell::new(Line {
            worker: None,
            ready: false,
            last: 0,
            pause: FIRST_PAUSE,
            watches: BTreeMap::new(),
            runs: BTreeMap::new(),
            acts: BTreeMap::new(),
            waiting: Vec::new(),
            greeting: Vec::new(),
        }))),
        phase: RwSignal::new(Phase::Starting),
        full: RwSignal::new(false),
    };
    provide_context(engine);
    engine.start();
}

pub(crate) fn use_engine() -> Engine {
    expect_context()
}

impl Engine {
    pub(crate) fn phase(self) -> Signal<Phase> {
        self.phase.into()
    }

    /// Whether the last thing that was to be stored found no room.
    pub(crate) fn storage_is_full(self) -> Signal<bool> {
        self.full.into()
    }

    /// Runs a command. `Ok` means that it is durable on this device.
    pub(crate) async fn run(self, command: Command) -> Result<Ran, Failure<RunError>> {
        let (tell, answer) = oneshot::channel();
        let number = self.number();
        self.with(|line| line.runs.insert(number, tell));
        self.post(ToEngine::Run { number, command });
        Ok(answer.await.map_err(|_| Failure::Interrupted)??)
    }

    pub(crate) async fn act(self, act: Act) -> Result<Done, Failure<ActError>> {
        let (tell, answer) = oneshot::channel();
        let number = self.number();
        self.with(|line| line.acts.insert(number, tell));
        self.post(ToEngine::Act { number, act });
        Ok(answer.await.map_err(|_| Failure::Interrupted)??)
    }

    /// The present answer to a question, once; `None` when the engine dies over it. `_told` is never called: it says what
    /// such a question is answered with.
    pub(crate) async fn ask<T: DeserializeOwned>(
        self,
        ask: Ask,
        _told: fn(T) -> Told,
    ) -> Option<T> {
        let (tell, answer) = oneshot::channel();
        let number = self.number();
        let tell = RefCell::new(Some(tell));
        let hear: Hear = Rc::new(move |told| {
            if let Some(tell) = tell.borrow_mut().take() {
                let _ = tell.send(told.clone());
            }
        });
        self.with(|line| line.watches.insert(number, (ask.clone(), hear)));
        if self.with(|line| line.ready) {
            self.post(ToEngine::Watch { number, ask });
        }
        let told = answer.await;
        self.unwatch(number);
        read(&told.ok()?)
    }

    /// The live answer to a question that may itself change; `None` until the first answer. While the answer to a
    /// changed question is on its way, the former one stays. Ends with the component that asked. `_told` is never
    /// called: it says what such a question is answered with.
    pub(crate) fn watch<T>(
        self,
        ask: impl Fn() -> Ask + Send + Sync + 'static,
        told: fn(T) -> Told,
    ) -> Signal<Option<T>>
    where
        T: DeserializeOwned + PartialEq + Clone + Send + Sync + 'static,
    {
        self.watch_foretold(ask, told, |_| None, || ())
    }

    /// Like [`Self::watch`]. A changed question shows what `foretell` says at once; whatever else the engine says takes its
    /// place, and `surprised` is told.
    pub(crate) fn watch_foretold<T>(
        self,
        ask: impl Fn() -> Ask + Send + Sync + 'static,
        _told: fn(T) -> Told,
        foretell: impl Fn(&Ask) -> Option<T> + Send + Sync + 'static,
        surprised: impl Fn() + 'static,
    ) -> Signal<Option<T>>
    where
        T: DeserializeOwned + PartialEq + Clone + Send + Sync + 'static,
    {
        let answer = RwSignal::new(None);
        let asked = Memo::new(move |_| ask());
        let show = move |told| {
            let news = answer.try_with_untracked(|before| *before != told) == Some(true);
            if news {
                answer.set(told);
            }
            news
        };
        let hear: StoredValue<Hear, LocalStorage> = StoredValue::new_local(Rc::new(move |told| {
            if show(read(told)) {
                surprised();
            }
        }));
        // Another one for each question, so that an answer to the one before is not taken for its.
        let number = StoredValue::new(self.number());
        // The one the engine was told.
        let posed = StoredValue::new(None);
        let pose = move |ask| {
            let number = number.get_value();
            if let Some(before) = posed.get_value() {
                self.unwatch(before);
            }
            posed.set_value(Some(number));
            if self.with(|line| line.ready) {
                self.post(ToEngine::Watch { number, ask });
            }
        };
        Effect::new(move || {
            let ask = asked.get();
            let told = foretell(&ask);
            let before = number.get_value();
            let this = self.number();
            number.set_value(this);
            self.with(|line| {
                line.watches.remove(&before);
                line.watches.insert(this, (ask.clone(), hear.get_value()))
            });
            self.pass_on_greeting();
            if told.is_none() {
                return pose(ask);
            }
            show(told);
            let confirm = move || {
                // It may have been asked otherwise since, or nobody is there any more.
                if number.try_get_value() == Some(this) {
                    pose(ask);
                }
            };
            set_timeout(confirm, UNTIL_CONFIRMED);
        });
        on_cleanup(move || {
            self.with(|line| line.watches.remove(&number.get_value()));
            if let Some(posed) = posed.get_value() {
                self.unwatch(posed);
            }
        });
        answer.into()
    }

    fn unwatch(self, number: Number) {
        self.with(|line| line.watches.remove(&number));
        if self.with(|line| line.ready) {
            self.post(ToEngine::Unwatch { number });
        }
    }

    fn with<R>(self, act: impl FnOnce(&mut Line) -> R) -> R {
        self.line.with_value(|line| act(&mut line.borrow_mut()))
    }

    fn number(self) -> Number {
        self.with(|line| {
            line.last = line.last.wrapping_add(1);
            line.last
        })
    }

    fn post(self, message: ToEngine) {
        if matches!(self.phase.get_untracked(), Phase::CannotStart(_)) {
            // Nobody is there to answer.
            return self.forget_requests();
        }
        self.with(|line| match &line.worker {
            Some(worker) if line.ready => send(worker, &message),
            _ => line.waiting.push(message),
        });
    }

    fn start(self) {
        let hear = move |bytes: Vec<u8>| self.hear(&bytes);
        let died = move || self.died();
        let worker = match ByteWorker::early_engine(hear, died) {
            Some(early) => Ok(early),
            None => ByteWorker::spawn(META, hear, died),
        };
        match worker {
            Ok(worker) => self.with(|line| line.worker = Some(worker)),
            Err(error) => {
                leptos::logging::error!("{error}");
                self.phase.set(Phase::CannotStart(CannotStart::NoStorage));
            }
        }
    }

    fn died(self) {
        let pause = self.with(|line| {
            line.ready = false;
            let pause = line.pause;
            line.pause = (pause * 2).min(LAST_PAUSE);
            pause
        });
        self.forget_requests();
        self.phase.set(Phase::Restarting);
        // The worker is dropped there, not here: this runs inside one of its own callbacks.
        set_timeout(
            move || {
                drop(self.with(|line| line.worker.take()));
                self.start();
            },
            pause,
        );
    }

    /// Their senders are dropped, which tells those who wait.
    fn forget_requests(self) {
        let forgotten = self.with(|line| {
            (
                std::mem::take(&mut line.runs),
                std::mem::take(&mut line.acts),
            )
        });
        drop(forgotten);
        self.with(|line| line.waiting.clear());
    }

    fn hear(self, bytes: &[u8]) {
        let message = match codec::read(bytes) {
            Ok(message) => message,
            Err(error) => return leptos::logging::error!("{error}"),
        };
        match message {
            FromEngine::Told { number, told } => {
                let hear =
                    self.with(|line| line.watches.get(&number).map(|(_, hear)| Rc::clone(hear)));
                if let Some(hear) = hear {
                    hear(&told);
                }
            }
            FromEngine::Ran { number, result } => {
                self.note_room(result.as_ref().err() == Some(&RunError::StorageFull));
                if let Some(tell) = self.with(|line| line.runs.remove(&number)) {
                    // Who asked may have left the page.
                    let _ = tell.send(result);
                }
            }
            FromEngine::Acted { number, result } => {
                self.note_room(result.as_ref().err() == Some(&ActError::StorageFull));
                if let Some(tell) = self.with(|line| line.acts.remove(&number)) {
                    let _ = tell.send(result);
                }
            }
            FromEngine::Greeting(Greeting { session, first }) => {
                // Nothing has been kept, or it cannot be read: the answers come a moment later.
                let first: Vec<_> = codec::read(&first).unwrap_or_default();
                let said = Ask::first().into_iter().zip(first);
                let session = iter::once((Ask::Session, session));
                self.with(|line| line.greeting = session.chain(said).collect());
                self.pass_on_greeting();
            }
            FromEngine::Ready => self.became_ready(),
            FromEngine::CannotStart(reason) => {
                self.forget_requests();
                self.phase.set(Phase::CannotStart(reason));
            }
        }
    }

    fn note_room(self, full: bool) {
        if self.full.get_untracked() != full {
            self.full.set(full);
        }
    }

    /// Answers those who ask what the engine could say before it has read everything.
    fn pass_on_greeting(self) {
        let answered: Vec<(Hear, Sent)> = self.with(|line| {
            let answer = |(ask, hear): &(Ask, Hear)| {
                let (_, told) = line.greeting.iter().find(|(known, _)| known == ask)?;
                Some((Rc::clone(hear), told.clone()))
            };
            line.watches.values().filter_map(answer).collect()
        });
        for (hear, told) in answered {
            hear(&told);
        }
    }

    fn became_ready(self) {
        if self.with(|line| line.ready) {
            // A new writer has taken over; it knows nothing of what the former one was asked.
            self.forget_requests();
        }
        self.with(|line| {
            line.ready = true;
            line.greeting = Vec::new();
            line.pause = FIRST_PAUSE;
            let Some(worker) = &line.worker else { return };
            for (number, (ask, _)) in &line.watches {
                send(
                    worker,
                    &ToEngine::Watch {
                        number: *number,
                        ask: ask.clone(),
                    },
                );
            }
            for message in line.waiting.drain(..) {
                send(worker, &message);
            }
        });
        self.phase.set(Phase::Ready);
    }
}

fn read<T: DeserializeOwned>(told: &Sent) -> Option<T> {
    told.read()
        .inspect_err(|error| leptos::logging::error!("{error}"))
        .ok()
}

fn send(worker: &ByteWorker, message: &ToEngine) {
    match codec::write(message) {
        Ok(bytes) => worker.post(&bytes),
        Err(error) => leptos::logging::error!("{error}"),
    }
}
