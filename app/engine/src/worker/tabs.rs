//! How tabs talk to the one that writes: postcard bytes over a `BroadcastChannel`.

use caravan_engine::Listener;
use caravan_port::codec;
use caravan_port::message::Number;
use js_sys::Uint8Array;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{BroadcastChannel, MessageEvent};

use super::versions;

/// With the version behind it: see [`versions`].
const CHANNEL: &str = "caravan-tabs";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Line {
    /// A tab looks for the writer.
    Hello { tab: Listener },
    /// The writer is here, and knows of nothing that it was not told since it began.
    Here,
    /// A [`caravan_port::message::ToEngine`].
    ToWriter {
        tab: Listener,
        #[serde(with = "serde_bytes")]
        message: Vec<u8>,
    },
    /// A [`caravan_port::message::FromEngine`], which the tab passes on unread.
    FromWriter {
        tab: Listener,
        /// The command or act that it answers for good.
        settles: Option<Number>,
        #[serde(with = "serde_bytes")]
        message: Vec<u8>,
    },
}

pub(crate) struct Tabs {
    channel: BroadcastChannel,
}

impl Tabs {
    /// `None` in browsers without the channel, where every tab is alone.
    pub(crate) fn open() -> Option<Self> {
        let name = format!("{CHANNEL} {}", versions::own());
        let channel = BroadcastChannel::new(&name).ok()?;
        Some(Self { channel })
    }

    pub(crate) fn say(&self, line: &Line) {
        let bytes = codec::write(line).map(|bytes| Uint8Array::from(bytes.as_slice()));
        if let Ok(bytes) = bytes {
            // It fails only on a closed channel; this one is never closed.
            let _ = self.channel.post_message(&bytes);
        }
    }

    /// Replaces whoever heard before.
    pub(crate) fn hear(&self, mut hear: impl FnMut(Line) + 'static) {
        let closure = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let bytes = event.data().dyn_into::<Uint8Array>();
            if let Ok(line) = bytes
                .map(|bytes| bytes.to_vec())
                .map_err(drop)
                .and_then(|bytes| codec::read(&bytes).map_err(drop))
            {
                hear(line);
            }
        });
        self.channel
            .set_onmessage(Some(closure.as_ref().unchecked_ref()));
        // Lives as long as the worker.
        closure.forget();
    }
}

/// The lock that a tab holds while it lives.
pub(crate) fn lock_of(tab: &Listener) -> String {
    let mut name = "caravan-tab-".to_owned();
    for byte in tab {
        name.push_str(&format!("{byte:02x}"));
    }
    name
}
