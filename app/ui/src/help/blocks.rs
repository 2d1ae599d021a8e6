//! The text of a guide as views.

use leptos::prelude::*;

use super::guide::{Block, Span, Voice, Words, place_of};

/// `word` is what is being looked for; wherever it stands it is marked.
pub(super) fn blocks(blocks: &[Block], word: &str) -> AnyView {
    blocks
        .iter()
        .map(|block| self::block(block, word))
        .collect_view()
        .into_any()
}

fn block(block: &Block, word: &str) -> AnyView {
    match block {
        Block::Paragraph(line) => view! { <p>{words(line, word)}</p> }.into_any(),
        Block::Steps(lines) => {
            view! { <ol class="list-decimal space-y-2 ps-7">{items(lines, word)}</ol> }.into_any()
        }
        Block::Points(lines) => {
            view! { <ul class="list-disc space-y-2 ps-7">{items(lines, word)}</ul> }.into_any()
        }
    }
}

fn items(lines: &[Words], word: &str) -> AnyView {
    let item = |line: &Words| view! { <li class="ps-1 marker:text-muted">{words(line, word)}</li> };
    lines.iter().map(item).collect_view().into_any()
}

fn words(line: &[Span], word: &str) -> AnyView {
    line.iter()
        .map(|span| spoken(span, word))
        .collect_view()
        .into_any()
}

fn spoken(span: &Span, word: &str) -> AnyView {
    let text = marked(&span.text, word);
    match span.voice {
        Voice::Plain => text,
        Voice::Screen => {
            view! { <strong class="font-semibold text-primary">{text}</strong> }.into_any()
        }
        Voice::Code => {
            view! { <code class="rounded bg-base-200 px-1 font-mono text-base">{text}</code> }
                .into_any()
        }
    }
}

fn marked(text: &str, word: &str) -> AnyView {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(at) = place_of(rest, word).filter(|_| !word.is_empty()) {
        let (before, from) = rest.split_at(at);
        let (found, after) = from.split_at(word.len());
        let found = found.to_owned();
        parts.push(before.to_owned().into_any());
        parts.push(
            view! { <mark class="rounded-sm bg-warning/25 text-inherit">{found}</mark> }.into_any(),
        );
        rest = after;
    }
    parts.push(rest.to_owned().into_any());
    parts.into_any()
}
