//! The list of modules, in the order of the sidebar. Adding a module is adding its folder and its line here.

use leptos_router::any_nested_route::AnyNestedRoute;

use crate::module::{Chrome, Module, Place};

pub(crate) const MODULES: &[Module] = &[
    crate::today::MODULE,
    crate::dashboard::MODULE,
    crate::clients::MODULE,
    crate::visits::MODULE,
    crate::tasks::MODULE,
    crate::work::MODULE,
    crate::goals::MODULE,
    crate::orders::MODULE,
    crate::pay::MODULE,
    crate::pay::PRINT,
    crate::reviews::MODULE,
    crate::surveys::MODULE,
    crate::people::MODULE,
    crate::handovers::MODULE,
    crate::grades::MODULE,
    crate::development::MODULE,
    crate::training::MODULE,
    crate::agreements::MODULE,
    crate::recognition::MODULE,
    crate::import::MODULE,
    crate::export::MODULE,
    crate::sync::MODULE,
    crate::storage::MODULE,
    crate::me::MODULE,
    crate::help::MODULE,
    crate::join::MODULE,
    #[cfg(feature = "gallery")]
    crate::gallery::MODULE,
];

pub(crate) fn routes() -> Vec<AnyNestedRoute> {
    MODULES
        .iter()
        .flat_map(|module| (module.routes)())
        .collect()
}

/// The module that a path belongs to.
pub(crate) fn at(path: &str) -> Option<&'static Module> {
    let first = path
        .trim_start_matches('/')
        .split('/')
        .next()
        .unwrap_or_default();
    MODULES.iter().find(|module| module.paths.contains(&first))
}

pub(crate) fn place_of(path: &str) -> Option<Place> {
    at(path).map(|module| module.place)
}

pub(crate) fn chrome_of(path: &str) -> Chrome {
    at(path).map_or(Chrome::Full, |module| module.chrome)
}
