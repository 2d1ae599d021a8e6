//! A profile on two machines: the same key, and the same place in the chain.

use anyhow::{Context, Result, ensure};
use caravan_sync::envelope::Envelope;
use caravan_sync::frame::{DeviceFrame, Rejection, RelayFrame, Verdict};
use hyper::{Method, StatusCode};

use super::scene::Scene;
use super::stolen::photo;
use crate::dice::Dice;
use crate::native::{Device, looked_into};
use crate::soak::device::Device as Phone;
use crate::soak::raw::{new_client, new_name, push};
use crate::soak::socket;

/// What the second writer tries before it gives up.
const TRIES: usize = 3;

pub(super) async fn copy(scene: &mut Scene, rounds: usize) -> Result<usize> {
    for _ in 0..rounds {
        let mut first = scene.link().await?;
        first.catch_up().await?;
        write(scene, &mut first).await?;
        // Whoever of the two writes first is the device.
        let mut second = first.clone();
        write(scene, &mut first).await?;
        for tried in 0..TRIES {
            let verdict = try_writing(&scene.dice, &mut second).await?;
            let told = match verdict {
                Verdict::Refused { reason, .. } => reason == Rejection::Forked,
                // What it numbers further than the device has come hangs in the air.
                Verdict::OutOfOrder { .. } | Verdict::Waits => tried > 1,
                Verdict::Received { .. } => false,
            };
            ensure!(told, "the copy was told {verdict:?}");
        }
        write(scene, &mut first).await?;
        revoke(scene, &first).await?;
        gets_nothing(&mut second).await?;
        gets_nothing(&mut first.clone()).await?;
        scene.copied.push(first);
    }
    with_engines(scene).await?;
    Ok(rounds)
}

async fn try_writing(dice: &Dice, device: &mut Device) -> Result<Verdict> {
    let envelope = next(dice, device)?;
    let verdicts = push(device, &[envelope]).await?;
    verdicts.into_iter().next().context("one was pushed")
}

fn next(dice: &Dice, device: &mut Device) -> Result<Envelope> {
    let document = new_client();
    let payload = new_name(dice, device.id, document)?;
    device.envelope(document, payload)
}

async fn write(scene: &mut Scene, device: &mut Device) -> Result<()> {
    let verdict = try_writing(&scene.dice, device).await?;
    let received = matches!(verdict, Verdict::Received { .. });
    ensure!(received, "the original was told {verdict:?}");
    scene.counts.insert((device.id, device.sequence));
    Ok(())
}

async fn revoke(scene: &Scene, device: &Device) -> Result<()> {
    // That it has joined is passed on when everything before that was looked into.
    looked_into(scene.address()).await?;
    scene.founder.settle(scene.address()).await?;
    scene.founder.revoke(device.id).await?;
    scene.founder.settle(scene.address()).await
}

/// By no way there is.
async fn gets_nothing(device: &mut Device) -> Result<()> {
    for _ in 0..2 {
        match device.ask(Vec::new()).await? {
            RelayFrame::Challenge(challenge) => device.challenged(challenge),
            frame => ensure!(frame == RelayFrame::Revoked, "a copy gets {frame:?}"),
        }
    }
    let say = vec![DeviceFrame::Continue(device.cursor)];
    for frame in socket::converse(device, &device.credentials()?, say).await? {
        ensure!(frame == RelayFrame::Revoked, "a copy gets {frame:?}");
    }
    for method in [Method::GET, Method::HEAD, Method::PATCH] {
        let path = format!(
            "/api/blobs/{}?document=client/{}",
            super::stolen::hex(b""),
            device.id
        );
        let heard = photo(device, method, &path, Some(device)).await?;
        ensure!(
            heard.status == StatusCode::FORBIDDEN,
            "a copy gets {heard:?}"
        );
    }
    Ok(())
}

/// What the copy's person wrote stays with them, waiting, and everything of the original is there.
/// Once they have come in again, as a device of their own, all of it reaches the relay.
async fn with_engines(scene: &Scene) -> Result<()> {
    let address = scene.address();
    let links = scene.founder.links(1).await?;
    scene.founder.settle(address).await?;
    let token = links.first().context("one link was asked for")?;
    let original = Phone::join(address, *token, &scene.dice).await?;
    original.catch_up(&scene.relay).await?;
    for _ in 0..TRIES {
        original.write().await?;
    }
    original.catch_up(&scene.relay).await?;
    let mut copy = original.copied().await?;
    for _ in 0..TRIES {
        original.write().await?;
    }
    original.catch_up(&scene.relay).await?;
    let before = copy.names();
    // Beyond what the original has written since: the last ones hang in the air.
    for _ in 0..2 * TRIES {
        copy.write().await?;
    }
    let mut written = copy.names();
    written.retain(|client, name| before.get(client) != Some(name));
    for _ in 0..TRIES {
        copy.exchange(address).await?;
    }
    ensure!(
        original.needs_attention().await? == 0,
        "the original lost something"
    );
    let (kept, waiting) = (copy.needs_attention().await?, copy.engine.waiting());
    ensure!(
        kept == 0 && usize::try_from(waiting)? == 2 * TRIES,
        "{kept} edits of the copy were taken back, {waiting} wait"
    );
    ensure!(!copy.engine.has_unsent(), "a copy goes on pushing");
    scene.founder.catch_up(&scene.relay).await?;
    original.catch_up(&scene.relay).await?;
    let held = scene.founder.heads().await?;
    ensure!(
        held == original.heads().await?,
        "the original lost something"
    );
    let links = scene.founder.links(1).await?;
    scene.founder.settle(address).await?;
    let token = links.first().context("one link was asked for")?;
    copy.come_in_again(address, *token).await?;
    copy.catch_up(&scene.relay).await?;
    ensure!(copy.needs_attention().await? == 2 * TRIES, "some were lost");
    copy.write_all_again().await?;
    copy.catch_up(&scene.relay).await?;
    ensure!(copy.needs_attention().await? == 0, "some cannot be written");
    scene.founder.catch_up(&scene.relay).await?;
    let names = scene.founder.names();
    for (client, name) in &written {
        ensure!(names.get(client) == Some(name), "{name} was lost");
    }
    Ok(())
}
