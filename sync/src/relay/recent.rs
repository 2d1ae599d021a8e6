//! Facts as they were a moment ago. Between receiving a change and looking into it, its author may lose what allowed it:
//! it is judged by what held when it was received, or it would depend on how busy the relay was.
//!
//! Left out: a relay that stops in between forgets what was, and judges by what it finds when it starts again.

use std::borrow::Cow;

use caravan_domain::facts::{FactChange, Facts};

use super::index::SequencedFact;
use crate::cursor::Sequence;

#[derive(Debug, Clone, Default)]
pub(super) struct Recent(Vec<Settled>);

#[derive(Debug, Clone)]
struct Settled {
    sequence: Sequence,
    before: FactChange,
    after: FactChange,
}

impl Recent {
    /// In the log's order; `before` are the facts without it.
    pub(super) fn note(&mut self, fact: &SequencedFact, before: &Facts) {
        let key = fact.change.key;
        let fact_before = before.get(key);
        self.0.push(Settled {
            sequence: fact.sequence,
            before: FactChange {
                key,
                fact: fact_before,
            },
            after: fact.change.clone(),
        });
    }

    pub(super) fn forget(&mut self, upto: Sequence) {
        self.0.retain(|it| it.sequence > upto);
    }

    pub(super) fn facts_then<'a>(&'a self, now: &'a Facts) -> FactsThen<'a> {
        let mut facts = Cow::Borrowed(now);
        for settled in self.0.iter().rev() {
            facts.to_mut().apply(settled.before.clone());
        }
        FactsThen {
            facts,
            ahead: &self.0,
        }
    }
}

/// Walks from the oldest entry that was not looked into yet to the newest.
#[derive(Debug)]
pub struct FactsThen<'a> {
    facts: Cow<'a, Facts>,
    ahead: &'a [Settled],
}

impl FactsThen<'_> {
    /// What held when the entry at `sequence` was received. Sequences must not go back.
    pub fn at(&mut self, sequence: Sequence) -> &Facts {
        while let Some((next, ahead)) = self.ahead.split_first()
            && next.sequence <= sequence
        {
            self.facts.to_mut().apply(next.after.clone());
            self.ahead = ahead;
        }
        &self.facts
    }
}
