use caravan_domain::{
    geo::{Position, distance_m},
    visits::{
        list::VisitLine,
        record::{PositionReading, VisitState},
    },
};
use icondata_lu as icons;
use leptos::{prelude::*, task::spawn_local};

use crate::{
    format::{now, use_format},
    location::read_position,
    ui::{Button, ButtonKind, Icon, live},
    visits::{VisitKindNames, VisitWhen},
};

/// What comes next, large enough to read at arm's length.
#[component]
pub(super) fn NextVisit(next: Memo<Option<VisitLine>>) -> impl IntoView {
    live(move || next.get().map(|line| view! { <Shown line /> }))
}

#[component]
fn Shown(line: VisitLine) -> impl IntoView {
    let kinds = VisitKindNames::new();
    let (kind, purpose) = (line.row.kind, line.row.purpose.clone());
    let about = move || match purpose.is_empty() {
        true => kinds.name(kind),
        false => format!("{} · {purpose}", kinds.name(kind)),
    };
    let title = match line.row.state {
        VisitState::UnderWay => tr!(today.under_way),
        _ => tr!(today.next),
    };
    let place = line.client_position.parse::<Position>().ok();
    let address = line.address.clone();
    view! {
        <section class="border-y border-line bg-base-200 px-4 py-4">
            <p class="flex justify-between gap-4 text-sm text-muted">
                <span>{title}</span>
                <span class="tabular-nums">
                    <VisitWhen line=line.clone() day=untrack(now).day() />
                </span>
            </p>
            <a class="block py-1" href=format!("/visits/{}/{}", line.row.client, line.row.id)>
                <h2 class="line-clamp-2 text-xl font-semibold">
                    <bdi>{line.client_name.clone()}</bdi>
                </h2>
                <bdi class="text-muted">{about}</bdi>
            </a>
            <div class="flex items-center gap-2">
                <p class="flex min-w-0 flex-1 items-start gap-2 py-2 empty:hidden">
                    {(!address.is_empty())
                        .then(|| {
                            view! {
                                <Icon icon=icons::LuMapPin class="mt-0.5 size-5 shrink-0 text-muted" />
                                <bdi>{address}</bdi>
                            }
                        })}
                </p>
                {place.map(|place| view! { <Distance place /> })}
            </div>
        </section>
    }
}

/// Asked for by a tap: the phone's position is nobody's business before.
#[component]
fn Distance(place: Position) -> impl IntoView {
    let format = use_format();
    let reading = RwSignal::new(None::<PositionReading>);
    let busy = RwSignal::new(false);
    let metres = Memo::new(move |_| match reading.get() {
        Some(PositionReading::At(uri)) => uri.parse().ok().map(|here| distance_m(&here, &place)),
        _ => None,
    });
    let away = tr!(
        today.away,
        distance = format.distance(metres.get().unwrap_or_default())
    );
    let (ask, asking, none) = (
        tr!(today.how_far),
        tr!(location.asking),
        tr!(today.no_position),
    );
    let label = Signal::derive(move || match (busy.get(), metres.get(), reading.get()) {
        (true, ..) => asking.get(),
        (_, Some(_), _) => away.get(),
        (.., Some(_)) => none.get(),
        _ => ask.get(),
    });
    let take = move || {
        busy.set(true);
        spawn_local(async move {
            let taken = read_position().await;
            reading.try_set(Some(taken));
            busy.try_set(false);
        });
    };
    view! { <Button label kind=ButtonKind::Quiet icon=icons::LuRuler disabled=busy on_press=take /> }
}
