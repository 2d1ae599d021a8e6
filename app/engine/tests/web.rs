//! What needs a browser: the storage contract over IndexedDB.
#![cfg(target_arch = "wasm32")]

use std::cell::Cell;
use std::rc::Rc;

use caravan_engine::storage::cipher::{Cipher, CipherError};
use caravan_engine::storage::{Storage, StorageError, Store, Transaction, contract};
use caravan_engine::web::cipher::WebCipher;
use caravan_engine::web::indexed_db::IndexedDb;
use caravan_engine::web::js;
use js_sys::Array;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

async fn fresh(name: &str) -> IndexedDb {
    IndexedDb::open_as(name)
        .await
        .expect("Chromium has IndexedDB")
}

#[wasm_bindgen_test]
async fn keeps_what_it_is_given() {
    contract::keeps_what_it_is_given(&fresh("keeps").await).await;
}

#[wasm_bindgen_test]
async fn commits_whole() {
    contract::commits_whole(&fresh("whole").await).await;
}

#[wasm_bindgen_test]
async fn a_second_connection_sees_what_the_first_committed() {
    let first = fresh("twice").await;
    let mut transaction = Transaction::default();
    transaction.put(Store::Meta, *b"a", vec![1]);
    first.commit(transaction).await.expect("there is room");
    let second = fresh("twice").await;
    let found = second.get(Store::Meta, b"a").await.expect("it can be read");
    assert_eq!(found, Some(vec![1]));
}

#[wasm_bindgen_test]
async fn a_key_is_kept_and_removed() {
    let storage = fresh("key").await;
    assert!(
        storage
            .key("device")
            .await
            .expect("it can be read")
            .is_undefined()
    );
    storage
        .set_key("device", Some(&"pair".into()))
        .await
        .expect("there is room");
    assert_eq!(
        storage
            .key("device")
            .await
            .expect("it can be read")
            .as_string()
            .as_deref(),
        Some("pair")
    );
    storage
        .set_key("device", None)
        .await
        .expect("it can be removed");
    assert!(
        storage
            .key("device")
            .await
            .expect("it can be read")
            .is_undefined()
    );
}

#[wasm_bindgen_test]
async fn a_database_that_is_removed_is_not_begun_again_unnoticed() {
    let storage = fresh("removed").await;
    let lost = Rc::new(Cell::new(0));
    let counting = Rc::clone(&lost);
    storage.on_loss(move || counting.set(counting.get() + 1));
    let write = || {
        let mut transaction = Transaction::default();
        transaction.put(Store::Meta, *b"a", vec![1]);
        transaction
    };
    storage.commit(write()).await.expect("there is room");
    let factory = js::get(&js::scope(), "indexedDB");
    js::call(&factory, "deleteDatabase", &Array::of1(&"removed".into())).expect("it is asked for");
    js::sleep(200).await;
    for _ in 0..2 {
        assert_eq!(storage.commit(write()).await, Err(StorageError::Failed));
    }
    assert_eq!(lost.get(), 1);
}

#[wasm_bindgen_test]
async fn another_version_may_upgrade_and_this_one_writes_no_more() {
    let storage = fresh("upgraded").await;
    let factory = js::get(&js::scope(), "indexedDB");
    let newer = Array::of2(&"upgraded".into(), &99.into());
    let request = js::call(&factory, "open", &newer).expect("it is asked for");
    js::sleep(200).await;
    assert!(
        !js::get(&request, "result").is_undefined(),
        "it is not held up"
    );
    let mut transaction = Transaction::default();
    transaction.put(Store::Meta, *b"a", vec![1]);
    assert_eq!(storage.commit(transaction).await, Err(StorageError::Failed));
}

/// The same cipher that the tests outside a browser have, bit for bit.
#[wasm_bindgen_test]
async fn what_is_sealed_opens_again_and_only_in_its_place() {
    let cipher = WebCipher::new(fresh("cipher").await).expect("localhost is a secure origin");
    let key = cipher.key(&[7; 32]).await.expect("a key");
    let sealed = cipher.seal(&key, b"about", b"plain").await.expect("sealed");
    assert_eq!(sealed.len(), 12 + b"plain".len() + 16);
    assert_eq!(
        cipher.open(&key, b"about", &sealed).await,
        Ok(b"plain".to_vec())
    );
    let elsewhere = cipher.open(&key, b"elsewhere", &sealed).await;
    assert_eq!(elsewhere, Err(CipherError::Refused));
    let other = cipher.key(&[8; 32]).await.expect("a key");
    let refused = cipher.open(&other, b"about", &sealed).await;
    assert_eq!(refused, Err(CipherError::Refused));
    assert_eq!(
        cipher.open(&key, b"about", &[1]).await,
        Err(CipherError::Refused)
    );

    // RFC 7914, section 11.
    let stretched = cipher
        .stretch(b"passwd", b"salt", 1)
        .await
        .expect("stretched");
    assert_eq!(stretched[..4], [0x55, 0xac, 0x04, 0x6e]);

    assert!(cipher.kept().await.expect("it can be read").is_none());
    cipher.keep(Some(&key)).await.expect("there is room");
    let kept = cipher.kept().await.expect("it can be read").expect("kept");
    assert_eq!(
        cipher.open(&kept, b"about", &sealed).await,
        Ok(b"plain".to_vec())
    );
    cipher.keep(None).await.expect("it can be removed");
    assert!(cipher.kept().await.expect("it can be read").is_none());
}
