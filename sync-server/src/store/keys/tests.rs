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

/// What a copy holds of those destroyed in it.
fn left_in_a_copy(copy: impl FnOnce(&Path, &Path), destroy: impl FnOnce(&Keys, &[Owner])) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let (live, copied) = (folder.path().join("live"), folder.path().join("copied"));
    for folder in [&live, &copied] {
        fs::create_dir(folder).unwrap();
    }
    let keys = Keys::open(&live.join("keys.db")).unwrap();
    let owners: Vec<_> = (0..1000).map(owner).collect();
    owners.chunks(7).for_each(|some| keys.make(some).unwrap());
    let secrets: HashSet<_> = owners.iter().map(|it| bytes_of(&keys, *it)).collect();
    copy(&live.join("keys.db"), &copied.join("keys.db"));
    assert_eq!(found(&copied, &secrets), owners.len());
    let keys = Keys::open(&copied.join("keys.db")).unwrap();
    destroy(&keys, &owners);
    assert_eq!(keys.count().unwrap(), 0);
    found(&copied, &secrets)
}

/// SQLite leaves copies of rows in the pages that it splits, unless it is told not to.
#[test]
fn a_copy_of_the_key_store_holds_each_key_once() {
    let copy = |from: &Path, to: &Path| crate::store::copy_database(from, to).unwrap();
    let left = left_in_a_copy(copy, |keys, owners| keys.destroy(owners).unwrap());
    assert_eq!(left, 0);
}

#[test]
fn keys_are_destroyed_in_a_copy_that_somebody_else_has_made() {
    let carelessly = |from: &Path, to: &Path| {
        let connection = Connection::open(from).unwrap();
        connection
            .execute("VACUUM INTO ?1", [to.to_string_lossy()])
            .unwrap();
    };
    let listed = |keys: &Keys, owners: &[Owner]| {
        let mut list = ErasedList::default();
        for (workspace, holder) in owners {
            let Holder::Document(document) = *holder else {
                panic!("only documents have keys here");
            };
            list.add(crate::store::ErasedLine {
                workspace: *workspace,
                document,
                erased: caravan_domain::clients::erasure::Erased {
                    at: caravan_domain::time::Instant::from_millis(0),
                    by: caravan_domain::id::PersonId(Id::ZERO),
                    reason: caravan_domain::clients::erasure::ErasureReason::Asked,
                },
            });
        }
        assert_eq!(keys.destroy_listed(&list).unwrap(), owners.len());
        // Again, as somebody might whose first try was cut.
        assert_eq!(keys.destroy_listed(&list).unwrap(), 0);
    };
    assert_eq!(left_in_a_copy(carelessly, listed), 0);
}
