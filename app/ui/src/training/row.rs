use caravan_domain::training::view::CourseLine;
use leptos::prelude::*;

use super::words::{TopicNames, standing_badge};
use crate::ui::{Badge, ListRow};

/// One course in a list, with how far one is.
#[component]
pub(crate) fn CourseRow(line: CourseLine) -> impl IntoView {
    let topics = TopicNames::new();
    let (topic, read, lessons) = (line.topic, line.lessons_read, line.lessons);
    let progress = tr!(training.read_of, read = read, of = lessons);
    let detail = Signal::derive(move || {
        let topic = topics.name(topic);
        match read > 0 && read < lessons {
            true => format!("{topic} · {}", progress.get()),
            false => topic,
        }
    });
    view! {
        <ListRow title=Signal::stored(line.title.clone()) detail href=format!("/training/{}", line.id)>
            {standing_badge(line.standing)
                .map(|(label, tone)| view! { <Badge label tone=Signal::stored(tone) /> })}
        </ListRow>
    }
}
