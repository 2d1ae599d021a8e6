use caravan_domain::{geo::Position, visits::record::PositionReading};
use icondata_lu as icons;
use leptos::{prelude::*, task::spawn_local};

use super::read_position;
use crate::ui::{Bound, Button, ButtonKind, Show};

/// The client's position, taken while standing there: check-ins are held against it.
#[component]
pub(crate) fn PositionField(bind: Bound<String>) -> impl IntoView {
    let asking = RwSignal::new(false);
    let refused = RwSignal::new(None::<PositionReading>);
    let take = move || {
        asking.set(true);
        refused.set(None);
        spawn_local(async move {
            match read_position().await {
                PositionReading::At(uri) => bind.set(uri),
                other => refused.set(Some(other)),
            }
            asking.set(false);
        });
    };
    let known = Memo::new(move |_| bind.value.with(|text| text.parse::<Position>().ok()));
    let within = tr!(
        location.known,
        metres = known.get().map_or(0, |position| position.accuracy_m())
    );
    let (unknown, wait) = (tr!(location.unknown), tr!(location.asking));
    let (no_permission, no_fix) = (tr!(location.refused), tr!(location.unavailable));
    let words = move || match (asking.get(), refused.get(), known.get()) {
        (true, ..) => wait.get(),
        (_, Some(PositionReading::Refused), _) => no_permission.get(),
        (_, Some(_), _) => no_fix.get(),
        (.., Some(_)) => within.get(),
        _ => unknown.get(),
    };
    view! {
        <div class="flex flex-col gap-1">
            <span class="text-sm font-medium">{tr!(location.label)}</span>
            <div class="flex flex-wrap items-center gap-2">
                <Button label=tr!(location.take) icon=icons::LuMapPin disabled=asking on_press=take />
                <Show when=move || known.get().is_some()>
                    <Button
                        label=tr!(location.clear)
                        kind=ButtonKind::Quiet
                        on_press=move || bind.set(String::new())
                    />
                </Show>
            </div>
            <p class="text-sm text-muted" role="status">
                {words}
            </p>
        </div>
    }
}
