use caravan_domain::{
    clients::{
        command::ClientCommand,
        list::{ClientFilter, ClientList, ClientPage},
    },
    command::Command,
    id::{BatchId, ClientId},
    query::{Answer, Query},
};
use caravan_port::{
    ask::{Ask, Told},
    message::RunError,
};

use crate::engine::{Engine, Failure};

const AT_ONCE: usize = 500;

/// Archives what of a batch is not archived yet; cut short, it is finished by doing it again. `tell` hears how many of
/// how many are done.
pub(super) async fn undo(
    engine: Engine,
    batch: BatchId,
    tell: impl Fn(usize, usize),
) -> Result<(), Failure<RunError>> {
    let clients = clients_of(engine, batch).await;
    let mut done = 0;
    for chunk in clients.chunks(AT_ONCE) {
        tell(done, clients.len());
        let command = ClientCommand::UndoImport {
            batch,
            clients: chunk.to_vec(),
        };
        engine.run(Command::Client(command)).await?;
        done += chunk.len();
    }
    Ok(())
}

async fn clients_of(engine: Engine, batch: BatchId) -> Vec<ClientId> {
    let list = ClientList {
        filter: ClientFilter {
            batch: Some(batch),
            ..ClientFilter::default()
        },
        limit: u32::MAX,
        ..ClientList::default()
    };
    let page = engine.ask(Ask::Rows(Query::Clients(list)), page_told).await;
    let lines = page.map(|page| page.lines).unwrap_or_default();
    lines.into_iter().map(|line| line.id).collect()
}

fn page_told(page: ClientPage) -> Told {
    Told::Rows(Answer::Clients(page))
}
