//! What needs a browser: the storage contract over IndexedDB.
#![cfg(target_arch = "wasm32")]

use caravan_engine::storage::{Storage, Store, Transaction, contract};
use caravan_engine::web::indexed_db::IndexedDb;
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
