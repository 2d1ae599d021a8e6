//! The sync state of each record (U4), out of outbox, attention and receipts.

use caravan_domain::command::RecordRef;
use caravan_domain::document::DocumentId;
use caravan_domain::mark::Mark;
use caravan_domain::query::Marks;
use caravan_domain::time::Instant;

use crate::state::State;

impl Marks for State {
    fn mark(&self, record: RecordRef) -> Mark {
        if self
            .attention
            .values()
            .any(|known| known.outgoing.record == Some(record))
        {
            return Mark::NeedsAttention;
        }
        match self.outbox.last_for(record) {
            Some(last) if last <= self.outbox.sent_through => Mark::Sent,
            Some(_) => Mark::Saved,
            None => Mark::Received(self.received_at(record)),
        }
    }

    fn waiting(&self) -> u32 {
        self.outbox.len()
    }

    fn needing_attention(&self) -> u32 {
        u32::try_from(self.attention.len()).unwrap_or(u32::MAX)
    }
}

impl State {
    fn received_at(&self, record: RecordRef) -> Option<Instant> {
        let note = |document: DocumentId| self.notes.get(&document).map(|known| &known.note);
        let (document, id) = match record {
            RecordRef::Client(client) => return note(client.into())?.received_at,
            RecordRef::Person(_) | RecordRef::Reply(..) => return None,
            RecordRef::Review(person, _) => {
                return note(DocumentId::reviews(person))?.received_at;
            }
            RecordRef::Visit(client, visit) => (DocumentId::from(client), visit.0),
            RecordRef::Task(person, task) => (DocumentId::from(person), task.0),
            RecordRef::Course(course) => (DocumentId::COMPANY, course.0),
            RecordRef::Class(class) => (DocumentId::COMPANY, class.0),
            RecordRef::Agreement(agreement) => (DocumentId::COMPANY, agreement.0),
            RecordRef::Round(round) => (DocumentId::COMPANY, round.0),
            RecordRef::Goal(goal) => (goal.place.document(), goal.goal.0),
            RecordRef::Order(client, order) => (DocumentId::orders(client), order.0),
            RecordRef::Pay(person, id) => (DocumentId::pay(person), id),
            RecordRef::Post(team, id) => (DocumentId::from(team), id),
        };
        let records = &note(document)?.records;
        records
            .iter()
            .find(|(known, _)| *known == id)
            .map(|(_, at)| *at)
    }
}
