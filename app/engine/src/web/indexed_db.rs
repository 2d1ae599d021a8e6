//! IndexedDB as [`Storage`]: one object store per [`Store`], binary keys, one strict transaction
//! per commit. Written against the browser's own interface: a commit of a thousand writes needs
//! two callbacks, not a thousand, and success is the transaction's `complete`, never a request's.
//!
//! Browsers sever connections of pages in the background: every step opens anew, up to three times.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, JsString, Promise, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbKeyRange, IdbObjectStore, IdbRequest, IdbTransaction};

use super::js;
use crate::storage::{Key, Storage, StorageError, Store, Transaction, Write};

const NAME: &str = "caravan";
/// Counts up when object stores are added.
const VERSION: u32 = 3;
/// Where keys are that are no bytes.
const KEYS: &str = "keys";
const OPENED_AT_MOST: u32 = 3;

#[derive(Clone)]
pub struct IndexedDb(Rc<Inner>);

struct Inner {
    name: String,
    lost: RefCell<Lost>,
    database: RefCell<Option<IdbDatabase>>,
    _closed: Closure<dyn FnMut(web_sys::Event)>,
}

/// Whether the browser has removed the database while it was in use, and who wants to know.
#[derive(Default)]
struct Lost {
    happened: bool,
    tell: Option<Box<dyn Fn()>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenError {
    /// There is no IndexedDB, or the browser forbids it.
    Missing,
    /// A newer version of the app has upgraded it.
    Newer,
}

impl IndexedDb {
    /// The device's own database.
    ///
    /// # Errors
    /// When the browser gives none.
    pub async fn open() -> Result<Self, OpenError> {
        Self::open_as(NAME).await
    }

    /// # Errors
    /// When the browser gives none.
    pub async fn open_as(name: &str) -> Result<Self, OpenError> {
        let Found { database, .. } = open(name).await?;
        let inner = Rc::new_cyclic(|inner: &std::rc::Weak<Inner>| {
            let inner = inner.clone();
            // Both when a newer version wants to upgrade and when the browser cut the connection.
            let closed = Closure::new(move |event: web_sys::Event| {
                if let Some(database) = event
                    .target()
                    .and_then(|it| it.dyn_into::<IdbDatabase>().ok())
                {
                    database.close();
                }
                if let Some(inner) = inner.upgrade() {
                    inner.database.borrow_mut().take();
                }
            });
            Inner {
                name: name.to_owned(),
                lost: RefCell::default(),
                database: RefCell::new(None),
                _closed: closed,
            }
        });
        let this = Self(inner);
        this.keep(database);
        Ok(this)
    }

    fn keep(&self, database: IdbDatabase) {
        let closed = self.0._closed.as_ref().unchecked_ref();
        database.set_onversionchange(Some(closed));
        database.set_onclose(Some(closed));
        *self.0.database.borrow_mut() = Some(database);
    }

    /// Calls `tell` when the browser has removed everything under a device that was using it: what is in memory
    /// must not be written down again by halves.
    pub fn on_loss(&self, tell: impl Fn() + 'static) {
        self.0.lost.borrow_mut().tell = Some(Box::new(tell));
    }

    fn note_loss(&self) {
        let mut lost = self.0.lost.borrow_mut();
        let first = !std::mem::replace(&mut lost.happened, true);
        if let Some(tell) = lost.tell.as_ref().filter(|_| first) {
            tell();
        }
    }

    /// A transaction on a living connection.
    async fn begin(&self, stores: &Array, mode: &str) -> Result<IdbTransaction, StorageError> {
        for _ in 0..OPENED_AT_MOST {
            if self.0.lost.borrow().happened {
                return Err(StorageError::Failed);
            }
            let database = self.0.database.borrow().clone();
            if let Some(database) = database {
                let options = js::object([("durability", "strict".into())]);
                let arguments = Array::of3(stores, &mode.into(), &options);
                match js::call(&database, "transaction", &arguments) {
                    Ok(transaction) => return Ok(transaction.unchecked_into()),
                    Err(_) => drop(self.0.database.borrow_mut().take()),
                }
            }
            let found = open(&self.0.name).await;
            let Found { database, fresh } = found.map_err(|_| StorageError::Failed)?;
            if fresh {
                self.note_loss();
            }
            self.keep(database);
        }
        Err(StorageError::Failed)
    }

