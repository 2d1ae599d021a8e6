//! WebCrypto as [`Cipher`]. Keys are `CryptoKey`s that no script can read.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Crypto, CryptoKey, SubtleCrypto};

use super::indexed_db::IndexedDb;
use super::js;
use crate::storage::cipher::{Cipher, CipherError, RawKey};

/// The name under which the master key stays while the device is open.
const MASTER: &str = "master";
const NONCE_BYTES: usize = 12;

pub struct WebCipher {
    crypto: Crypto,
    storage: IndexedDb,
}

impl WebCipher {
    /// `None` outside secure origins, where there is no WebCrypto.
    #[must_use]
    pub fn new(storage: IndexedDb) -> Option<Self> {
        let crypto = js::scope().crypto().ok()?;
        let is_secure = !js::get(&crypto, "subtle").is_undefined();
        is_secure.then_some(Self { crypto, storage })
    }

    fn subtle(&self) -> SubtleCrypto {
        self.crypto.subtle()
    }

    fn fill(&self, bytes: &mut [u8]) {
        // The browser refuses only more than 64 KB at once.
        let _ = self.crypto.get_random_values_with_u8_array(bytes);
    }

    async fn import(
        &self,
        raw: &[u8],
        algorithm: &JsValue,
        usages: &[&str],
    ) -> Result<CryptoKey, CipherError> {
        let usages: Array = usages
            .iter()
            .map(|usage| JsValue::from_str(usage))
            .collect();
        let raw = Uint8Array::from(raw);
        let algorithm = algorithm.unchecked_ref();
        let key = self
            .subtle()
            .import_key_with_object("raw", &raw, algorithm, false, &usages);
        let key = JsFuture::from(key.map_err(failed)?).await.map_err(failed)?;
        key.dyn_into().map_err(failed)
    }
}

impl Cipher for WebCipher {
    type Key = CryptoKey;

    fn random(&self) -> RawKey {
        let mut raw = [0; 32];
        self.fill(&mut raw);
        raw
    }

    async fn key(&self, raw: &RawKey) -> Result<CryptoKey, CipherError> {
        let algorithm = js::object([("name", "AES-GCM".into())]);
        self.import(raw, &algorithm, &["encrypt", "decrypt"]).await
    }

    async fn seal(
        &self,
        key: &CryptoKey,
        about: &[u8],
        plain: &[u8],
    ) -> Result<Vec<u8>, CipherError> {
        let mut sealed = vec![0; NONCE_BYTES];
        self.fill(&mut sealed);
        let algorithm = gcm(&sealed, about);
        let plain = Uint8Array::from(plain);
        let done = self
            .subtle()
            .encrypt_with_object_and_buffer_source(&algorithm, key, &plain);
        let done = JsFuture::from(done.map_err(failed)?)
            .await
            .map_err(failed)?;
        let done = Uint8Array::new(&done);
        let from = sealed.len();
        sealed.resize(from + done.length() as usize, 0);
        done.copy_to(&mut sealed[from..]);
        Ok(sealed)
    }

    async fn open(
        &self,
        key: &CryptoKey,
        about: &[u8],
        sealed: &[u8],
    ) -> Result<Vec<u8>, CipherError> {
        let parts = sealed.split_at_checked(NONCE_BYTES);
        let (nonce, sealed) = parts.ok_or(CipherError::Refused)?;
        let algorithm = gcm(nonce, about);
        let sealed = Uint8Array::from(sealed);
        let done = self
            .subtle()
            .decrypt_with_object_and_buffer_source(&algorithm, key, &sealed);
        let done = JsFuture::from(done.map_err(failed)?).await;
        done.map(|done| Uint8Array::new(&done).to_vec())
            .map_err(|_| CipherError::Refused)
    }

    async fn stretch(
        &self,
        password: &[u8],
        salt: &[u8],
        rounds: u32,
    ) -> Result<RawKey, CipherError> {
        let name = js::object([("name", "PBKDF2".into())]);
        let key = self.import(password, &name, &["deriveBits"]).await?;
        let algorithm = js::object([
            ("name", "PBKDF2".into()),
            ("hash", "SHA-256".into()),
            ("salt", Uint8Array::from(salt).into()),
            ("iterations", rounds.into()),
        ]);
        let bits = self.subtle().derive_bits_with_object(&algorithm, &key, 256);
        let bits = JsFuture::from(bits.map_err(failed)?)
            .await
            .map_err(failed)?;
        let raw = Uint8Array::new(&bits).to_vec();
        raw.try_into().map_err(|_| CipherError::Failed)
    }

    async fn keep(&self, key: Option<&CryptoKey>) -> Result<(), CipherError> {
        let kept = self.storage.set_key(MASTER, key.map(AsRef::as_ref)).await;
        kept.map_err(|_| CipherError::Failed)
    }

    async fn kept(&self) -> Result<Option<CryptoKey>, CipherError> {
        let kept = self.storage.key(MASTER).await;
        let kept = kept.map_err(|_| CipherError::Failed)?;
        Ok(kept.dyn_into().ok())
    }
}

fn gcm(nonce: &[u8], about: &[u8]) -> js_sys::Object {
    js::object([
        ("name", "AES-GCM".into()),
        ("iv", Uint8Array::from(nonce).into()),
        ("additionalData", Uint8Array::from(about).into()),
    ])
}

fn failed(_: JsValue) -> CipherError {
    CipherError::Failed
}
