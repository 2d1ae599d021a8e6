use std::{collections::BTreeSet, fs};

use serde_json::Value;

use super::*;

const LANGUAGES: [&str; 2] = ["zh", "en"];
const GUIDES: [&str; 2] = ["account-manager", "manager"];

fn text(language: &str, guide: &str) -> String {
    let path = format!("../../docs/guide/{language}/{guide}.md");
    fs::read_to_string(&path).expect(&path)
}

fn every() -> impl Iterator<Item = (&'static str, &'static str)> {
    let of = |language| GUIDES.map(|guide| (language, guide));
    LANGUAGES.into_iter().flat_map(of)
}

/// Every text of a language that stands on some screen as it is.
fn on_screen(language: &str) -> BTreeSet<String> {
    fn gather(value: &Value, into: &mut BTreeSet<String>) {
        match value {
            Value::String(text) => {
                into.insert(text.clone());
            }
            Value::Object(map) => map.values().for_each(|value| gather(value, into)),
            _ => {}
        }
    }
    let mut texts = BTreeSet::new();
    for file in fs::read_dir(format!("locales/{language}")).unwrap() {
        let json = fs::read_to_string(file.unwrap().path()).unwrap();
        gather(&serde_json::from_str(&json).unwrap(), &mut texts);
    }
    texts
}

fn blocks(guide: &Guide) -> impl Iterator<Item = &Block> {
    let below = guide.sections.iter().flat_map(|section| &section.blocks);
    guide.opening.iter().chain(below)
}

#[test]
fn what_a_guide_says_stands_on_the_screen_stands_there() {
    let mut wrong = Vec::new();
    for (language, name) in every() {
        let known = on_screen(language);
        let guide = Guide::read(&text(language, name));
        let spans = blocks(&guide).flat_map(Block::words).flatten();
        for span in spans.filter(|span| span.voice == Voice::Screen) {
            if !known.contains(&span.text) {
                wrong.push(format!("{language}/{name}: {}", span.text));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// A section is known by its number, and somebody may change the language while reading it.
#[test]
fn both_languages_have_the_same_sections_and_steps() {
    for name in GUIDES {
        let [zh, en] = LANGUAGES.map(|language| Guide::read(&text(language, name)));
        assert_eq!(zh.sections.len(), en.sections.len(), "{name}");
        for (zh, en) in zh.sections.iter().zip(&en.sections) {
            let shape = |section: &Section| {
                let shape = section.blocks.iter().map(|block| match block {
                    Block::Paragraph(_) => ('p', 1),
                    Block::Steps(lines) => ('s', lines.len()),
                    Block::Points(lines) => ('-', lines.len()),
                });
                shape.collect::<Vec<_>>()
            };
            assert_eq!(shape(zh), shape(en), "{name}: {} / {}", zh.title, en.title);
        }
    }
}

#[test]
fn guides_keep_to_what_is_shown() {
    for (language, name) in every() {
        let text = text(language, name);
        let at = format!("{language}/{name}");
        let (mut titles, mut lists) = (0, 0);
        for event in Parser::new_ext(&text, Options::all()) {
            match event {
                Event::Start(Tag::Heading { level, .. }) => match level {
                    HeadingLevel::H1 => titles += 1,
                    level => assert_eq!(level, HeadingLevel::H2, "{at}"),
                },
                Event::Start(Tag::List(_)) => {
                    lists += 1;
                    assert_eq!(lists, 1, "{at}: a list within a list");
                }
                Event::End(TagEnd::List(_)) => lists -= 1,
                Event::Start(Tag::Paragraph | Tag::Item | Tag::Strong)
                | Event::End(_)
                | Event::Text(_)
                | Event::Code(_) => {}
                other => panic!("{at}: {other:?} is not shown by the app"),
            }
        }
        assert_eq!(titles, 1, "{at}");
        let guide = Guide::read(&text);
        assert!(!guide.opening.is_empty(), "{at} says nothing of itself");
        for section in &guide.sections {
            assert!(!section.blocks.is_empty(), "{at}: {}", section.title);
        }
    }
}

/// So that a part of a guide is found whatever words it is known by, and its first line is enough to tell.
#[test]
fn a_word_is_found_in_capitals_or_not_and_shown_with_what_stands_around_it() {
    let guide = Guide::read(
        "# Guide\n\nFor you.\n\n## One\n\n1. Tap **Save**.\n\n## Two\n\nA long way to go before anybody SAVES it.\n",
    );
    let [one, two] = guide.sections.as_slice() else {
        panic!("two sections, not {:?}", guide.sections)
    };
    assert!(one.holds("save") && two.holds("save"));
    assert!(!two.holds("tap"));
    assert_eq!(one.around("save").as_deref(), Some("Tap Save."));
    assert_eq!(
        two.around("saves").as_deref(),
        Some("…ore anybody SAVES it.")
    );
}

#[test]
fn words_of_the_screen_are_told_from_the_rest() {
    let guide = Guide::read("# G\n\n## S\n\n- **Save**, then `run`\n");
    let span = |text: &str, voice| Span {
        text: text.to_owned(),
        voice,
    };
    assert_eq!(
        guide.sections[0].blocks,
        [Block::Points(vec![vec![
            span("Save", Voice::Screen),
            span(", then ", Voice::Plain),
            span("run", Voice::Code),
        ]])]
    );
}