    async fn read(&self, store: &str) -> Result<IdbObjectStore, StorageError> {
        let transaction = self.begin(&Array::of1(&store.into()), "readonly").await?;
        transaction.object_store(store).map_err(failed)
    }

    /// A key of this name, whatever the browser makes of one; `undefined` when there is none.
    ///
    /// # Errors
    /// The storage's failure.
    pub async fn key(&self, name: &str) -> Result<JsValue, StorageError> {
        let request = self.read(KEYS).await?.get(&name.into()).map_err(failed)?;
        result(&request).await
    }

    /// `None` removes it.
    ///
    /// # Errors
    /// The storage's failure.
    pub async fn set_key(&self, name: &str, key: Option<&JsValue>) -> Result<(), StorageError> {
        let transaction = self.begin(&Array::of1(&KEYS.into()), "readwrite").await?;
        let store = transaction.object_store(KEYS).map_err(failed)?;
        match key {
            Some(key) => drop(store.put_with_key(key, &name.into()).map_err(failed)?),
            None => drop(store.delete(&name.into()).map_err(failed)?),
        }
        complete(&transaction).await
    }
}

impl Storage for IndexedDb {
    async fn get(&self, store: Store, key: &[u8]) -> Result<Option<Vec<u8>>, StorageError> {
        let request = self
            .read(store.name())
            .await?
            .get(&bytes(key))
            .map_err(failed)?;
        let found = result(&request).await?;
        Ok((!found.is_undefined()).then(|| Uint8Array::new(&found).to_vec()))
    }

    async fn with_prefix(&self, store: Store, prefix: &[u8]) -> Result<Vec<Vec<u8>>, StorageError> {
        let store = self.read(store.name()).await?;
        let request = match range(prefix)? {
            Some(range) => store.get_all_with_key(&range),
            None => store.get_all(),
        };
        values(&result(&request.map_err(failed)?).await?)
    }

    async fn starting_at(
        &self,
        store: Store,
        from: &[u8],
        limit: u32,
    ) -> Result<Vec<Vec<u8>>, StorageError> {
        let range = IdbKeyRange::lower_bound(&bytes(from)).map_err(failed)?;
        let store = self.read(store.name()).await?;
        let request = store
            .get_all_with_key_and_limit(&range, limit)
            .map_err(failed)?;
        values(&result(&request).await?)
    }

    async fn keys(&self, store: Store) -> Result<Vec<Key>, StorageError> {
        let keys = self.read(store.name()).await?.get_all_keys();
        values(&result(&keys.map_err(failed)?).await?)
    }

    async fn all(&self, store: Store) -> Result<Vec<(Key, Vec<u8>)>, StorageError> {
        let store = self.read(store.name()).await?;
        let keys = store.get_all_keys().map_err(failed)?;
        let all = store.get_all().map_err(failed)?;
        let keys = values(&result(&keys).await?)?;
        Ok(keys
            .into_iter()
            .zip(values(&result(&all).await?)?)
            .collect())
    }

