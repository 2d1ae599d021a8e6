//! The desk's navigation: every module's links, “+”, the palette and the state of sync.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{launch::use_launch, status::SyncStatusChip};
use crate::{
    module::Link,
    modules::MODULES,
    ui::{Button, ButtonKind, Icon},
};

#[component]
pub(super) fn Sidebar() -> impl IntoView {
    let launch = use_launch();
    let links: Vec<Link> = MODULES.iter().flat_map(|module| (module.links)()).collect();
    let hrefs = links.iter().map(|link| link.href).collect::<Vec<_>>();
    let hrefs = StoredValue::new(hrefs);
    view! {
        <aside class="hidden flex-col gap-1 overflow-y-auto border-e border-line bg-base-200 p-3 lg:flex">
            <p class="px-3 py-2 text-base font-semibold">{tr!(shell.product)}</p>
            <Button
                label=tr!(shell.plus)
                kind=ButtonKind::Main
                icon=icondata_lu::LuPlus
                wide=true
                on_press=move || launch.plus.set(true)
            />
            <button type="button" class="side-link cursor-pointer text-muted" on:click=move |_| launch.palette.set(true)>
                <Icon icon=icondata_lu::LuSearch />
                <span class="flex-1 text-start">{tr!(shell.find)}</span>
                <kbd class="font-sans text-sm">{tr!(shell.palette_keys)}</kbd>
            </button>
            <nav class="flex flex-1 flex-col gap-0.5 pt-2" aria-label=tr!(shell.places)>
                {links.into_iter().map(|link| view! { <SideLink link hrefs /> }).collect_view()}
            </nav>
            <div class="px-3">
                <SyncStatusChip />
            </div>
        </aside>
    }
}

#[component]
fn SideLink(link: Link, hrefs: StoredValue<Vec<&'static str>>) -> impl IntoView {
    let path = use_location().pathname;
    let href = link.href;
    let here = Memo::new(move |_| {
        path.with(|path| hrefs.with_value(|hrefs| lit(hrefs, path)) == Some(href))
    });
    view! {
        <a class="side-link" href=href aria-current=move || here.get().then_some("page")>
            <Icon icon=link.icon />
            <span class="truncate">{link.label}</span>
        </a>
    }
}

/// Of those that lead here the one that leads nearest.
fn lit(hrefs: &[&'static str], path: &str) -> Option<&'static str> {
    let leading = hrefs.iter().filter(|href| leads_here(href, path));
    leading.max_by_key(|href| href.len()).copied()
}

fn leads_here(href: &str, path: &str) -> bool {
    path == href
        || (href != "/"
            && path
                .strip_prefix(href)
                .is_some_and(|rest| rest.starts_with('/')))
}

#[cfg(test)]
mod tests {
    use super::{leads_here, lit};

    #[test]
    fn a_link_is_lit_by_what_stands_beneath_it() {
        assert!(leads_here("/clients", "/clients/01ABC"));
        assert!(!leads_here("/clients", "/clientship"));
        assert!(!leads_here("/", "/clients"));
    }

    #[test]
    fn only_the_nearest_link_is_lit() {
        let hrefs = ["/work", "/work/load"];
        assert_eq!(lit(&hrefs, "/work/load/01ABC"), Some("/work/load"));
        assert_eq!(lit(&hrefs, "/work"), Some("/work"));
        assert_eq!(lit(&hrefs, "/clients"), None);
    }
}
