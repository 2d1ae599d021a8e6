//! The engine's worker. Elsewhere than in a browser there is nothing to start: others use the
//! library.

#[cfg(target_arch = "wasm32")]
mod worker;

fn main() {
    #[cfg(target_arch = "wasm32")]
    worker::start();
}
