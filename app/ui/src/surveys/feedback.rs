use caravan_domain::{
    id::{Id, PersonId, ReplyId},
    surveys::{
        list::{FeedbackFilter, FeedbackList, FeedbackPage as Feedback},
        record::{Agreed, Point, STEP, SurveyDigest},
    },
};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{
    address,
    reply::Reply,
    words::{agreed_name, point_name, share},
};
use crate::{
    engine::use_engine,
    format::use_format,
    ui::{Button, Each, EmptyState, List, ListRow, Page, SectionTitle, SegmentedControl, Show},
};

/// Replies shown before one asks for more.
const AT_ONCE: u32 = 50;

/// On a person's page, for whoever may know something of it.
#[component]
pub(crate) fn FeedbackLink(person: PersonId) -> impl IntoView {
    let page = use_engine().feedback(move || FeedbackList {
        about: person,
        show: FeedbackFilter::All,
        first: None,
        limit: 0,
    });
    let digest = Memo::new(move |_| page.with(|page| Some(page.as_ref()?.as_ref()?.digest)));
    let detail = tr!(
        surveys.figure,
        percent = percent(digest.get().unwrap_or_default()),
        count = digest.get().unwrap_or_default().replies
    );
    view! {
        <Show when=move || digest.get().is_some()>
            <List>
                <ListRow
                    title=tr!(surveys.feedback)
                    detail
                    icon=icons::LuSmile
                    href=address::about(person)
                />
            </List>
        </Show>
    }
}

fn percent(digest: SurveyDigest) -> String {
    share(digest.percent, digest.replies)
}

/// What clients say of a person (R61): together, and one by one for those who answer for them.
#[component]
pub(super) fn FeedbackPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let about = Memo::new(move |_| {
        let person = params.with(|params| params.get("person").unwrap_or_default());
        person.parse().unwrap_or(PersonId(Id::ZERO))
    });
    // A record of a review leads to one of them.
    let first = Memo::new(move |_| {
        let reply = query.with(|query| query.get("reply"));
        reply.and_then(|reply| reply.parse::<ReplyId>().ok())
    });
    let show = RwSignal::new(String::new());
    let limit = RwSignal::new(AT_ONCE);
    let answer = use_engine().feedback(move || FeedbackList {
        about: about.get(),
        show: filter(&show.get()),
        first: first.get(),
        limit: limit.get(),
    });
    let known = Memo::new(move |_| answer.with(|answer| answer.as_ref().map(Option::is_some)));
    let page = Memo::new(move |_| answer.get().flatten().map(|page| *page));
    let feedback = tr!(surveys.feedback);
    let title = Signal::derive(move || {
        let name = page.with(|page| page.as_ref().map(|page| page.name.clone()));
        match name {
            Some(name) => format!("{name} · {}", feedback.get()),
            None => feedback.get(),
        }
    });
    view! {
        <Page
            title
            known_as=tr!(surveys.feedback)
            back=Signal::derive(move || Some(format!("/people/{}", about.get())))
        >
            <Show when=move || known.get() == Some(false)>
                <EmptyState icon=icons::LuSearchX title=tr!(surveys.hidden) body=tr!(surveys.hidden_body) />
            </Show>
            <Show when=move || known.get() == Some(true)>
                <Together page />
                <Show when=move || page.with(|page| page.as_ref().is_some_and(|page| page.sees_replies))>
                    <OneByOne page show limit first />
                </Show>
            </Show>
        </Page>
    }
}

const LOW: &str = "low";
const WORDS: &str = "words";

fn filter(word: &str) -> FeedbackFilter {
    match word {
        LOW => FeedbackFilter::Low,
        WORDS => FeedbackFilter::WithWords,
        _ => FeedbackFilter::All,
    }
}

#[component]
fn Together(page: Memo<Option<Feedback>>) -> impl IntoView {
    let format = use_format();
    let read = Memo::new(move |_| {
        page.with(|page| {
            page.as_ref()
                .map(|page| (page.digest, page.by_others, page.sees_replies))
        })
        .unwrap_or_default()
    });
    let digest = Memo::new(move |_| read.get().0);
    let made_of = Signal::derive(move || format.count(u64::from(digest.get().replies)));
    let counted = tr!(surveys.counted, count = made_of.get());
    let by_others = tr!(surveys.by_others, count = read.get().1);
    let by_themself = tr!(surveys.by_others_none);
    let in_steps = tr!(surveys.in_steps, count = STEP);
    view! {
        <section class="flex flex-col gap-1 px-4 pb-2" aria-label=tr!(surveys.feedback)>
            <p class="flex items-baseline gap-2">
                <span class="text-xl font-semibold tabular-nums">{move || percent(digest.get())}</span>
                <span class="text-muted">{tr!(surveys.satisfaction)}</span>
            </p>
            <p class="text-muted tabular-nums">{counted}</p>
            {move || {
                let said = match read.get() {
                    (_, _, false) => in_steps,
                    (digest, 0, true) if digest.replies > 0 => by_themself,
                    _ => by_others,
                };
                view! { <p class="text-sm text-muted">{said}</p> }
            }}
        </section>
        <Show when=move || { digest.get().replies > 0 }>
            <SectionTitle label=tr!(surveys.points) />
            <ul class="divide-y divide-line border-y border-line">
                {Point::ALL.into_iter().map(|point| view! { <PointRow point digest /> }).collect_view()}
            </ul>
        </Show>
    }
}

#[component]
fn PointRow(point: Point, digest: Memo<SurveyDigest>) -> impl IntoView {
    let said = Agreed::ALL.iter().map(|agreed| {
        let name = agreed_name(*agreed);
        let count = move || digest.get().points[point as usize][*agreed as usize];
        view! {
            <span class="whitespace-nowrap">
                {name} " " <span class="font-semibold tabular-nums">{count}</span>
            </span>
        }
    });
    view! {
        <li class="flex flex-wrap justify-between gap-x-4 px-4 py-2">
            <span>{point_name(point)}</span>
            <span class="flex gap-4">{said.collect_view()}</span>
        </li>
    }
}

#[component]
fn OneByOne(
    page: Memo<Option<Feedback>>,
    show: RwSignal<String>,
    limit: RwSignal<u32>,
    first: Memo<Option<ReplyId>>,
) -> impl IntoView {
    let (all, low, words) = (tr!(surveys.all), tr!(surveys.low), tr!(surveys.with_words));
    let options = Signal::derive(move || {
        vec![
            (String::new(), all.get()),
            (LOW.to_owned(), low.get()),
            (WORDS.to_owned(), words.get()),
        ]
    });
    let total = Memo::new(move |_| page.with(|page| page.as_ref().map_or(0, |page| page.total)));
    let lines = move || page.get().map(|page| page.lines).unwrap_or_default();
    view! {
        <SectionTitle label=tr!(surveys.replies) />
        <div class="px-4 pb-2">
            <SegmentedControl label=tr!(surveys.show) bind=show options />
        </div>
        <List label=tr!(surveys.replies)>
            <Each each=lines key=|line| line.clone() let:line>
                <Reply current=first.get_untracked() == Some(line.reply) line />
            </Each>
        </List>
        <Show when=move || { total.get() == 0 }>
            <EmptyState icon=icons::LuSmile title=tr!(surveys.no_replies) />
        </Show>
        <Show when=move || { total.get() > limit.get() }>
            <div class="p-4">
                <Button
                    label=tr!(surveys.more_of, total = total.get())
                    wide=true
                    on_press=move || limit.update(|limit| *limit += AT_ONCE)
                />
            </div>
        </Show>
    }
}
