//! The browser as the engine's [`Platform`]: its clock, its randomness, and a P-256 key that no
//! script can read, kept as a `CryptoKey` in IndexedDB.

use std::cell::RefCell;

use caravan_domain::time::Instant;
use caravan_engine::platform::{KeyError, Platform};
use caravan_sync::envelope::Signature;
use caravan_sync::join::PublicKey;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Crypto, CryptoKey, SubtleCrypto};

use caravan_engine::web::indexed_db::IndexedDb;
use caravan_engine::web::js;

/// The name of the device's key pair.
const DEVICE: &str = "device";

pub(crate) struct Browser {
    crypto: Crypto,
    storage: IndexedDb,
    /// Private and public half, once they were read.
    pair: RefCell<Option<(CryptoKey, CryptoKey)>>,
}

impl Browser {
    /// `None` outside secure origins, where there is no WebCrypto.
    pub(crate) fn new(storage: IndexedDb) -> Option<Self> {
        let crypto = js::scope().crypto().ok()?;
        let is_secure = !js::get(&crypto, "subtle").is_undefined();
        is_secure.then(|| Self {
            crypto,
            storage,
            pair: RefCell::new(None),
        })
    }

    fn subtle(&self) -> SubtleCrypto {
        self.crypto.subtle()
    }

    async fn pair(&self) -> Result<(CryptoKey, CryptoKey), KeyError> {
        if let Some(pair) = &*self.pair.borrow() {
            return Ok(pair.clone());
        }
        let stored = self.storage.key(DEVICE).await.map_err(|_| KeyError)?;
        let pair = halves(&stored).ok_or(KeyError)?;
        *self.pair.borrow_mut() = Some(pair.clone());
        Ok(pair)
    }

    async fn make_pair(&self) -> Result<(CryptoKey, CryptoKey), KeyError> {
        let algorithm = js::object([("name", "ECDSA".into()), ("namedCurve", "P-256".into())]);
        let usages = Array::of2(&"sign".into(), &"verify".into());
        let made = self
            .subtle()
            .generate_key_with_object(&algorithm, false, &usages);
        let made = JsFuture::from(made.map_err(no_key)?)
            .await
            .map_err(no_key)?;
        self.storage
            .set_key(DEVICE, Some(&made))
            .await
            .map_err(|_| KeyError)?;
        self.pair().await
    }
}

impl Platform for Browser {
    fn now(&self) -> Instant {
        Instant::from_millis(js_sys::Date::now() as i64)
    }

    fn random(&self) -> [u8; 10] {
        random(&self.crypto)
    }

    async fn public_key(&self) -> Result<PublicKey, KeyError> {
        let (_, public) = match self.pair().await {
            Ok(pair) => pair,
            Err(KeyError) => self.make_pair().await?,
        };
        let raw = self.subtle().export_key("raw", &public).map_err(no_key)?;
        let raw = JsFuture::from(raw).await.map_err(no_key)?;
        Ok(PublicKey(Uint8Array::new(&raw).to_vec()))
    }

    async fn sign(&self, bytes: &[u8]) -> Result<Signature, KeyError> {
        let (private, _) = self.pair().await?;
        let algorithm = js::object([("name", "ECDSA".into()), ("hash", "SHA-256".into())]);
        let bytes = Uint8Array::from(bytes);
        let signing = self
            .subtle()
            .sign_with_object_and_js_u8_array(&algorithm, &private, &bytes);
        let signed = JsFuture::from(signing.map_err(no_key)?)
            .await
            .map_err(no_key)?;
        let signature = Uint8Array::new(&signed).to_vec();
        Ok(Signature(signature.try_into().map_err(|_| KeyError)?))
    }

    /// The worker's script has a name that carries a hash of all that it loads.
    fn build(&self) -> String {
        js::scope().location().href()
    }

    async fn forget_key(&self) -> Result<(), KeyError> {
        self.pair.borrow_mut().take();
        self.storage
            .set_key(DEVICE, None)
            .await
            .map_err(|_| KeyError)
    }
}

/// # Panics
/// Never: the browser refuses only more than 64 KB at once.
pub(crate) fn random<const N: usize>(crypto: &Crypto) -> [u8; N] {
    let mut bytes = [0; N];
    crypto
        .get_random_values_with_u8_array(&mut bytes)
        .expect("a few random bytes are always given");
    bytes
}

fn halves(pair: &JsValue) -> Option<(CryptoKey, CryptoKey)> {
    let half = |name| js::get(pair, name).dyn_into().ok();
    pair.is_object()
        .then(|| Some((half("privateKey")?, half("publicKey")?)))?
}

fn no_key(_: JsValue) -> KeyError {
    KeyError
}
