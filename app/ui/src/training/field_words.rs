//! Fields of courses and of the library in the reader's words, where people disagree on them.

use caravan_domain::training::course::{Mode, Topic};
use leptos::prelude::*;

use super::words::{ModeNames, TopicNames};
use crate::conflicts::FieldWords;

pub(super) fn field_words(steps: &[&str]) -> FieldWords {
    match steps {
        [_, _, "topic"] => {
            let topics = TopicNames::new();
            FieldWords::word(tr!(training.topic), move |topic: Topic| topics.name(topic))
        }
        [_, _, "lessons", _, "mode"] => {
            let modes = ModeNames::new();
            let label = of_lesson(tr!(training.mode));
            FieldWords::word(label, move |mode: Mode| modes.name(mode))
        }
        [_, _, "lessons", _, "title"] => FieldWords::plain(of_lesson(tr!(training.name))),
        [_, _, "lessons", _, "link"] => FieldWords::plain(of_lesson(tr!(training.link))),
        [_, _, "lessons", _, "text"] => FieldWords::plain(of_lesson(tr!(training.text))),
        [_, _, "title"] => FieldWords::plain(tr!(training.name)),
        [_, _, "about"] => FieldWords::plain(tr!(training.about)),
        [_, _, "link"] => FieldWords::plain(tr!(training.link)),
        [_, _, "text"] => FieldWords::plain(tr!(training.text)),
        _ => FieldWords::plain(tr!(clients.another_field)),
    }
}

fn of_lesson(field: Signal<String>) -> Signal<String> {
    let lessons = tr!(training.lessons);
    Signal::derive(move || format!("{} · {}", lessons.get(), field.get()))
}
