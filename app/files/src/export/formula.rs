//! Text that a spreadsheet would run as a formula (CSV injection), made harmless and back.

/// What begins a formula, in spreadsheets of any locale.
const TRIGGERS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Puts an apostrophe before what would run. What has apostrophes and would run without them gets
/// one more, so that [`unescape`] gives back exactly what was there.
#[must_use]
pub fn escape(cell: &str) -> String {
    if would_run(cell) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

/// Takes the apostrophe off again.
#[must_use]
pub fn unescape(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if would_run(rest) => rest,
        _ => cell,
    }
}

fn would_run(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(TRIGGERS)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_what_would_run_is_changed() {
        assert_eq!(
            escape("=HYPERLINK(\"http://x\")"),
            "'=HYPERLINK(\"http://x\")"
        );
        assert_eq!(escape("'=1"), "''=1");
        assert_eq!(escape("＋1"), "'＋1");
        assert_eq!(
            escape("'; DROP TABLE clients;--"),
            "'; DROP TABLE clients;--"
        );
        assert_eq!(unescape("'; DROP"), "'; DROP");
        assert_eq!(escape("0755-73171691"), "0755-73171691");
    }

    proptest! {
        #[test]
        fn there_and_back(cell in "(['=+@\\-\\t＝]|\\PC){0,6}") {
            let escaped = escape(&cell);
            prop_assert_eq!(unescape(&escaped), cell.as_str());
            prop_assert!(!escaped.starts_with(TRIGGERS));
        }
    }
}
