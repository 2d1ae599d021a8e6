//! A line on the terminal, or on the console of whatever runs the Wasm.

#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console)]
    pub(crate) fn log(line: &str);
}

#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn log(line: &str) {
    println!("{line}");
}

#[macro_export]
macro_rules! say {
    ($($line:tt)*) => { $crate::say::log(&format!($($line)*)) };
}
