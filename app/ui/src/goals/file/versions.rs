use caravan_domain::goals::{
    list::{SignatureLine, VersionLine},
    record::Side,
};
use leptos::prelude::*;

use crate::{
    format::use_format,
    ui::{Badge, SectionTitle, Timeline, TimelineEntry, Tone},
};

/// Every version there ever was, with its reason and signatures (R21); the latest first.
#[component]
pub(super) fn Versions(lines: Vec<VersionLine>) -> impl IntoView {
    let entries = lines.into_iter().map(|line| view! { <OneVersion line /> });
    view! {
        <SectionTitle label=tr!(goals.versions) />
        <Timeline label=tr!(goals.versions)>{entries.collect_view()}</Timeline>
    }
}

#[component]
fn OneVersion(line: VersionLine) -> impl IntoView {
    let format = use_format();
    let version = line.version;
    let (target, deadline, at) = (
        version.terms.target.to_string(),
        version.terms.deadline,
        version.at,
    );
    let title = match version.dropped {
        true => tr!(goals.version_dropped),
        false => tr!(
            goals.version,
            target = target.clone(),
            day = format.day(deadline)
        ),
    };
    let by = line.by_name;
    let attribution = Signal::derive(move || format!("{by} · {}", format.moment(at)));
    let signatures = line.signatures.into_iter();
    view! {
        <TimelineEntry title attribution>
            <bdi>{version.reason}</bdi>
            <ul class="text-sm text-muted">
                {signatures.map(|signature| view! { <OneSignature signature /> }).collect_view()}
            </ul>
            {line.in_force.then(|| view! { <Badge label=tr!(goals.in_force) tone=Tone::Good /> })}
        </TimelineEntry>
    }
}

#[component]
fn OneSignature(signature: SignatureLine) -> impl IntoView {
    let format = use_format();
    let (name, at) = (signature.by_name, signature.at);
    let words = match signature.side {
        Side::Setter => {
            tr!(
                goals.signed_setter,
                name = name.clone(),
                time = format.moment(at)
            )
        }
        Side::Bearer => {
            tr!(
                goals.signed_bearer,
                name = name.clone(),
                time = format.moment(at)
            )
        }
    };
    view! {
        <li>
            <bdi>{words}</bdi>
        </li>
    }
}
