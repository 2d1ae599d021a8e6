use super::store;

const INSTALL: &str = "caravan.install-hint";

pub(crate) fn install_hint_was_dismissed() -> bool {
    store::read(INSTALL).is_some()
}

pub(crate) fn dismiss_install_hint() {
    store::write(INSTALL, "dismissed");
}
