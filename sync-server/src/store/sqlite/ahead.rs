//! Makes keys before the commit that needs them. A new document's key is durable before anything encrypted with it is, which is a
//! trip to the disk of its own; here it is made while the pushes before are on theirs.

use std::thread;

use futures_util::future::FutureExt;
use tokio::sync::{mpsc, oneshot};

use super::writer::Done;
use crate::store::{Keys, Owner, StoreError, Written};

/// Pushes waiting before those who send must wait too.
const QUEUE: usize = 1024;
/// Pushes whose keys are made together.
const GROUP: usize = 64;

type Request = (Vec<Owner>, Done<()>);

#[derive(Debug, Clone)]
pub(super) struct KeysAhead(mpsc::Sender<Request>);

impl KeysAhead {
    /// On a thread of its own, which ends with the last clone of this.
    pub(super) fn start(keys: Keys) -> Result<Self, StoreError> {
        let (sender, requests) = mpsc::channel(QUEUE);
        thread::Builder::new()
            .name("store-keys".to_owned())
            .spawn(move || run(&keys, requests))
            .map_err(|error| StoreError::Folder(error.into()))?;
        Ok(Self(sender))
    }

    pub(super) fn make(&self, owners: Vec<Owner>) -> Written<()> {
        let sender = self.0.clone();
        async move {
            let (done, answer) = oneshot::channel();
            let sent = sender.send((owners, done)).await;
            sent.map_err(|_| StoreError::Stopped)?;
            answer.await.map_err(|_| StoreError::Stopped)?
        }
        .boxed()
    }
}

fn run(keys: &Keys, mut requests: mpsc::Receiver<Request>) {
    let mut group = Vec::with_capacity(GROUP);
    while requests.blocking_recv_many(&mut group, GROUP) > 0 {
        let owners = group.iter().flat_map(|(owners, _)| owners.iter().copied());
        let made = keys.make_missing(owners.collect());
        for (_, done) in group.drain(..) {
            // Who asked may be gone.
            drop(done.send(made.clone()));
        }
    }
}
