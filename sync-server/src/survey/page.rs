//! The page as HTML. Names and what was typed are the only things in it that somebody else wrote: they are escaped.

use std::fmt::Write;
use std::sync::LazyLock;

use axum::http::StatusCode;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue,
    REFERRER_POLICY, VARY,
};
use axum::response::{IntoResponse, Response};
use caravan_domain::surveys::record::{Agreed, Point, Satisfaction};
use caravan_domain::surveys::taking::{Asked, Closed};
use data_encoding::BASE64;
use ring::digest;

use super::{Language, Words};

const STYLE: &str = include_str!("style.css");
/// What the field takes; the domain cuts what is longer still.
const WORDS_SHOWN: usize = 500;
/// Mouths, from the worst on. Drawn, because old phones lack some of the signs for faces.
const MOUTHS: [&str; 5] = [
    "M7.5 17q4.5-5 9 0",
    "M8 16.5q4-2.5 8 0",
    "M8 15.5h8",
    "M8 15q4 2.5 8 0",
    "M7.5 14q4.5 5.5 9 0z",
];
/// The names of the fields, by [`Point`].
const POINTS: [&str; Point::ALL.len()] = ["kept", "knew", "on_time"];

/// Nothing but this page's own style and its form.
static POLICY: LazyLock<Option<HeaderValue>> = LazyLock::new(|| {
    let hash = BASE64.encode(digest::digest(&digest::SHA256, STYLE.as_bytes()).as_ref());
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{hash}'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'"
    );
    HeaderValue::try_from(policy).ok()
});

/// What the form holds when it is shown.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filled {
    pub(crate) satisfaction: Option<Satisfaction>,
    pub(crate) points: [Option<Agreed>; Point::ALL.len()],
    pub(crate) words: String,
    /// It was sent without the one thing that must be said.
    pub(crate) incomplete: bool,
}

pub(crate) enum Sheet {
    Form(Asked, Box<Filled>),
    Thanks,
    Closed(Closed),
    TooMany,
    Unavailable,
}

pub(crate) struct Page {
    pub(crate) language: Language,
    pub(crate) sheet: Sheet,
}

