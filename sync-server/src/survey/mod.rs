//! The page that a client answers a survey on. It is a form and nothing else: no script, no login, one request of a few kilobytes, so that any
//! phone opens it, an old one included. What is taken is the domain's affair ([`caravan_domain::surveys::taking`]).

mod page;
mod words;

use axum::http::{HeaderMap, header};

pub(crate) use page::{Filled, Page, Sheet};
pub(crate) use words::Words;

/// The languages of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    Zh,
    En,
}

impl Language {
    /// As chosen on the page, else what the browser asks for first.
    pub(crate) fn of(chosen: Option<&str>, headers: &HeaderMap) -> Self {
        let asked = headers.get(header::ACCEPT_LANGUAGE);
        let asked = asked.and_then(|asked| asked.to_str().ok());
        match (chosen, asked) {
            (Some("en"), _) => Self::En,
            (None, Some(asked)) if !asked.trim_start().starts_with("zh") && !asked.is_empty() => {
                Self::En
            }
            _ => Self::Zh,
        }
    }

    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }

    pub(crate) const fn other(self) -> Self {
        match self {
            Self::Zh => Self::En,
            Self::En => Self::Zh,
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn asking(languages: &'static str) -> HeaderMap {
        let value = HeaderValue::from_static(languages);
        HeaderMap::from_iter([(header::ACCEPT_LANGUAGE, value)])
    }

    #[test]
    fn the_page_speaks_what_was_chosen_or_what_the_browser_asks_for() {
        for (chosen, asked, spoken) in [
            (None, "zh-CN,zh;q=0.9,en;q=0.8", Language::Zh),
            (None, "en-GB,en;q=0.9,zh;q=0.8", Language::En),
            (None, "de", Language::En),
            (Some("zh"), "en", Language::Zh),
            (Some("en"), "zh-CN", Language::En),
            (Some("xx"), "en", Language::Zh),
        ] {
            assert_eq!(Language::of(chosen, &asking(asked)), spoken, "{asked}");
        }
        assert_eq!(Language::of(None, &HeaderMap::new()), Language::Zh);
    }
}