    async fn commit(&self, transaction: Transaction) -> Result<(), StorageError> {
        let mut stores: Vec<_> = transaction.writes.iter().map(store_of).collect();
        stores.sort_unstable();
        stores.dedup();
        let names: Array = stores
            .iter()
            .map(|store| JsString::from(store.name()))
            .collect();
        let running = self.begin(&names, "readwrite").await?;
        let written = write(&running, &stores, &transaction);
        if written.is_err() {
            // What was queued before must not be committed by itself.
            let _ = running.abort();
        }
        let completed = complete(&running).await;
        written.and(completed)
    }
}

fn write(
    running: &IdbTransaction,
    stores: &[Store],
    transaction: &Transaction,
) -> Result<(), StorageError> {
    let opened = stores
        .iter()
        .map(|store| Ok((*store, running.object_store(store.name()).map_err(failed)?)))
        .collect::<Result<Vec<_>, _>>()?;
    let find = |store: &Store| {
        let found = opened.iter().find(|(known, _)| known == store);
        found.map(|(_, opened)| opened).ok_or(StorageError::Failed)
    };
    for write in &transaction.writes {
        let queued = match write {
            Write::Put(store, key, value) => find(store)?.put_with_key(&bytes(value), &bytes(key)),
            Write::Delete(store, key) => find(store)?.delete(&bytes(key)),
            Write::DeletePrefix(store, prefix) => match range(prefix)? {
                Some(range) => find(store)?.delete(&range),
                None => find(store)?.clear(),
            },
        };
        queued.map_err(failed)?;
    }
    Ok(())
}

fn store_of(write: &Write) -> Store {
    match write {
        Write::Put(store, ..) | Write::Delete(store, _) | Write::DeletePrefix(store, _) => *store,
    }
}

struct Found {
    database: IdbDatabase,
    /// There was none.
    fresh: bool,
}

async fn open(name: &str) -> Result<Found, OpenError> {
    let factory = js::get(&js::scope(), "indexedDB");
    let factory: web_sys::IdbFactory = factory.dyn_into().map_err(|_| OpenError::Missing)?;
    let request = factory
        .open_with_u32(name, VERSION)
        .map_err(|_| OpenError::Missing)?;
    let fresh = Rc::new(Cell::new(false));
    let making = Rc::clone(&fresh);
    let upgrade = Closure::once(move |event: web_sys::Event| {
        making.set(js::get(&event, "oldVersion").as_f64() == Some(0.0));
        let request = event
            .target()
            .and_then(|it| it.dyn_into::<IdbRequest>().ok());
        let database = request.and_then(|it| it.result().ok());
        let Some(database) = database.and_then(|it| it.dyn_into::<IdbDatabase>().ok()) else {
            return;
        };
        for store in Store::ALL.map(Store::name).into_iter().chain([KEYS]) {
            if !database.object_store_names().contains(store) {
                // A store that cannot be made fails the whole upgrade, which the request reports.
                let _ = database.create_object_store(store);
            }
        }
    });
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    // `blocked` needs no handler: the older page closes its connection on `versionchange`, and the
    // request goes on then.
    let opened = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    if JsFuture::from(opened).await.is_ok() {
        let database = request.result().map_err(|_| OpenError::Missing)?;
        let database = database.dyn_into().map_err(|_| OpenError::Missing)?;
        let fresh = fresh.get();
        return Ok(Found { database, fresh });
    }
    match request.error() {
        Ok(Some(error)) if error.name() == "VersionError" => Err(OpenError::Newer),
        _ => Err(OpenError::Missing),
    }
}

async fn result(request: &IdbRequest) -> Result<JsValue, StorageError> {
    let done = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(done)
        .await
        .map_err(|_| StorageError::Failed)?;
    request.result().map_err(failed)
}

/// Durable, or undone as a whole. A full disk is only reported here, after every `put` succeeded.
async fn complete(transaction: &IdbTransaction) -> Result<(), StorageError> {
    let done = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    });
    if JsFuture::from(done).await.is_ok() {
        return Ok(());
    }
    match transaction.error() {
        Some(error) if error.name() == "QuotaExceededError" => Err(StorageError::Full),
        _ => Err(StorageError::Failed),
    }
}

fn bytes(bytes: &[u8]) -> JsValue {
    Uint8Array::from(bytes).into()
}

fn values(array: &JsValue) -> Result<Vec<Vec<u8>>, StorageError> {
    let array: &Array = array.dyn_ref().ok_or(StorageError::Failed)?;
    Ok(array
        .iter()
        .map(|value| Uint8Array::new(&value).to_vec())
        .collect())
}

/// The keys that begin with `prefix`; `None` for all of them.
fn range(prefix: &[u8]) -> Result<Option<IdbKeyRange>, StorageError> {
    let from = bytes(prefix);
    let mut after = prefix.to_vec();
    while after.last() == Some(&u8::MAX) {
        after.pop();
    }
    let range = match after.last_mut() {
        Some(last) => {
            *last += 1;
            IdbKeyRange::bound_with_lower_open_and_upper_open(&from, &bytes(&after), false, true)
        }
        None if prefix.is_empty() => return Ok(None),
        None => IdbKeyRange::lower_bound(&from),
    };
    range.map(Some).map_err(failed)
}

fn failed(_: JsValue) -> StorageError {
    StorageError::Failed
}
