//! What the relay has decided holds together, said a second time and in other words than the decisions'.

use std::collections::{BTreeMap, BTreeSet};

use caravan_domain::facts::Facts;
use caravan_domain::grades::standing::PromotionState;
use caravan_domain::training::classes::decision::Register;

use super::ensure;

pub(super) fn check(facts: &Facts) -> Result<(), String> {
    agreements(facts)?;
    grades(facts)?;
    classes(facts)?;
    let mut scores = facts.training.scores.iter();
    ensure(
        scores.all(|((person, _), score)| score.by != *person),
        || "somebody has scored their own role play".into(),
    )
}

/// A signature is under a version that was asked for, each once, and nobody signs for the company under their own.
fn agreements(facts: &Facts) -> Result<(), String> {
    for ((person, agreement), signatures) in &facts.signatures {
        let asked = facts.requirements.get(agreement);
        let asked = asked.ok_or_else(|| format!("{agreement} was signed and never asked for"))?;
        let texts: BTreeSet<_> = signatures.iter().map(|it| it.version).collect();
        ensure(texts.len() == signatures.len(), || {
            format!("{person} has signed one text twice")
        })?;
        let known: BTreeSet<_> = asked.versions.iter().map(|it| it.digest).collect();
        ensure(texts.is_subset(&known), || {
            format!("{person} has signed what nobody asked for")
        })?;
        for signature in signatures {
            let device = facts.devices.get(&signature.device);
            ensure(device.is_some_and(|it| it.person == *person), || {
                format!("{person} has signed on another's device")
            })?;
            let company = signature.countersigned.as_ref();
            ensure(company.is_none_or(|it| it.by != *person), || {
                format!("{person} has signed for the company beneath their own name")
            })?;
        }
    }
    Ok(())
}

/// Every grade was set by another, or decided by somebody who neither proposed nor gets it.
fn grades(facts: &Facts) -> Result<(), String> {
    for (person, standing) in &facts.grades {
        let open = standing.promotions.iter();
        let open = open.filter(|it| it.state == PromotionState::Proposed);
        ensure(open.count() <= 1, || {
            format!("two proposals about {person} wait at once")
        })?;
        let mut given: BTreeMap<_, usize> = BTreeMap::new();
        for held in &standing.held {
            ensure(held.by != *person, || {
                format!("{person} has decided their own grade")
            })?;
            let Some(id) = held.promotion else { continue };
            *given.entry(id).or_default() += 1;
            let proposal = standing.promotions.iter().find(|it| it.id == id);
            let proposal = proposal.ok_or("a grade comes from no proposal")?;
            ensure(proposal.by != held.by && proposal.by != *person, || {
                format!("the grade of {person} was decided by who proposed it")
            })?;
            ensure(
                matches!(proposal.state, PromotionState::Accepted(_)),
                || format!("{person} has a grade that was not accepted"),
            )?;
        }
        let accepted = standing.promotions.iter();
        let accepted = accepted.filter(|it| matches!(it.state, PromotionState::Accepted(_)));
        ensure(
            accepted.count() == given.len() && given.values().all(|times| *times == 1),
            || format!("a proposal about {person} counts more or less than once"),
        )?;
    }
    Ok(())
}

/// No more come than there are seats, the count is that of the seats, the register says what they say, and nobody has
/// marked themself.
fn classes(facts: &Facts) -> Result<(), String> {
    for (id, class) in &facts.training.classes {
        let seats = facts.training.seats.iter();
        let seats = seats.filter(|((_, class), _)| class == id);
        let seats: Register = seats.map(|((person, _), seat)| (*person, *seat)).collect();
        let coming = seats.values().filter(|it| it.coming == Some(true)).count();
        ensure(coming == usize::from(class.coming), || {
            format!("{coming} come to {id}, which counts {}", class.coming)
        })?;
        ensure(class.coming <= class.room, || format!("{id} is overbooked"))?;
        let register = facts.training.registers.get(&(class.trainer, *id));
        ensure(register == Some(&seats), || {
            format!("the register of {id} says otherwise than its seats")
        })?;
        let mut marked = seats.iter();
        let by_themself =
            marked.any(|(person, seat)| seat.marked.is_some_and(|it| it.by == *person));
        ensure(!by_themself, || {
            format!("somebody has marked themself in {id}")
        })?;
    }
    Ok(())
}
