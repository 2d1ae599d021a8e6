//! Nothing that was promised is lost, and what was refused is shown with what was typed.

use std::collections::BTreeSet;

use caravan_engine::storage::{Storage, Store};
use caravan_port::ask::{Ask, Told};
use caravan_sync::frame::Rejection;
use caravan_sync::relay::LogEntry;
use futures_executor::block_on;

use super::truth::Truth;
use super::{ensure, said};
use crate::simulator::phone::Phone;
use crate::simulator::relay::Relay;
use crate::simulator::word::words_in;

/// What the relay has confirmed it has, also from a device that is empty by now.
pub(super) fn acknowledged(phone: &Phone, relay: &Relay) -> Result<(), String> {
    let received = entries(phone, relay).count() as u64;
    ensure(received >= phone.acknowledged, || {
        format!(
            "{} envelopes were acknowledged, {received} are in the log",
            phone.acknowledged
        )
    })
}

/// Everything the engine said was safe is in the log, refused or not; what was refused is shown
/// to the person.
pub(super) fn promises(phone: &Phone, truth: &Truth, relay: &Relay) -> Result<(), String> {
    let entries: Vec<_> = entries(phone, relay).collect();
    let received = entries.len() as u64;
    ensure(received >= phone.envelopes, || {
        format!(
            "{} envelopes were promised, {received} received",
            phone.envelopes
        )
    })?;
    for word in &phone.promised {
        let found = truth.words.values().any(|words| words.contains(word));
        ensure(found, || format!("{word:?} was promised and is lost"))?;
    }
    let refused = entries.iter().filter(|entry| entry.refusal.is_some());
    let refused: Vec<_> = refused.copied().collect();
    let Ok(Told::Sync(view)) = block_on(phone.engine.answer(&Ask::Sync)) else {
        return Err("there is no sync view".into());
    };
    // The name of what was erased goes from the lines that tell of it.
    let mut erased = view.attention.iter();
    ensure(
        erased.all(|line| line.reason != Rejection::Erased || line.subject.is_empty()),
        || "a line names a client that was erased".into(),
    )?;
    // What was quarantined and then erased may have come back before that, or not at all.
    let perhaps: BTreeSet<_> = refused
        .iter()
        .filter(|entry| entry.is_erased())
        .filter(|entry| matches!(entry.refusal, Some(Rejection::Quarantined(_))))
        .map(|entry| entry.device_sequence)
        .collect();
    let refused: Vec<_> = refused
        .into_iter()
        .filter(|entry| !perhaps.contains(&entry.device_sequence))
        .collect();
    let shown: BTreeSet<_> = view
        .attention
        .iter()
        .filter(|line| !perhaps.contains(&line.sequence))
        .map(|line| (line.sequence, format!("{:?}", line.reason)))
        .collect();
    let expected: BTreeSet<_> = refused
        .iter()
        .filter_map(|entry| Some((entry.device_sequence, format!("{:?}", entry.refusal?))))
        .collect();
    ensure(shown == expected, || {
        format!("{expected:?} were refused, {shown:?} are shown")
    })?;
    typed(phone, &refused, relay)
}

/// The words of what was refused are still on the device.
fn typed(phone: &Phone, refused: &[&LogEntry], relay: &Relay) -> Result<(), String> {
    let stored = block_on(phone.storage().all(Store::Attention)).map_err(said)?;
    let kept: BTreeSet<_> = stored.iter().flat_map(|(_, it)| words_in(it)).collect();
    for entry in refused {
        let typed = relay
            .words
            .get(&entry.sequence)
            .ok_or("an entry was not noted")?;
        ensure(typed.is_subset(&kept), || {
            format!("{typed:?} was refused, and no longer to be found")
        })?;
    }
    Ok(())
}

fn entries<'a>(phone: &Phone, relay: &'a Relay) -> impl Iterator<Item = &'a LogEntry> + use<'a> {
    let device = phone.was;
    let entries = relay.log.iter();
    entries.filter(move |entry| Some(entry.device) == device)
}
