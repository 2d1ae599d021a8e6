//! A relay in the middle of a story, to be told things that nobody said.

use std::collections::BTreeMap;

use caravan_sync::change;
use caravan_sync::codec;
use caravan_sync::cursor::Cursor;
use caravan_sync::envelope::{Envelope, Payload};
use caravan_sync::frame::{DeviceFrame, ExchangeRequest};
use caravan_sync::join::JoinRequest;
use futures_executor::block_on;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::Failed;
use super::handset::{signed, verify};
use super::relay::WORKSPACE;
use super::story::begin;
use super::world::World;

/// Envelopes in one of the frames.
const PUSH: usize = 6;
/// Where a change's checksum stands, and what it is over (Automerge binary format).
const CHECKSUM: std::ops::Range<usize> = 4..8;
const CHECKED_FROM: usize = 8;

/// A relay, and what people have said to it. Nothing that it hears changes it.
pub struct Target {
    world: World,
    /// What was really sent up, as it travels.
    pub frames: Vec<Vec<u8>>,
}

impl Target {
    /// # Errors
    /// When the story itself goes wrong.
    pub fn after(seed: u64) -> Result<Self, Failed> {
        let world = begin(seed)?;
        let frames = frames(&world);
        Ok(Self { world, frames })
    }

    /// Whether it could be read as anything. What could is given to the core, `resigned` by the device
    /// that it names.
    pub fn hear(&mut self, frame: &[u8], resigned: bool) -> bool {
        let joining = codec::decode::<JoinRequest>(frame).is_ok();
        let said = codec::decode::<DeviceFrame>(frame).ok();
        let asked = codec::decode::<ExchangeRequest>(frame).ok();
        let readable = joining || said.is_some() || asked.is_some();
        if let Some(ExchangeRequest {
            credentials,
            outbox,
        }) = asked
        {
            // Refused, as a rule; a challenge that is good is used up.
            let _ = self.world.relay.begin(&credentials);
            self.pushed(outbox, resigned);
            self.asked(credentials.cursor);
        }
        match said {
            Some(DeviceFrame::Push(envelopes)) => self.pushed(envelopes, resigned),
            Some(DeviceFrame::Continue(cursor)) => self.asked(cursor),
            None => {}
        }
        readable
    }

    /// Judged as the log stands, and forgotten.
    fn pushed(&mut self, mut envelopes: Vec<Envelope>, resigned: bool) {
        for envelope in &mut envelopes {
            // Whatever was read can be kept and read again.
            let kept = Envelope::from_bytes(&envelope.to_bytes());
            assert_eq!(kept.as_ref(), Some(&*envelope));
            if resigned {
                self.sign(envelope);
            }
            let _ = change::header(envelope.payload.bytes());
        }
        let mut pending = self.world.relay.core.begin();
        let relay = &self.world.relay;
        // A relay that was rebuilt has not seen every key again, and lets nobody in as such a device.
        let devices = relay.core.facts().devices.keys();
        for device in devices.filter(|device| relay.core.key(**device).is_some()) {
            let now = relay.now();
            let admitted =
                relay
                    .core
                    .admit(&mut pending, now, *device, &envelopes, &verify, &relay.log);
            let receipts = admitted.expect("the log is in memory").receipts;
            assert_eq!(receipts.len(), envelopes.len());
        }
    }

    fn asked(&mut self, cursor: Cursor) {
        let device = self.world.phones.iter().find_map(|phone| phone.was);
        let device = device.expect("phones have joined");
        self.world.relay.reply_at(device, cursor, Vec::new());
        assert_eq!(self.world.relay.leaked, None);
    }

    /// With a checksum that fits, so that it is looked at any further.
    fn sign(&self, envelope: &mut Envelope) {
        if let Payload::Change(bytes) = &mut envelope.payload
            && let Some((head, checked)) = bytes.split_at_mut_checked(CHECKED_FROM)
        {
            let digest = Sha256::digest(checked);
            head[CHECKSUM].copy_from_slice(&digest[..CHECKSUM.len()]);
        }
        let mut phones = self.world.phones.iter();
        let author = phones.find(|phone| phone.was == Some(envelope.device));
        if let (Some(author), Ok(bytes)) = (author, envelope.signed_bytes(WORKSPACE)) {
            envelope.signature = signed(author.key(), &bytes);
        }
    }
}

fn frames(world: &World) -> Vec<Vec<u8>> {
    let mut by_device: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for entry in world.relay.log.iter() {
        let envelope = Envelope::from_bytes(&entry.envelope);
        by_device.entry(entry.device).or_default().extend(envelope);
    }
    let mut frames = vec![
        encoded(&world.intruder.join_request([7; 16])),
        encoded(&DeviceFrame::Continue(Cursor::default())),
    ];
    for push in by_device.values().flat_map(|them| them.chunks(PUSH)) {
        frames.push(encoded(&DeviceFrame::Push(push.to_vec())));
    }
    for phone in &world.phones {
        let Ok(request) = block_on(phone.engine.exchange_request()) else {
            continue;
        };
        let sent = phone.was.and_then(|device| by_device.get(&device));
        for push in sent.into_iter().flat_map(|them| them.chunks(PUSH)) {
            frames.push(encoded(&ExchangeRequest {
                outbox: push.to_vec(),
                ..request.clone()
            }));
        }
        frames.push(encoded(&request));
    }
    frames
}

fn encoded(frame: &impl Serialize) -> Vec<u8> {
    codec::encode(frame).expect("what people send is small enough")
}
