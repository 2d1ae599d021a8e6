use leptos::prelude::*;

use super::{browser, notice::Notice};

/// WeChat's own browser throws storage away and cannot install: the data would be lost.
#[component]
pub(super) fn WeChatHint() -> impl IntoView {
    browser::is_wechat()
        .then(|| view! { <Notice icon=icondata_lu::LuTriangleAlert text=tr!(shell.wechat) /> })
}
