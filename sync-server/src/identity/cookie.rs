//! The session cookie. `__Host-` binds it to this very origin; scripts cannot read it, other sites
//! cannot send it, and without the device's key it opens nothing.

use axum::http::{HeaderMap, HeaderValue, header};
use data_encoding::BASE64URL_NOPAD;

const NAME: &str = "__Host-caravan";
/// Browsers keep a cookie for at most 400 days; each signing in renews it.
const MAX_AGE_SECONDS: u32 = 400 * 24 * 60 * 60;

/// The header that gives a browser its session.
#[must_use]
pub fn session_cookie(token: &[u8; 32]) -> Option<HeaderValue> {
    let token = BASE64URL_NOPAD.encode(token);
    let cookie = format!(
        "{NAME}={token}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age={MAX_AGE_SECONDS}"
    );
    HeaderValue::try_from(cookie).ok()
}

/// The session a request names.
#[must_use]
pub fn session_token(headers: &HeaderMap) -> Option<Vec<u8>> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == NAME)
        .and_then(|(_, token)| BASE64URL_NOPAD.decode(token.as_bytes()).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_gives_back_what_it_was_given() {
        let given = session_cookie(&[7; 32]).unwrap();
        let pair = given.to_str().unwrap().split(';').next().unwrap();
        let mut headers = HeaderMap::new();
        headers.insert(
            header::COOKIE,
            HeaderValue::try_from(format!("theme=dark; {pair}")).unwrap(),
        );
        assert_eq!(session_token(&headers), Some(vec![7; 32]));
    }

    #[test]
    fn a_cookie_of_another_name_or_form_is_no_session() {
        for line in ["caravan=AAAA", "__Host-caravan=@@", "__Host-caravan", ""] {
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, HeaderValue::from_static(line));
            assert_eq!(session_token(&headers), None, "{line}");
        }
    }
}
