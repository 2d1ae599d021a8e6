//! What the first screens say is kept once things are quiet, and goes with the next change: the next start shows it at
//! once, while ten thousand rows are still being read.

use caravan_domain::time::Day;
use caravan_port::ask::{Ask, Sent};
use caravan_port::codec;

use crate::engine::Engine;
use crate::error::EngineError;
use crate::platform::Platform;
use crate::storage::{Storage, StorageError, Store, Transaction};
use crate::stored;

/// There is one, under no name.
const KEY: &[u8] = &[];

/// What of it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Kept {
    #[default]
    Nothing,
    /// Of another day or build.
    Old,
    /// What the first screens say on this day.
    Of(Day),
}

impl Kept {
    /// A change makes it untrue.
    pub(crate) fn ends(self, transaction: &mut Transaction) {
        if self != Self::Nothing {
            transaction.delete(Store::Glimpse, KEY);
        }
    }
}

/// Empty when there is nothing that holds today. It is handed on as it was stored: only the screens read answers.
pub(crate) async fn read(
    storage: &impl Storage,
    platform: &impl Platform,
) -> Result<(Kept, Vec<u8>), StorageError> {
    let Some(bytes) = storage.get(Store::Glimpse, KEY).await? else {
        return Ok((Kept::Nothing, Vec::new()));
    };
    let day = platform.now().day();
    let holds = stored::read::<stored::Glimpse>(&bytes)
        .ok()
        .filter(|glimpse| glimpse.build == platform.build() && glimpse.day == day);
    Ok(match holds {
        Some(glimpse) => (Kept::Of(day), glimpse.told),
        None => (Kept::Old, Vec::new()),
    })
}

impl<S: Storage, P: Platform> Engine<S, P> {
    /// Keeps what the first screens say now, unless it is kept already.
    ///
    /// # Errors
    /// The storage's failure, which takes nothing away but the quick start.
    pub async fn keep_glimpse(&self) -> Result<(), EngineError> {
        let _writer = self.writer().await;
        let day = self.platform.now().day();
        if self.me().is_none() || self.state.borrow().glimpse == Kept::Of(day) {
            return Ok(());
        }
        let mut told = Vec::new();
        for ask in Ask::first() {
            let answer = self.first_answer(&ask).await;
            told.push(Sent::of(&answer.ok_or(EngineError::NotFound)??)?);
        }
        let glimpse = stored::Glimpse {
            build: self.platform.build(),
            day,
            told: codec::write(&told)?,
        };
        let mut transaction = Transaction::default();
        transaction.put(Store::Glimpse, KEY, stored::write(&glimpse));
        self.storage.commit(transaction).await?;
        self.state.borrow_mut().glimpse = Kept::Of(day);
        Ok(())
    }
}
