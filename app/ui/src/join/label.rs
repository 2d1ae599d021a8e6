//! What a device calls itself, so that its person recognises it in a list.

use leptos::prelude::window;

/// Such as "Chrome · Android".
pub(super) fn device_label() -> String {
    let agent = window().navigator().user_agent().unwrap_or_default();
    label_of(&agent)
}

fn label_of(agent: &str) -> String {
    // The more particular names come first: every browser also calls itself Safari, most of them Chrome.
    const BROWSERS: [(&str, &str); 8] = [
        ("MicroMessenger", "WeChat"),
        ("HuaweiBrowser", "Huawei"),
        ("MiuiBrowser", "Mi"),
        ("Edg", "Edge"),
        ("Firefox", "Firefox"),
        ("CriOS", "Chrome"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 7] = [
        ("OpenHarmony", "HarmonyOS"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    ];
    let find = |names: &[(&str, &'static str)]| {
        names
            .iter()
            .find(|(mark, _)| agent.contains(mark))
            .map(|(_, name)| *name)
    };
    [find(&BROWSERS), find(&SYSTEMS)]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
}

#[cfg(test)]
mod tests {
    use super::label_of;

    #[test]
    fn the_particular_name_wins() {
        let wechat = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36 MicroMessenger/8.0";
        assert_eq!(label_of(wechat), "WeChat · Android");
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1";
        assert_eq!(label_of(phone), "Safari · iPhone");
        assert_eq!(label_of("curl/8.0"), "");
    }
}
