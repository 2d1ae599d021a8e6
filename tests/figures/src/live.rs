//! What is alive on the heap, as the allocator has it.
#![expect(
    unsafe_code,
    reason = "an allocator cannot be written without; this one counts and passes on"
)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

static LIVE: AtomicUsize = AtomicUsize::new(0);

struct Counting;

#[global_allocator]
static COUNTING: Counting = Counting;

/// With what Wasm's allocator (dlmalloc) puts before each and rounds up to.
const fn taken(size: usize) -> usize {
    let chunk = (size + 4).next_multiple_of(8);
    if chunk < 16 { 16 } else { chunk }
}

unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        LIVE.fetch_add(taken(layout.size()), Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        LIVE.fetch_sub(taken(layout.size()), Ordering::Relaxed);
        unsafe { System.dealloc(at, layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        LIVE.fetch_add(taken(size), Ordering::Relaxed);
        LIVE.fetch_sub(taken(layout.size()), Ordering::Relaxed);
        unsafe { System.realloc(at, layout, size) }
    }
}

/// Bytes.
pub(crate) fn live() -> usize {
    LIVE.load(Ordering::Relaxed)
}

/// How many of them go with it.
pub(crate) fn weight<T>(what: T) -> usize {
    let before = live();
    drop(what);
    before - live()
}
