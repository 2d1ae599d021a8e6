//! Envelopes that are not what they say, or not for the first time.

use anyhow::{Result, ensure};
use caravan_domain::decision::Decision;
use caravan_domain::document::DocumentId;
use caravan_domain::id::DeviceId;
use caravan_domain::people::decision::PeopleDecision;
use caravan_sync::envelope::{Envelope, Payload};
use caravan_sync::frame::{Rejection, Verdict};

use super::Forgers;
use super::scene::Scene;
use crate::dice::Dice;
use crate::native::{Device, DeviceKey};
use crate::soak::raw::{self, new_client, new_name};

/// Envelopes in one push.
const BATCH: usize = 100;
/// By so much a number is out of order that is to get no place in the log.
const FAR: u64 = 1000;

pub(super) async fn forge(scene: &mut Scene, count: usize, came_to: &mut Forgers) -> Result<()> {
    let mut done = 0;
    while done < count {
        let batch = BATCH.min(count - done);
        actors(scene, done, batch).await?;
        signatures(scene, done, batch).await?;
        replays(scene, done, batch).await?;
        done += batch;
    }
    came_to.actors = done;
    came_to.signatures = done;
    came_to.replays = done;
    Ok(())
}

/// An envelope and what may become of it.
type Forgery = (Envelope, fn(&Verdict) -> bool);

async fn push(device: &mut Device, forged: Vec<Forgery>) -> Result<()> {
    let (envelopes, expected): (Vec<_>, Vec<_>) = forged.into_iter().unzip();
    let verdicts = raw::push(device, &envelopes).await?;
    for ((envelope, verdict), expected) in envelopes.iter().zip(&verdicts).zip(expected) {
        ensure!(expected(verdict), "{verdict:?} for {envelope:?}");
    }
    Ok(())
}

fn wrong_actor(verdict: &Verdict) -> bool {
    is_refused(verdict, Rejection::WrongActor)
}

fn bad_signature(verdict: &Verdict) -> bool {
    is_refused(verdict, Rejection::BadSignature)
}

fn out_of_order(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::OutOfOrder { .. })
}

fn is_refused(verdict: &Verdict, expected: Rejection) -> bool {
    matches!(verdict, Verdict::Refused { reason, .. } if *reason == expected)
}

/// Well signed, but not by whom it says.
async fn actors(scene: &mut Scene, from: usize, count: usize) -> Result<()> {
    let forger = &mut scene.forger;
    let others = [scene.director.id, scene.accomplice.id];
    let mut forged: Vec<Forgery> = Vec::new();
    for number in from..from + count {
        let other: DeviceId = scene.dice.any(&others);
        let own = scene.dice.pick(&scene.honest).map(|(it, _)| it.document);
        let document = match number % 3 {
            1 => own.unwrap_or_else(new_client),
            _ => new_client(),
        };
        let envelope = match number % 3 {
            // The change inside is another's.
            0 | 1 => forger.envelope(document, new_name(&scene.dice, other, document)?)?,
            // All of it is, but for the signature.
            _ => {
                let before = forger.clone();
                let payload = new_name(&scene.dice, other, document)?;
                let mut envelope = forger.envelope(document, payload)?;
                *forger = before;
                envelope.device = other;
                forger.sealed(envelope)?
            }
        };
        forged.push((envelope, wrong_actor));
    }
    push(forger, forged).await
}

/// In the name of a director, whose word would count.
async fn signatures(scene: &mut Scene, from: usize, count: usize) -> Result<()> {
    let device = &mut scene.director;
    let stranger = DeviceKey::generate()?;
    let elsewhere = scene.elsewhere.workspace;
    let mut forged: Vec<Forgery> = Vec::new();
    for number in from..from + count {
        let (document, payload) = order(&scene.dice, device.id)?;
        let mut envelope = device.envelope(document, payload)?;
        let signed = envelope.signed_bytes(device.workspace)?;
        match number % 4 {
            0 => {
                let bit = scene.dice.below(512);
                envelope.signature.0[bit / 8] ^= 1 << (bit % 8);
            }
            1 => envelope.signature = stranger.sign(&signed)?,
            2 => envelope.signature = device.key.sign(&envelope.signed_bytes(elsewhere)?)?,
            _ => envelope.signature.0 = scene.dice.bytes(),
        }
        forged.push((envelope, bad_signature));
        if number % 4 == 3 {
            forged.push((voucher(&scene.dice, device)?, out_of_order));
        }
    }
    push(device, forged).await
}

/// What a director may order.
fn order(dice: &Dice, device: DeviceId) -> Result<(DocumentId, Payload)> {
    if dice.percent(50) {
        let document = new_client();
        return Ok((document, new_name(dice, device, document)?));
    }
    let name = format!("Forged {:02x?}", dice.bytes::<4>());
    let decision = Decision::People(PeopleDecision::RenameWorkspace { name });
    Ok((DocumentId::WORKSPACE, Payload::of_decision(&decision)))
}

/// Well signed, names the device's last envelope, and will get no place in the log.
fn voucher(dice: &Dice, device: &Device) -> Result<Envelope> {
    let mut forward = device.clone();
    forward.sequence += FAR;
    let document = new_client();
    let payload = new_name(dice, device.id, document)?;
    forward.envelope(document, payload)
}

async fn replays(scene: &mut Scene, from: usize, count: usize) -> Result<()> {
    let (mut again, mut borrowed, mut abroad) = (Vec::new(), Vec::new(), Vec::new());
    for number in from..from + count {
        let Some((envelope, first)) = scene.dice.pick(&scene.honest) else {
            continue;
        };
        match number % 3 {
            0 => again.push((envelope.clone(), first.clone())),
            1 => borrowed.push((envelope.clone(), wrong_actor as fn(&Verdict) -> bool)),
            _ => abroad.push((envelope.clone(), foreign as fn(&Verdict) -> bool)),
        }
    }
    let (envelopes, firsts): (Vec<_>, Vec<_>) = again.into_iter().unzip();
    let verdicts = raw::push(&mut scene.forger, &envelopes).await?;
    ensure!(verdicts == firsts, "a repeat got another receipt");
    push(&mut scene.accomplice, borrowed).await?;
    push(&mut scene.elsewhere, abroad).await
}

/// Signed for another workspace: refused for that when it has a place in the chain there, and
/// without a place otherwise.
fn foreign(verdict: &Verdict) -> bool {
    bad_signature(verdict) || is_refused(verdict, Rejection::Forked) || out_of_order(verdict)
}
