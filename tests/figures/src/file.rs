//! The firm as a device stores it: facts one by one, rows in pages of as many documents as the engine's have. One file, of
//! blocks behind their lengths.

use caravan_domain::document::DocumentId;
use caravan_domain::facts::{Fact, FactKey};
use serde::{Deserialize, Serialize};

/// As the engine asks for.
#[cfg(not(target_arch = "wasm32"))]
const FACTS_AT_ONCE: usize = 2_048;
#[cfg(not(target_arch = "wasm32"))]
const DOCUMENTS_PER_PAGE: usize = 64;

#[derive(Serialize, Deserialize)]
pub(crate) enum Block {
    Facts(Vec<(FactKey, Fact)>),
    /// Behind their documents, rows as [`caravan_domain::written`] writes them.
    Page(Vec<DocumentId>, #[serde(with = "serde_bytes")] Vec<u8>),
}

#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn write(firm: &crate::firm::Firm, path: &std::ffi::OsStr) -> std::io::Result<()> {
    use std::io::Write;

    let mut file = std::io::BufWriter::new(std::fs::File::create(path)?);
    let mut put = |block: &Block| {
        let bytes = postcard::to_allocvec(block).map_err(std::io::Error::other)?;
        let length = u32::try_from(bytes.len()).map_err(std::io::Error::other)?;
        file.write_all(&length.to_le_bytes())?;
        file.write_all(&bytes)
    };
    let mut keys: Vec<_> = firm.facts.keys().collect();
    // As they lie in storage.
    keys.sort_by_cached_key(|key| postcard::to_allocvec(key).unwrap_or_default());
    for keys in keys.chunks(FACTS_AT_ONCE) {
        let facts = keys
            .iter()
            .filter_map(|key| Some((*key, firm.facts.get(*key)?)));
        put(&Block::Facts(facts.collect()))?;
    }
    for documents in firm.documents().chunks(DOCUMENTS_PER_PAGE) {
        let rows: Vec<_> = documents.iter().map(|it| Some(firm.rows.of(*it))).collect();
        let written = caravan_domain::written::write(&rows);
        put(&Block::Page(documents.to_vec(), written))?;
    }
    file.flush()
}

/// Each as it is read; nothing after the end.
pub(crate) fn blocks() -> impl Iterator<Item = Block> {
    let mut file = open();
    core::iter::from_fn(move || {
        let mut length = [0; 4];
        if !file.fill(&mut length) {
            return None;
        }
        let mut bytes = vec![0; u32::from_le_bytes(length) as usize];
        file.fill(&mut bytes);
        Some(postcard::from_bytes(&bytes).expect("the file is what was written"))
    })
}

#[cfg(not(target_arch = "wasm32"))]
mod opened {
    use std::io::Read;

    pub(super) struct Opened(std::fs::File);

    impl Opened {
        pub(super) fn fill(&mut self, bytes: &mut [u8]) -> bool {
            self.0.read_exact(bytes).is_ok()
        }
    }

    pub(super) fn open() -> Opened {
        let path = super::path().expect("whoever reads has named the file");
        Opened(std::fs::File::open(path).expect("the file can be opened"))
    }
}

#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn path() -> Option<String> {
    std::env::var("CARAVAN_FIGURES_FILE").ok()
}

#[cfg(target_arch = "wasm32")]
mod opened {
    use wasm_bindgen::prelude::wasm_bindgen;

    #[wasm_bindgen(module = "fs")]
    extern "C" {
        #[wasm_bindgen(js_name = openSync)]
        fn open_sync(path: &str) -> u32;
        #[wasm_bindgen(js_name = readSync)]
        fn read_sync(file: u32, into: &mut [u8]) -> usize;
    }

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(
            thread_local_v2,
            js_namespace = ["process", "env"],
            js_name = CARAVAN_FIGURES_FILE
        )]
        static PATH: Option<String>;
    }

    pub(super) struct Opened(u32);

    impl Opened {
        pub(super) fn fill(&mut self, mut bytes: &mut [u8]) -> bool {
            while !bytes.is_empty() {
                match read_sync(self.0, bytes) {
                    0 => return false,
                    read => bytes = &mut bytes[read..],
                }
            }
            true
        }
    }

    pub(super) fn open() -> Opened {
        Opened(open_sync(
            &path().expect("whoever reads has named the file"),
        ))
    }

    pub(crate) fn path() -> Option<String> {
        PATH.with(Clone::clone)
    }
}

use opened::open;
#[cfg(target_arch = "wasm32")]
pub(crate) use opened::path;
