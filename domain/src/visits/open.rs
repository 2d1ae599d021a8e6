//! Opens one visit for reading.

use crate::clients::open::OpenDocument;
use crate::document::DocumentId;
use crate::id::{ClientId, VisitId};
use crate::policy;
use crate::query::Sources;
use crate::visits::list::VisitFile;
use crate::visits::record::{Visit, VisitState};
use crate::visits::{answer, row};

/// `document` is the client's; `None` when it has no such visit.
#[must_use]
pub fn open(
    client: ClientId,
    visit: VisitId,
    document: &OpenDocument<'_>,
    from: &Sources<'_>,
) -> Option<VisitFile> {
    let key = visit.to_string();
    let visit = Visit::read(client, &key, document.tree.at(&["visits", &key])?)?;
    let line = answer::line(&row::row(&visit), from);
    let plan = from.facts.plan();
    let received_at = |step| (document.received_at)(&["visits", &key, step]);
    let may_edit = policy::may_write(from.me, DocumentId::from(client), from.facts);
    Some(VisitFile {
        client_name: line.client_name,
        address: line.address,
        client_position: line.client_position,
        by_name: line.by_name,
        with_names: from.names_of(visit.with.iter().copied()),
        actions: plan.actions(visit.kind).to_vec(),
        check_in_received_at: visit.check_in.as_ref().and(received_at("check_in")),
        check_out_received_at: visit.check_out.as_ref().and(received_at("check_out")),
        may_edit,
        may_check: may_edit
            && visit.by == from.me
            && matches!(visit.state(), VisitState::Planned | VisitState::UnderWay),
        mark: line.mark,
        visit,
    })
}
