use caravan_domain::training::paths::decision::PathKind;
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub(super) struct KindNames([Signal<String>; 3]);

/// To be called while a component is being built.
impl KindNames {
    pub(super) fn new() -> Self {
        Self([
            tr!(classes.kind_initial),
            tr!(classes.kind_continuing),
            tr!(classes.kind_certification),
        ])
    }

    pub(super) fn name(self, kind: PathKind) -> String {
        let place = PathKind::ALL.iter().position(|known| *known == kind);
        place.map(|place| self.0[place].get()).unwrap_or_default()
    }

    pub(super) fn options(self) -> Signal<Vec<(String, String)>> {
        Signal::derive(move || {
            let named = PathKind::ALL.iter();
            named
                .map(|it| (it.word().to_owned(), self.name(*it)))
                .collect()
        })
    }
}
