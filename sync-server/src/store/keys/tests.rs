use std::collections::HashSet;
use std::fs;

use caravan_domain::id::{ClientId, Id};

use super::*;

fn owner(number: u32) -> Owner {
    let mut id = [7; 16];
    // Not in order, so that pages of the index split in the middle.
    id[..4].copy_from_slice(&number.wrapping_mul(2_654_435_761).to_be_bytes());
    let client = ClientId(Id::from_bytes(id));
    (
        WorkspaceId(Id::from_bytes([1; 16])),
        Holder::Document(client.into()),
    )
}

fn bytes_of(keys: &Keys, owner: Owner) -> [u8; 32] {
    let connection = keys.connection();
    let sql = "SELECT key FROM keys WHERE holder = ?1";
    connection
        .query_row(sql, [owner.1.to_bytes()], |row| row.get(0))
        .unwrap()
}

/// How many of them are in any file of the key store.
fn found(folder: &Path, secrets: &HashSet<[u8; 32]>) -> usize {
    let mut found = HashSet::new();
    for file in fs::read_dir(folder).unwrap() {
        let content = fs::read(file.unwrap().path()).unwrap();
        let windows = content.windows(32);
        found.extend(windows.filter_map(|window| secrets.get(window).copied()));
    }
    found.len()
}

#[test]
fn a_key_stays_until_it_is_destroyed_and_is_never_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys.db");
    let keys = Keys::open(&path).unwrap();
    assert!(matches!(keys.held(owner(1)).unwrap(), Held::Unknown));
    keys.make(&[owner(1), owner(2), owner(1)]).unwrap();
    let made = bytes_of(&keys, owner(1));
    keys.make(&[owner(1)]).unwrap();
    assert_eq!(bytes_of(&keys, owner(1)), made);
    assert!(matches!(keys.held(owner(1)).unwrap(), Held::Key(_)));

    keys.destroy(&[owner(1), owner(3)]).unwrap();
    keys.make(&[owner(1), owner(3)]).unwrap();
    let again = Keys::open(&path).unwrap();
    for keys in [&keys, &again] {
        assert!(matches!(keys.held(owner(1)).unwrap(), Held::Destroyed));
        assert!(matches!(keys.held(owner(2)).unwrap(), Held::Key(_)));
        assert!(matches!(keys.held(owner(3)).unwrap(), Held::Destroyed));
        assert_eq!(keys.count().unwrap(), 1);
    }
}

#[test]
fn a_picture_that_comes_again_gets_another_key() {
    let folder = tempfile::tempdir().unwrap();
    let keys = Keys::open(&folder.path().join("keys.db")).unwrap();
    let (workspace, hash) = (WorkspaceId(Id::from_bytes([1; 16])), BlobHash([5; 32]));
    let owner = (workspace, Holder::Blob(hash));
    keys.make_for_blob(workspace, hash).unwrap();
    let first = bytes_of(&keys, owner);
    keys.make_for_blob(workspace, hash).unwrap();
    assert_eq!(bytes_of(&keys, owner), first);
    keys.destroy(&[owner]).unwrap();
    keys.make_for_blob(workspace, hash).unwrap();
    assert_ne!(bytes_of(&keys, owner), first);
}

#[test]
fn destroyed_keys_are_in_no_file_while_the_store_is_open() {
    const KEYS: u32 = 20_000;
    let folder = tempfile::tempdir().unwrap();
    let keys = Keys::open(&folder.path().join("keys.db")).unwrap();
    // Few at a time, as a relay makes them.
    let owners: Vec<_> = (0..KEYS).map(owner).collect();
    for some in owners.chunks(97) {
        keys.make(some).unwrap();
    }
    let destroyed: Vec<_> = owners.iter().copied().step_by(61).collect();
    let secrets: HashSet<_> = destroyed.iter().map(|it| bytes_of(&keys, *it)).collect();
    assert_eq!(found(folder.path(), &secrets), destroyed.len());
    for some in destroyed.chunks(5) {
        keys.destroy(some).unwrap();
    }
    assert_eq!(found(folder.path(), &secrets), 0);
    assert!(matches!(keys.held(owner(1)).unwrap(), Held::Key(_)));
    assert_eq!(
        keys.count().unwrap(),
        u64::from(KEYS) - destroyed.len() as u64
    );
}
