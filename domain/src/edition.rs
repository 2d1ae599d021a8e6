//! Whether something is still what it was, without looking at all of it.

use std::sync::Arc;

/// Another one whenever something has changed. It says nothing about the contents: those of two devices are equal if
/// their contents are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Edition(Arc<()>);

impl Edition {
    /// Whoever keeps `other` keeps it from coming again.
    pub(crate) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// What nobody has kept need not become another one for anybody to tell.
    pub(crate) fn renew(&mut self) {
        if Arc::get_mut(&mut self.0).is_none() {
            self.0 = Arc::default();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_keeps_one_sees_that_something_has_changed() {
        let mut edition = Edition::default();
        let kept = edition.clone();
        assert!(edition.is(&kept));
        edition.renew();
        assert!(!edition.is(&kept));
        let again = edition.clone();
        edition.renew();
        edition.renew();
        assert!(!edition.is(&again) && !edition.is(&kept));
    }
}
