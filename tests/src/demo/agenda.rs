//! A year, lived: every step in the order of time, up to now.

use anyhow::Result;
use caravan_domain::id::PersonId;
use caravan_domain::time::Instant;

use super::device::Device;
use super::life::Life;
use super::time::later;
use super::visit::{Ending, Visit};
use super::year::Year;
use crate::dice::Dice;

/// Numbers are places in the lists of the year.
#[derive(Clone, Copy)]
pub(super) enum Step {
    Import,
    WriteDown(usize),
    Promote(usize),
    Share(usize),
    Talk(usize),
    Plan(usize),
    Begin(usize),
    Record(usize),
    End(usize),
    Cancel(usize),
    Set(usize),
    Progress(usize),
    Finish(usize),
}

pub(super) async fn live(
    year: &mut Year,
    device: &Device,
    now: Instant,
    dice: &Dice,
) -> Result<()> {
    let mut steps = steps(year, device.person());
    steps.retain(|(at, _)| *at <= now);
    steps.sort_by_key(|(at, _)| *at);
    for (at, step) in steps {
        let mut life = Life {
            year,
            device,
            at,
            dice,
        };
        life.take(step).await?;
    }
    Ok(())
}

fn steps(year: &Year, me: PersonId) -> Vec<(Instant, Step)> {
    let mut steps = Vec::new();
    if let Some(first) = year.clients.iter().find(|mine| mine.imported) {
        steps.push((first.written, Step::Import));
    }
    for (place, mine) in year.clients.iter().enumerate() {
        if !mine.imported && mine.id.is_none() {
            steps.push((mine.written, Step::WriteDown(place)));
        }
        steps.extend(mine.becomes.map(|(at, _)| (at, Step::Promote(place))));
        steps.extend(mine.shared.map(|(at, _)| (at, Step::Share(place))));
    }
    let talks = year.talks.iter().enumerate();
    steps.extend(talks.map(|(place, talk)| (talk.at, Step::Talk(place))));
    for (place, visit) in year.visits.iter().enumerate() {
        let written = year.clients[visit.client].written;
        steps_of(place, visit, written, &mut steps);
    }
    for (place, errand) in year.errands.iter().enumerate() {
        if errand.id.is_none() {
            steps.push((errand.written, Step::Set(place)));
        }
        if errand.assignee == me {
            steps.extend(errand.progress.map(|(at, _)| (at, Step::Progress(place))));
            steps.extend(errand.done.map(|at| (at, Step::Finish(place))));
        }
    }
    steps
}

fn steps_of(place: usize, visit: &Visit, written: Instant, steps: &mut Vec<(Instant, Step)>) {
    let planned = visit.planned.filter(|planned| *planned > written);
    steps.extend(planned.map(|at| (at, Step::Plan(place))));
    match (&visit.ending, planned) {
        (Ending::Missed, _) => {}
        (Ending::Cancelled(_), Some(_)) => {
            steps.push((later(visit.begins, -90), Step::Cancel(place)));
        }
        _ => steps.extend([
            (visit.begins, Step::Begin(place)),
            (later(visit.ends, -3), Step::Record(place)),
            (visit.ends, Step::End(place)),
        ]),
    }
}
