//! Passkeys as a second way to unlock: WebAuthn's PRF extension makes 32 bytes of a salt, the same every time, and
//! only after a finger or a face. `web-sys` has no types for the extension.

use caravan_port::view::Passkey;
use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use leptos::{
    prelude::window,
    wasm_bindgen::{JsCast, JsValue},
};
use wasm_bindgen_futures::JsFuture;

use crate::random;

/// The browser has none, cannot make bytes with it, or its person has cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NoPasskey;

impl From<JsValue> for NoPasskey {
    fn from(_: JsValue) -> Self {
        Self
    }
}

impl From<random::NoRandomness> for NoPasskey {
    fn from(_: random::NoRandomness) -> Self {
        Self
    }
}

/// Whether this browser can ask for one at all.
pub(super) fn is_there() -> bool {
    get(&window(), "PublicKeyCredential").is_ok_and(|found| !found.is_undefined())
}

/// Makes a passkey on this device, and what it makes of its salt.
pub(super) async fn make(name: &str) -> Result<(Passkey, [u8; 32]), NoPasskey> {
    let salt: [u8; 32] = random::bytes()?;
    let user: [u8; 16] = random::bytes()?;
    let algorithms = Array::of2(
        &object(&[("type", "public-key".into()), ("alg", (-7).into())])?,
        &object(&[("type", "public-key".into()), ("alg", (-257).into())])?,
    );
    let options = object(&[
        ("challenge", Uint8Array::from(&user[..]).into()),
        ("rp", object(&[("name", "Caravan".into())])?),
        (
            "user",
            object(&[
                ("id", Uint8Array::from(&user[..]).into()),
                ("name", name.into()),
                ("displayName", name.into()),
            ])?,
        ),
        ("pubKeyCredParams", algorithms.into()),
        (
            "authenticatorSelection",
            object(&[
                ("authenticatorAttachment", "platform".into()),
                ("userVerification", "required".into()),
            ])?,
        ),
        ("extensions", extensions(&salt)?),
    ])?;
    let made = credentials("create", options).await?;
    let credential = Uint8Array::new(&get(&made, "rawId")?).to_vec();
    let passkey = Passkey { credential, salt };
    match result(&made) {
        Ok(bytes) => Ok((passkey, bytes)),
        // Many make nothing of it before they are asked.
        Err(NoPasskey) => {
            let bytes = ask(&passkey).await?;
            Ok((passkey, bytes))
        }
    }
}

/// What the passkey makes of its salt.
pub(super) async fn ask(passkey: &Passkey) -> Result<[u8; 32], NoPasskey> {
    let challenge: [u8; 16] = random::bytes()?;
    let credential = Uint8Array::from(&passkey.credential[..]);
    let allowed = object(&[("type", "public-key".into()), ("id", credential.into())])?;
    let options = object(&[
        ("challenge", Uint8Array::from(&challenge[..]).into()),
        ("allowCredentials", Array::of1(&allowed).into()),
        ("userVerification", "required".into()),
        ("extensions", extensions(&passkey.salt)?),
    ])?;
    result(&credentials("get", options).await?)
}

fn extensions(salt: &[u8; 32]) -> Result<JsValue, NoPasskey> {
    let first = object(&[("first", Uint8Array::from(&salt[..]).into())])?;
    object(&[("prf", object(&[("eval", first)])?)])
}

async fn credentials(method: &str, options: JsValue) -> Result<JsValue, NoPasskey> {
    let container = get(&window().navigator(), "credentials")?;
    let function: Function = get(&container, method)?.dyn_into()?;
    let options = object(&[("publicKey", options)])?;
    let promise: Promise = function.call1(&container, &options)?.dyn_into()?;
    Ok(JsFuture::from(promise).await?)
}

fn result(credential: &JsValue) -> Result<[u8; 32], NoPasskey> {
    let results: Function = get(credential, "getClientExtensionResults")?.dyn_into()?;
    let prf = get(&results.call0(credential)?, "prf")?;
    let first = get(&get(&prf, "results")?, "first")?;
    if first.is_undefined() {
        return Err(NoPasskey);
    }
    let bytes = Uint8Array::new(&first).to_vec();
    bytes.try_into().map_err(|_| NoPasskey)
}

fn get(target: &JsValue, property: &str) -> Result<JsValue, NoPasskey> {
    Ok(Reflect::get(target, &property.into())?)
}

fn object(properties: &[(&str, JsValue)]) -> Result<JsValue, NoPasskey> {
    let object = Object::new();
    for (property, value) in properties {
        Reflect::set(&object, &(*property).into(), value)?;
    }
    Ok(object.into())
}