impl Sheet {
    fn status(&self) -> StatusCode {
        match self {
            Self::Form(_, filled) if filled.incomplete => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Form(..) | Self::Thanks => StatusCode::OK,
            Self::Closed(Closed::Unknown) => StatusCode::NOT_FOUND,
            Self::Closed(Closed::Used | Closed::Expired | Closed::Withdrawn) => StatusCode::GONE,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let html = self.html();
        let mut response = (self.sheet.status(), html).into_response();
        let headers = response.headers_mut();
        let fixed = [
            (CONTENT_TYPE, "text/html; charset=utf-8"),
            (CONTENT_LANGUAGE, self.language.tag()),
            (CACHE_CONTROL, "no-store"),
            (VARY, "accept-language"),
            // Without a referrer the browser would not say where the form comes from, either.
            (REFERRER_POLICY, "same-origin"),
        ];
        for (name, value) in fixed {
            headers.insert(name, HeaderValue::from_static(value));
        }
        headers.extend(
            POLICY
                .clone()
                .map(|policy| (CONTENT_SECURITY_POLICY, policy)),
        );
        response
    }
}

impl Page {
    fn html(&self) -> String {
        let words = Words::of(self.language);
        let (language, other) = (self.language.tag(), self.language.other().tag());
        let body = match &self.sheet {
            Sheet::Form(asked, filled) => form(asked, filled, words, language),
            Sheet::Thanks => said(words.thanks, ""),
            Sheet::Closed(Closed::Unknown) => said(words.unknown, &again(words, language)),
            Sheet::Closed(Closed::Used) => said(words.used, ""),
            Sheet::Closed(Closed::Expired) => said(words.expired, ""),
            Sheet::Closed(Closed::Withdrawn) => said(words.withdrawn, ""),
            Sheet::TooMany => said(words.too_many, &again(words, language)),
            Sheet::Unavailable => said(words.unavailable, ""),
        };
        let title = words.title;
        let switch = words.other_language;
        format!(
            "<!doctype html><html lang=\"{language}\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
             <meta name=\"color-scheme\" content=\"light dark\"><meta name=\"robots\" content=\"noindex\">\
             <title>{title}</title><style>{STYLE}</style></head><body>\
             <header><a href=\"?lang={other}\" lang=\"{other}\" hreflang=\"{other}\">{switch}</a></header>\
             <main>{body}</main></body></html>"
        )
    }
}

fn said([title, body]: [&str; 2], more: &str) -> String {
    format!("<h1>{title}</h1><p>{body}</p>{more}")
}

fn again(words: &Words, language: &str) -> String {
    let again = words.again;
    format!("<p><a class=\"again\" href=\"?lang={language}\">{again}</a></p>")
}

fn form(asked: &Asked, filled: &Filled, words: &Words, language: &str) -> String {
    let named = |text: &str| {
        let (name, company) = (isolated(&asked.name), isolated(&asked.workspace_name));
        text.replace("{company}", &company).replace("{name}", &name)
    };
    let mut html = format!(
        "<h1>{}</h1><p>{}</p><form method=\"post\" action=\"?lang={language}\">",
        named(words.question),
        named(words.intro),
    );
    if filled.incomplete {
        push(
            &mut html,
            format_args!("<p role=\"alert\">{}</p>", words.choose_one),
        );
    }
    satisfaction(&mut html, filled, words, &named(words.question));
    for (place, name) in POINTS.into_iter().enumerate() {
        point(
            &mut html,
            name,
            words.points[place],
            filled.points[place],
            words,
        );
    }
    push(
        &mut html,
        format_args!(
            "<label class=\"words\"><span>{} <small>{}</small></span>\
             <textarea name=\"words\" rows=\"4\" maxlength=\"{WORDS_SHOWN}\">{}</textarea></label>\
             <p class=\"small\">{}</p><p class=\"small\">{}</p><button>{}</button></form>",
            words.words,
            words.optional,
            escaped(&filled.words),
            named(words.who_reads),
            words.once,
            words.send,
        ),
    );
    html
}

fn satisfaction(html: &mut String, filled: &Filled, words: &Words, question: &str) {
    push(
        html,
        format_args!("<fieldset class=\"faces\"><legend class=\"unseen\">{question}</legend>"),
    );
    // The best first: nobody has to scroll for it, and the worst is not further than a thumb.
    for (place, level) in Satisfaction::ALL.iter().enumerate().rev() {
        let checked = checked(filled.satisfaction == Some(*level));
        push(
            html,
            format_args!(
                "<label><input type=\"radio\" name=\"satisfaction\" value=\"{}\" required{checked}>\
                 <svg viewBox=\"0 0 24 24\" aria-hidden=\"true\"><circle cx=\"12\" cy=\"12\" r=\"10\"/>\
                 <path d=\"M8.5 9v1M15.5 9v1{}\"/></svg>{}</label>",
                level.word(),
                MOUTHS[place],
                words.satisfaction[place],
            ),
        );
    }
    html.push_str("</fieldset>");
}

fn point(html: &mut String, name: &str, question: &str, said: Option<Agreed>, words: &Words) {
    push(
        html,
        format_args!(
            "<fieldset class=\"point\"><legend>{question} <small>{}</small></legend>",
            words.optional
        ),
    );
    for (level, label) in Agreed::ALL.iter().zip(words.agreed) {
        let checked = checked(said == Some(*level));
        push(
            html,
            format_args!(
                "<label><input type=\"radio\" name=\"{name}\" value=\"{}\"{checked}>{label}</label>",
                level.word(),
            ),
        );
    }
    html.push_str("</fieldset>");
}

const fn checked(is: bool) -> &'static str {
    if is { " checked" } else { "" }
}

fn push(html: &mut String, part: std::fmt::Arguments<'_>) {
    html.write_fmt(part)
        .expect("a string takes whatever is written to it");
}

/// A name keeps its own direction of writing to itself.
fn isolated(name: &str) -> String {
    format!("<bdi>{}</bdi>", escaped(name))
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use caravan_domain::time::Instant;

    use super::*;

    fn page(language: Language, name: &str) -> String {
        let asked = Asked {
            workspace_name: "杭州商队".to_owned(),
            name: name.to_owned(),
            expires_at: Instant::from_millis(0),
        };
        let filled = Filled {
            words: "</textarea><script>".to_owned(),
            ..Filled::default()
        };
        let sheet = Sheet::Form(asked, Box::new(filled));
        Page { language, sheet }.html()
    }

    #[test]
    fn what_others_wrote_stays_text() {
        let html = page(Language::Zh, "<b onclick='x'>{company}</b>\"");
        assert!(html.contains("&lt;b onclick=&#39;x&#39;&gt;"));
        assert!(html.contains("&lt;/textarea&gt;&lt;script&gt;"));
        assert!(!html.contains("<script") && !html.contains("<b "));
    }

    #[test]
    fn it_is_a_few_kilobytes_and_complete_in_both_languages() {
        for language in [Language::Zh, Language::En] {
            let html = page(language, "王帆");
            assert!(html.len() < 8 * 1024, "{} bytes", html.len());
            assert!(html.contains("王帆") && html.contains("杭州商队"));
            assert!(!html.contains("{name}") && !html.contains("{company}"));
        }
    }
}
