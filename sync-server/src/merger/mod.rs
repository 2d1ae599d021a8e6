//! The merger: looks into every change before anybody else is given it.
//!
//! Automerge breaks on some changes, and some make a document that never loads again. So a child
//! process, capped in memory and time, applies each change, saves, reloads and compares
//! ([`caravan_documents::Document::examine`]); it knows neither people nor rules and can be killed
//! at any moment. What it reports is held against the policy here, where the facts are
//! ([`verdict`]). A child that dies takes the one change with it that did it, and nothing else.

mod child;
mod message;
mod pipe;
mod process;
mod stretch;
mod verdict;

use std::path::PathBuf;
use std::sync::Arc;

use caravan_documents::{Document, Finding, Touch};
use tokio::sync::Mutex;

pub use child::{CPU_SECONDS, MEMORY_BYTES, run as run_child};
pub use message::Request;
pub use stretch::{Asked, Stretch};

use process::{Gone, Process};

/// Cheap to clone; one request at a time.
#[derive(Debug, Clone)]
pub struct Merger(Place);

#[derive(Debug, Clone)]
enum Place {
    /// For tests, and for whoever trusts what is pushed: only panics are survived.
    Here,
    Child(Arc<Child>),
}

#[derive(Debug)]
struct Child {
    program: PathBuf,
    running: Mutex<Option<Process>>,
}

/// No child process could be started: nothing is passed on until one can.
#[derive(Debug, thiserror::Error)]
#[error("the merger could not be started")]
pub struct NoMerger(#[source] std::io::Error);

/// What each change of a request does, in order, or why it must not be passed on.
pub type Report = Vec<Result<Vec<Touch>, Finding>>;

impl Merger {
    #[must_use]
    pub fn here() -> Self {
        Self(Place::Here)
    }

    /// `program` is this relay's own binary.
    #[must_use]
    pub fn child(program: PathBuf) -> Self {
        let running = Mutex::new(None);
        Self(Place::Child(Arc::new(Child { program, running })))
    }

    /// A report for each request, in order.
    ///
    /// # Errors
    /// When no child could be started. That one died is not an error: the change that did it is
    /// found out, and called unsound.
    pub async fn examine(&self, requests: Vec<Request>) -> Result<Vec<Report>, NoMerger> {
        match &self.0 {
            Place::Here => Ok(examine_here(requests).await),
            Place::Child(child) => child.examine(requests).await,
        }
    }
}

async fn examine_here(requests: Vec<Request>) -> Vec<Report> {
    let mut reports = Vec::with_capacity(requests.len());
    for request in requests {
        let examined = tokio::task::spawn_blocking(move || examine(&request));
        reports.push(examined.await.unwrap_or_default());
    }
    reports
}

impl Child {
    async fn examine(&self, mut requests: Vec<Request>) -> Result<Vec<Report>, NoMerger> {
        let mut running = self.running.lock().await;
        let mut reports = Vec::with_capacity(requests.len());
        while !requests.is_empty() {
            let later = requests.split_off(first_group(&requests));
            let together = std::mem::replace(&mut requests, later);
            if let Ok(found) = self.ask(&mut running, &together).await? {
                reports.extend(found);
                continue;
            }
            for request in together {
                reports.push(self.examine_apart(&mut running, request).await?);
            }
        }
        Ok(reports)
    }

    /// Some change brought the child down, or the machine did: each by itself, on what has passed.
    async fn examine_apart(
        &self,
        running: &mut Option<Process>,
        mut request: Request,
    ) -> Result<Report, NoMerger> {
        let changes = std::mem::take(&mut request.changes);
        let mut report = Report::with_capacity(changes.len());
        for change in changes {
            request.changes = vec![change];
            let found = self.ask_twice(running, &request).await?;
            if found.is_ok() {
                request.document.extend(&request.changes[0]);
            }
            report.push(found);
        }
        Ok(report)
    }

    /// The second time is for a machine that was short of memory for others' sake.
    async fn ask_twice(
        &self,
        running: &mut Option<Process>,
        request: &Request,
    ) -> Result<Result<Vec<Touch>, Finding>, NoMerger> {
        for _ in 0..2 {
            let asked = self.ask(running, std::slice::from_ref(request)).await?;
            if let Ok(mut reports) = asked {
                let found = reports.pop().and_then(|mut report| report.pop());
                return Ok(found.unwrap_or(Err(Finding::Unsound)));
            }
        }
        Ok(Err(Finding::Unsound))
    }

    /// A child is only blamed on a change when it had started and answered before.
    async fn ask(
        &self,
        running: &mut Option<Process>,
        requests: &[Request],
    ) -> Result<Result<Vec<Report>, Gone>, NoMerger> {
        let mut process = match running.take() {
            Some(process) => process,
            None => Process::start(&self.program).await.map_err(NoMerger)?,
        };
        let reports = process.ask(requests).await;
        if reports.is_ok() {
            *running = Some(process);
        }
        Ok(reports)
    }
}

/// How many requests go into one message: each message costs both processes a wake-up, and must
/// stay well below what a pipe takes.
fn first_group(requests: &[Request]) -> usize {
    const BYTES: usize = 4 << 20;
    let mut bytes = 0;
    let fits = requests.iter().take_while(|request| {
        let changes = request.changes.iter().map(|change| change.len());
        bytes += request.document.len() + changes.sum::<usize>();
        bytes <= BYTES
    });
    fits.count().max(1)
}

/// The work itself.
#[must_use]
pub fn examine(request: &Request) -> Report {
    let changes = || request.changes.iter().map(|change| change.as_slice());
    match Document::load(request.id, &request.document) {
        Ok(mut document) => document.examine(changes()),
        Err(_) => changes().map(|_| Err(Finding::Unsound)).collect(),
    }
}
