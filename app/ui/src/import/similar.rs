use caravan_domain::clients::list::SimilarReason;
use caravan_files::row::{Duplicate, DuplicateBy};
use leptos::prelude::*;

use super::checked::Double;

/// Why a row may be a duplicate, in a sentence.
pub(super) fn why(double: &Double) -> Signal<String> {
    let here = double.here.first().map(|client| {
        let name = match client.owner_name.is_empty() {
            true => client.name.clone(),
            false => format!("{} · {}", client.name, client.owner_name),
        };
        let reason = match client.reason {
            SimilarReason::SamePhone => tr!(clients.same_phone),
            SimilarReason::SameCode => tr!(clients.same_code),
            SimilarReason::SimilarName => tr!(clients.similar_name),
        };
        tr!(
            import.similar_to,
            reason = reason.get(),
            name = name.clone()
        )
    });
    let more = (double.here.len() > 1).then(|| {
        let count = double.here.len() - 1;
        tr!(import.and_more, count = count)
    });
    let in_file = double.in_file.map(|Duplicate { of, by, .. }| match by {
        DuplicateBy::Phone => tr!(import.phone_as_row, row = of),
        DuplicateBy::Code => tr!(import.code_as_row, row = of),
    });
    Signal::derive(move || {
        let parts = [here, more, in_file].into_iter().flatten();
        parts.map(|part| part.get()).collect::<Vec<_>>().join(" · ")
    })
}
