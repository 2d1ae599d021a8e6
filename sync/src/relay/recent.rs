//! Facts as they were a moment ago. Between receiving a change and looking into it, its author may lose what allowed it:
//! it is judged by what held when it was received, or it would depend on how busy the relay was.
//!
//! Left out: a relay that stops in between forgets what was, and judges by what it finds when it starts again.

use std::collections::VecDeque;

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

    /// As they were at `released`, where what was forgotten ends. `former` is gone on from where it has come just there: to
    /// copy all facts takes milliseconds in a large workspace.
    pub(super) fn facts_then(
        &self,
        released: Sequence,
        now: &Facts,
        former: Option<FactsThen>,
    ) -> FactsThen {
        let facts = match former {
            Some(former) if former.at == released => former.facts,
            _ => {
                let mut facts = now.clone();
                for settled in self.0.iter().rev() {
                    facts.apply(settled.before.clone());
                }
                facts
            }
        };
        let ahead = self.0.iter().map(|it| (it.sequence, it.after.clone()));
        FactsThen {
            at: released,
            facts,
            ahead: ahead.collect(),
        }
    }
}

/// Walks from the oldest entry that was not looked into yet to the newest.
#[derive(Debug, PartialEq, Eq)]
pub struct FactsThen {
    at: Sequence,
    facts: Facts,
    ahead: VecDeque<(Sequence, FactChange)>,
}

impl FactsThen {
    /// What held when the entry at `sequence` was received. Sequences must not go back.
    pub fn at(&mut self, sequence: Sequence) -> &Facts {
        while let Some((_, change)) = self.ahead.pop_front_if(|(next, _)| *next <= sequence) {
            self.facts.apply(change);
        }
        self.at = self.at.max(sequence);
        &self.facts
    }
}
