//! The sessions that were asked for lately, so that a device that comes back need not wait for the
//! store. A session never changes and is never taken back: that is what a device's standing is for.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::store::{SessionRow, TokenHash};

/// About 100 bytes each.
const KEPT: usize = 10_000;

#[derive(Debug, Default)]
pub struct Sessions(Mutex<HashMap<TokenHash, SessionRow>>);

impl Sessions {
    #[must_use]
    pub fn get(&self, token: &TokenHash) -> Option<SessionRow> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(token).copied()
    }

    /// Beginning anew when there are too many costs each device one look into the store.
    pub fn keep(&self, token: TokenHash, session: SessionRow) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(token, session);
    }
}

#[cfg(test)]
mod tests {
    use caravan_domain::id::{DeviceId, Id, WorkspaceId};
    use caravan_domain::time::Instant;

    use super::*;

    #[test]
    fn holds_what_it_was_given_and_not_without_end() {
        let sessions = Sessions::default();
        let session = SessionRow {
            workspace: WorkspaceId(Id::ZERO),
            device: DeviceId(Id::ZERO),
            since: Instant::from_millis(1),
        };
        let token = |number: usize| {
            let mut token = [0; 32];
            token[..8].copy_from_slice(&number.to_be_bytes());
            token
        };
        for number in 0..=KEPT {
            sessions.keep(token(number), session);
            assert_eq!(sessions.get(&token(number)), Some(session));
        }
        assert_eq!(sessions.get(&token(0)), None);
        assert_eq!(sessions.0.lock().unwrap().len(), 1);
    }
}
