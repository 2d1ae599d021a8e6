//! Automerge panics on changes that are rotten inside, which is what they are there for: hundreds of
//! backtraces would hide the one that means something.

use std::cell::Cell;
use std::panic;
use std::sync::Once;

thread_local! {
    static EXPECTED: Cell<bool> = const { Cell::new(false) };
}

/// A panic of `work` that is caught inside it is not told.
pub(super) fn quietly<T>(work: impl FnOnce() -> T) -> T {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let told = panic::take_hook();
        panic::set_hook(Box::new(move |what| {
            if !EXPECTED.get() {
                told(what);
            }
        }));
    });
    EXPECTED.set(true);
    let done = work();
    EXPECTED.set(false);
    done
}
