//! What a search found last. Who types another letter is shown fewer of the same clients: only those are looked at again.

use std::cell::RefCell;

use crate::clients::list::ClientFilter;
use crate::edition::Edition;
use crate::id::ClientId;
use crate::search::Query;

#[derive(Debug, Default)]
pub(crate) struct Found(RefCell<Option<Known>>);

#[derive(Debug)]
struct Known {
    among: Edition,
    /// Its text is in `query`.
    filter: ClientFilter,
    query: Query,
    /// Every client whose fields pass and whose text is found, by id.
    clients: Vec<ClientId>,
}

impl Found {
    /// Of the clients as they are, those that alone can answer this; `None` when that may be any.
    pub(crate) fn before(
        &self,
        among: &Edition,
        filter: &ClientFilter,
        query: &Query,
    ) -> Option<Vec<ClientId>> {
        let mut known = self.0.borrow_mut();
        let fits = known.as_ref().is_some_and(|known| {
            known.among.is(among) && known.filter == *filter && query.narrows(&known.query)
        });
        // It is noted anew when this is answered.
        known.take().filter(|_| fits).map(|known| known.clients)
    }

    pub(crate) fn note(
        &self,
        among: &Edition,
        filter: ClientFilter,
        query: Query,
        clients: Vec<ClientId>,
    ) {
        *self.0.borrow_mut() = Some(Known {
            among: among.clone(),
            filter,
            query,
            clients,
        });
    }
}
