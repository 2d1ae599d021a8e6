use caravan_domain::agreements::{standing::Standing, view::AgreementLine};
use icondata_lu as icons;
use leptos::prelude::*;

use super::words::{KindNames, standing_badge, title_of};
use crate::ui::{Badge, ListRow, Tone};

/// One agreement in a list, with where one stands.
#[component]
pub(crate) fn AgreementRow(line: AgreementLine) -> impl IntoView {
    let kinds = KindNames::new();
    let (kind, number, count) = (line.kind, line.number, line.count);
    let version = tr!(agreements.version, number = number);
    let draft = tr!(agreements.draft);
    let signed = tr!(
        agreements.signed_of,
        signed = count.signed,
        asked = count.asked
    );
    let open = tr!(
        agreements.to_countersign_count,
        count = count.to_countersign
    );
    let detail = Signal::derive(move || {
        let mut parts = vec![kinds.name(kind)];
        parts.push(if number == 0 {
            draft.get()
        } else {
            version.get()
        });
        if count.asked > 0 {
            parts.push(signed.get());
        }
        if count.to_countersign > 0 {
            parts.push(open.get());
        }
        parts.join(" · ")
    });
    let provisional = line.provisional && line.standing == Standing::Signed;
    view! {
        <ListRow
            title=title_of(line.titles.clone())
            detail
            icon=icons::LuSignature
            href=format!("/agreements/{}", line.id)
        >
            {match provisional {
                true => {
                    Some(view! { <Badge label=tr!(agreements.provisional) tone=Signal::stored(Tone::Info) /> }.into_any())
                }
                false => {
                    standing_badge(line.standing)
                        .map(|(label, tone)| view! { <Badge label tone=Signal::stored(tone) /> }.into_any())
                }
            }}
        </ListRow>
    }
}
