use leptos::prelude::*;

/// A view that is built again whenever a signal in it changes, for a component that is nothing else; within `view!`,
/// braces around a closure are enough. Compiled once, where a bare closure would cost some kilobytes of its own.
pub(crate) fn live<V: IntoView + 'static>(view: impl Fn() -> V + Send + 'static) -> AnyView {
    let view: Box<dyn FnMut() -> AnyView + Send> = Box::new(move || view().into_any());
    view.into_any()
}
