//! Nothing that was promised is lost, and what was refused is shown with what was typed.

use std::collections::BTreeSet;

use caravan_domain::decision::Decision;
use caravan_domain::document::DocumentId;
use caravan_engine::storage::{Storage, Store};
use caravan_port::ask::{Ask, Told};
use caravan_sync::envelope::{Envelope, Hash};
use caravan_sync::frame::Rejection;
use caravan_sync::relay::LogEntry;
use futures_executor::block_on;

use super::truth::Truth;
use super::{ensure, said};
use crate::simulator::phone::Phone;
use crate::simulator::relay::Relay;
use crate::simulator::word::words_in;

/// Lines above are not about what the phone itself pushed.
const OWN: u64 = 1 << 63;

/// What the relay has confirmed it has, also from a device that is empty by now.
pub(super) fn acknowledged(phone: &Phone, relay: &Relay) -> Result<(), String> {
    let entries: Vec<_> = entries(phone, relay).collect();
    let received = (entries.len() + given_up(phone, &entries, relay)?.len()) as u64;
    // With the phone goes what it could have given back.
    let excused = let_go(phone, relay).count() as u64;
    ensure(received + excused >= phone.acknowledged, || {
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
    let excused: Vec<_> = let_go(phone, relay).collect();
    let given_up = given_up(phone, &entries, relay)?;
    let accounted = received + (excused.len() + given_up.len()) as u64;
    ensure(accounted >= phone.envelopes, || {
        format!(
            "{} envelopes were promised, {received} received and {} let go",
            phone.envelopes,
            excused.len()
        )
    })?;
    let gone: BTreeSet<_> = excused
        .iter()
        .flat_map(|it| words_in(&it.envelope))
        .collect();
    let shown_words = block_on(phone.storage().all(Store::Attention)).map_err(said)?;
    let shown_words: BTreeSet<_> = shown_words
        .iter()
        .flat_map(|(_, it)| words_in(it))
        .collect();
    let erased = relay
        .lost
        .iter()
        .filter(|entry| relay.erased_then.contains(&entry.document))
        .filter_map(|entry| relay.words.get(&entry.hash));
    let erased: BTreeSet<_> = erased.flatten().collect();
    for word in &phone.promised {
        let logged = truth.words.values().any(|words| words.contains(word));
        let found =
            logged || gone.contains(word) || shown_words.contains(word) || erased.contains(word);
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
    let mut perhaps: BTreeSet<_> = refused
        .iter()
        .filter(|entry| entry.is_erased())
        .filter(|entry| matches!(entry.refusal, Some(Rejection::Quarantined(_))))
        .map(|entry| entry.device_sequence)
        .collect();
    perhaps.extend(came_back_with_a_handover(&refused));
    let refused: Vec<_> = refused
        .into_iter()
        .filter(|entry| !perhaps.contains(&entry.device_sequence))
        .collect();
    let shown: BTreeSet<_> = view
        .attention
        .iter()
        .filter(|line| line.sequence < OWN && !perhaps.contains(&line.sequence))
        .map(|line| (line.sequence, format!("{:?}", line.reason)))
        .collect();
    let expected: BTreeSet<_> = refused
        .iter()
        .filter_map(|entry| Some((entry.device_sequence, format!("{:?}", entry.refusal?))))
        .collect();
    let told = stored_changes(phone)?;
    let unexplained = expected.difference(&shown).filter(|(number, _)| {
        // A device that had to begin from nothing is not told how it was called, but shows the words.
        let entry = refused.iter().find(|it| it.device_sequence == *number);
        let change = entry.and_then(|entry| entry.change());
        !relay.restored || !change.is_some_and(|change| told.contains(&change))
    });
    let unexplained: Vec<_> = unexplained.collect();
    let lost = relay.lost.iter().filter(|it| Some(it.device) == phone.was);
    let lost: BTreeSet<_> = lost.map(|it| it.device_sequence).collect();
    let surplus = shown.difference(&expected);
    // What was refused before is still shown, although the log has forgotten that it was.
    let explained = |number: &u64| lost.contains(number) || given_up.contains(number);
    let surplus: Vec<_> = surplus.filter(|(number, _)| !explained(number)).collect();
    ensure(unexplained.is_empty() && surplus.is_empty(), || {
        format!("{unexplained:?} were refused and not shown, {surplus:?} are shown and were not")
    })?;
    typed(phone, &refused, relay)
}

/// Capsules and tasks of handovers that were refused: a person is told of the handover, once, and what they had typed
/// waits in its form. The decision comes first, and what one command writes is written at one instant.
fn came_back_with_a_handover(refused: &[&LogEntry]) -> Vec<u64> {
    let mut handed_over = None;
    let mut with_it = Vec::new();
    let mut in_their_order = refused.to_vec();
    // A restored log has them in the order in which they came back.
    in_their_order.sort_unstable_by_key(|entry| entry.device_sequence);
    for entry in in_their_order {
        let envelope = Envelope::from_bytes(&entry.envelope);
        let decision = envelope.as_ref().and_then(|it| it.payload.decision());
        let written_at = envelope.map(|envelope| envelope.written_at);
        match decision {
            Some(Decision::HandOver(_)) => handed_over = written_at,
            Some(_) => handed_over = None,
            // Nobody can read when something erased was written.
            None if handed_over.is_some()
                && written_at.is_none_or(|at| handed_over == Some(at)) =>
            {
                with_it.push(entry.device_sequence);
            }
            None => {}
        }
    }
    with_it
}

/// What needs attention without ever having come into the restored log: it rests on what is lost.
fn given_up(phone: &Phone, entries: &[&LogEntry], relay: &Relay) -> Result<BTreeSet<u64>, String> {
    let Ok(Told::Sync(view)) = block_on(phone.engine.answer(&Ask::Sync)) else {
        return match phone.wiped {
            true => Ok(BTreeSet::new()),
            false => Err("there is no sync view".into()),
        };
    };
    let logged: BTreeSet<_> = entries.iter().map(|it| it.device_sequence).collect();
    let lines = view.attention.iter().map(|line| line.sequence);
    let lines = lines.filter(|it| relay.restored && *it < OWN && !logged.contains(it));
    Ok(lines.collect())
}

/// The changes that stand among what needs attention.
fn stored_changes(phone: &Phone) -> Result<BTreeSet<Hash>, String> {
    let sequences = match block_on(phone.engine.answer(&Ask::Sync)) {
        Ok(Told::Sync(view)) => view.attention,
        _ => return Err("there is no sync view".into()),
    };
    let changes = sequences
        .iter()
        .filter_map(|line| phone.engine.refused_change(line.sequence));
    Ok(changes.collect())
}

/// The words of what was refused are still on the device.
fn typed(phone: &Phone, refused: &[&LogEntry], relay: &Relay) -> Result<(), String> {
    let stored = block_on(phone.storage().all(Store::Attention)).map_err(said)?;
    let kept: BTreeSet<_> = stored.iter().flat_map(|(_, it)| words_in(it)).collect();
    for entry in refused {
        let typed = relay
            .words
            .get(&entry.hash)
            .ok_or("an entry was not noted")?;
        ensure(typed.is_subset(&kept), || {
            format!("{typed:?} was refused, and no longer to be found")
        })?;
    }
    Ok(())
}

/// What the phone once had in the log, which was restored from a copy that lacks it, and could not
/// keep, because it was wiped or had to part with the document, be it that it has it again by now.
fn let_go<'a>(phone: &'a Phone, relay: &'a Relay) -> impl Iterator<Item = &'a LogEntry> {
    let device = phone.was;
    let held: BTreeSet<_> = phone.engine.documents().into_iter().collect();
    let known: BTreeSet<_> = entries(phone, relay).map(|it| it.device_sequence).collect();
    let wiped = phone.wiped;
    let mut seen = BTreeSet::new();
    let lost = relay
        .lost
        .iter()
        .filter(move |it| Some(it.device) == device);
    lost.filter(move |entry| {
        let parted = phone.parted.get(&entry.document);
        let parted = parted.is_some_and(|until| entry.device_sequence <= *until);
        let holds = held.contains(&entry.document) && !parted;
        let keeps = entry.document == DocumentId::WORKSPACE || holds;
        // What was refused is shown, and is not given back.
        let stands = relay.stands.contains(&entry.hash);
        (wiped || !keeps || stands || entry.refusal.is_some())
            && !known.contains(&entry.device_sequence)
            && seen.insert(entry.device_sequence)
    })
}

fn entries<'a>(phone: &Phone, relay: &'a Relay) -> impl Iterator<Item = &'a LogEntry> + use<'a> {
    let device = phone.was;
    let entries = relay.log.iter();
    entries.filter(move |entry| Some(entry.device) == device)
}
