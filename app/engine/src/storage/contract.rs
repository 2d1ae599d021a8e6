//! What every storage must do; run against memory here and against IndexedDB in Chromium.
#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use super::{Storage, Store, Transaction};

/// # Panics
/// When the storage, which must be empty at first, does not keep the contract.
pub async fn keeps_what_it_is_given(storage: &impl Storage) {
    assert_eq!(storage.get(Store::Meta, b"a").await.unwrap(), None);
    let mut transaction = Transaction::default();
    for key in [[1, 255], [1, 0], [2, 0], [0, 9]] {
        transaction.put(Store::Documents, key, key.to_vec());
    }
    transaction.put(Store::Meta, *b"a", vec![0; 100_000]);
    storage.commit(transaction).await.unwrap();

    assert_eq!(
        storage.get(Store::Meta, b"a").await.unwrap(),
        Some(vec![0; 100_000])
    );
    assert_eq!(
        storage.with_prefix(Store::Documents, &[1]).await.unwrap(),
        [vec![1, 0], vec![1, 255]],
        "keys sort as bytes and a prefix bounds them on both sides"
    );
    assert_eq!(
        storage
            .starting_at(Store::Documents, &[1], 2)
            .await
            .unwrap(),
        [vec![1, 0], vec![1, 255]]
    );
    assert_eq!(
        storage
            .starting_at(Store::Documents, &[2], 5)
            .await
            .unwrap()
            .len(),
        1
    );
    let keys: Vec<_> = storage.all(Store::Documents).await.unwrap();
    let keys: Vec<_> = keys.into_iter().map(|(key, _)| key).collect();
    assert_eq!(keys, [[0, 9], [1, 0], [1, 255], [2, 0]]);
    assert_eq!(storage.keys(Store::Documents).await.unwrap(), keys);
}

/// # Panics
/// When the storage, which must be empty at first, does not keep the contract.
pub async fn commits_whole(storage: &impl Storage) {
    let mut transaction = Transaction::default();
    transaction.put(Store::Outbox, [1], vec![1]);
    transaction.put(Store::Outbox, [2], vec![2]);
    transaction.put(Store::Outbox, [2], vec![22]);
    transaction.put(Store::Pages, [255], vec![3]);
    transaction.put(Store::Pages, [255, 255], vec![4]);
    storage.commit(transaction).await.unwrap();

    let mut transaction = Transaction::default();
    transaction.delete(Store::Outbox, [1]);
    transaction.delete(Store::Outbox, [9]);
    transaction.delete_prefix(Store::Pages, [255]);
    transaction.put(Store::Pages, [255, 1], vec![5]);
    storage.commit(transaction).await.unwrap();

    assert_eq!(
        storage.all(Store::Outbox).await.unwrap(),
        [(vec![2], vec![22])]
    );
    assert_eq!(
        storage.all(Store::Pages).await.unwrap(),
        [(vec![255, 1], vec![5])],
        "writes happen in their order"
    );

    let mut transaction = Transaction::default();
    for store in Store::ALL {
        transaction.delete_prefix(store, []);
    }
    storage.commit(transaction).await.unwrap();
    assert_eq!(storage.all(Store::Outbox).await.unwrap(), []);
}
