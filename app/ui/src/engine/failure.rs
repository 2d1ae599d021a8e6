/// Why a request brought no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Failure<E> {
    #[error(transparent)]
    Refused(#[from] E),
    /// The engine stopped before it answered: whether the request was carried out must be looked up.
    #[error("the engine stopped before it answered")]
    Interrupted,
}
