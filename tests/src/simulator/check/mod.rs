//! What must be true when everybody has come to rest: the same documents, rows and facts
//! everywhere, for those who may have them; nothing lost that was promised; what was refused
//! still there to be seen; nothing held that may not be read.

mod held;
mod kept;
mod settled;
mod truth;

use caravan_domain::agreements::standing::waits;
use caravan_domain::facts::FactKey;
use caravan_engine::storage::{Storage, Store};
use futures_executor::block_on;

use super::phone::Phone;
use super::relay::Relay;
use super::world::World;
use truth::Truth;

pub(super) fn check(world: &mut World) -> Result<(), String> {
    if let Some(leaked) = world.relay.leaked.take() {
        return Err(leaked);
    }
    settled::check(world.relay.core.facts())?;
    let truth = Truth::of(&world.relay)?;
    for phone in &mut world.phones {
        let number = phone.number;
        let of_phone = |what: String| format!("phone {number}: {what}");
        kept::acknowledged(phone, &world.relay).map_err(of_phone)?;
        if phone.wiped {
            check_wiped(phone, &world.relay).map_err(of_phone)?;
            continue;
        }
        nothing_erased(phone, &world.relay).map_err(of_phone)?;
        kept::promises(phone, &truth, &world.relay).map_err(of_phone)?;
        held::check(phone, &truth, &world.relay).map_err(of_phone)?;
        // What was stored is what was in memory.
        phone.crash();
        let after = |what: String| format!("phone {number}, started again: {what}");
        held::check(phone, &truth, &world.relay).map_err(after)?;
        held::heads(phone, &truth).map_err(after)?;
        held::nothing_else(phone, &truth, &world.relay).map_err(after)?;
    }
    truth.count(&world.relay, &mut world.tally);
    for phone in &world.phones {
        world.tally.add(
            "device lost power",
            phone.crashes - usize::from(!phone.wiped),
        );
        world.tally.add("document purged", phone.purged);
        world.tally.add("device wiped", usize::from(phone.wiped));
        let facts = world.relay.core.facts();
        let waits = phone.person().is_some_and(|person| waits(person, facts));
        world
            .tally
            .add("client data waits in the end", usize::from(waits));
    }
    world
        .tally
        .add("relay lost power in a push", world.relay.power_cuts);
    Ok(())
}

/// Nobody can be sent what was erased, and everybody is told that it was.
fn nothing_erased(phone: &Phone, relay: &Relay) -> Result<(), String> {
    let Some((_, _, device)) = phone.engine.me() else {
        return Ok(());
    };
    let facts = relay.core.facts();
    let mut told = 0;
    for reply in relay.everything_for(device) {
        let snapshots = reply.snapshots.iter().map(|it| it.document);
        let entries = reply.entries.iter().map(|it| it.envelope.document);
        let mut sent = snapshots.chain(entries);
        let erased = sent.find(|document| facts.is_erased(*document));
        ensure(erased.is_none(), || {
            format!("{erased:?} was erased and could still be sent")
        })?;
        let keys = reply.facts.iter().map(|change| change.key);
        told += keys.filter(|key| matches!(key, FactKey::Erased(_))).count();
    }
    ensure(told == facts.erased.len(), || {
        format!("is told of {told} of {} erasures", facts.erased.len())
    })
}

fn check_wiped(phone: &Phone, relay: &Relay) -> Result<(), String> {
    let held = Store::ALL.into_iter().filter(|store| *store != Store::Meta);
    let held: Vec<_> = held
        .filter(|store| phone.storage().len_of(*store) > 0)
        .collect();
    ensure(held.is_empty(), || {
        format!("was wiped and still has {held:?}")
    })?;
    let meta = block_on(phone.storage().all(Store::Meta)).map_err(said)?;
    ensure(meta.len() <= 1 && phone.engine.me().is_none(), || {
        "was wiped and still belongs to somebody".into()
    })?;
    let device = phone.was.ok_or("was wiped before it was anybody's")?;
    // Its person may be active again by now: the phone is empty all the same.
    ensure(relay.ever_cut_off.contains(&device), || {
        "was wiped and nobody had sent it away".into()
    })
}

fn ensure(holds: bool, otherwise: impl FnOnce() -> String) -> Result<(), String> {
    holds.then_some(()).ok_or_else(otherwise)
}

fn said(error: impl std::fmt::Display) -> String {
    error.to_string()
}
