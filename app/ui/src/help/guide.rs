//! A guide as it is read: one title, an opening, and a section for each thing that somebody wants to get done. It is written
//! in the part of Markdown that a small screen shows well: paragraphs, lists, **words of the screen** in bold, `code`.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Guide {
    pub(super) title: String,
    pub(super) opening: Vec<Block>,
    pub(super) sections: Vec<Section>,
}

/// Known by its number, which is the same in every language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Section {
    pub(super) title: String,
    pub(super) blocks: Vec<Block>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    Paragraph(Words),
    Steps(Vec<Words>),
    Points(Vec<Words>),
}

pub(super) type Words = Vec<Span>;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) text: String,
    pub(super) voice: Voice,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Voice {
    #[default]
    Plain,
    /// Stands on the screen in exactly these words.
    Screen,
    /// Typed at a computer's prompt.
    Code,
}

impl Guide {
    /// Whatever else Markdown can do is read as its bare text.
    pub(super) fn read(text: &str) -> Self {
        let mut parsing = Parsing::default();
        for event in Parser::new_ext(text, Options::empty()) {
            parsing.take(event);
        }
        parsing.guide
    }
}

impl Section {
    /// Whether `word` stands in its title or its text; English in capitals or not.
    pub(super) fn holds(&self, word: &str) -> bool {
        place_of(&self.title, word).is_some() || self.lines().any(|line| holds(&line, word))
    }

    /// The words around the first place in the text where `word` stands.
    pub(super) fn around(&self, word: &str) -> Option<String> {
        const BEFORE: usize = 12;
        let line = self.lines().find(|line| holds(line, word))?;
        let at = place_of(&line, word)?;
        let skipped = line[..at].chars().count().saturating_sub(BEFORE);
        let shown: String = line.chars().skip(skipped).collect();
        Some(match skipped {
            0 => shown,
            _ => format!("…{shown}"),
        })
    }

    fn lines(&self) -> impl Iterator<Item = String> {
        let words = self.blocks.iter().flat_map(Block::words);
        words.map(|words| words.iter().map(|span| span.text.as_str()).collect())
    }
}

impl Block {
    pub(super) fn words(&self) -> &[Words] {
        match self {
            Self::Paragraph(words) => std::slice::from_ref(words),
            Self::Steps(lines) | Self::Points(lines) => lines,
        }
    }
}

fn holds(line: &str, word: &str) -> bool {
    place_of(line, word).is_some()
}

/// In bytes. Only the letters of ASCII have capitals here: folding those keeps every place where it is.
pub(super) fn place_of(line: &str, word: &str) -> Option<usize> {
    line.to_ascii_lowercase().find(&word.to_ascii_lowercase())
}

#[derive(Default)]
struct Parsing {
    guide: Guide,
    words: Words,
    voice: Voice,
    /// The list that is open, until it ends.
    list: Option<Block>,
}

impl Parsing {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::Strong) => self.voice = Voice::Screen,
            Event::End(TagEnd::Strong) => self.voice = Voice::Plain,
            Event::Start(Tag::List(first)) => {
                self.list = Some(match first {
                    Some(_) => Block::Steps(Vec::new()),
                    None => Block::Points(Vec::new()),
                });
            }
            Event::End(TagEnd::List(_)) => {
                if let Some(list) = self.list.take() {
                    self.blocks().push(list);
                }
            }
            Event::End(TagEnd::Item) => {
                let words = std::mem::take(&mut self.words);
                if let Some(Block::Steps(lines) | Block::Points(lines)) = &mut self.list {
                    lines.push(words);
                }
            }
            // Within a list the item ends it.
            Event::End(TagEnd::Paragraph) if self.list.is_none() => {
                let words = std::mem::take(&mut self.words);
                self.blocks().push(Block::Paragraph(words));
            }
            Event::End(TagEnd::Heading(level)) => {
                let words = std::mem::take(&mut self.words);
                let title = words.into_iter().map(|span| span.text).collect();
                match level {
                    HeadingLevel::H1 => self.guide.title = title,
                    _ => self.guide.sections.push(Section {
                        title,
                        blocks: Vec::new(),
                    }),
                }
            }
            Event::Text(text) => self.say(&text, self.voice),
            Event::Code(text) => self.say(&text, Voice::Code),
            Event::SoftBreak | Event::HardBreak => self.say(" ", self.voice),
            _ => {}
        }
    }

    fn say(&mut self, text: &str, voice: Voice) {
        match self.words.last_mut() {
            Some(last) if last.voice == voice => last.text.push_str(text),
            _ => self.words.push(Span {
                text: text.to_owned(),
                voice,
            }),
        }
    }

    fn blocks(&mut self) -> &mut Vec<Block> {
        match self.guide.sections.last_mut() {
            Some(section) => &mut section.blocks,
            None => &mut self.guide.opening,
        }
    }
}

#[cfg(test)]
mod tests;
