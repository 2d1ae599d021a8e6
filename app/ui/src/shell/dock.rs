//! The five places of the phone, at the foot of every page.

use icondata_core::Icon as IconData;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::launch::use_launch;
use crate::{module::Place, modules, ui::Icon};

#[component]
pub(super) fn Dock() -> impl IntoView {
    let launch = use_launch();
    view! {
        <nav class="dock-bar lg:hidden" aria-label=tr!(shell.places)>
            <DockPlace place=Place::Today href="/" label=tr!(shell.today) icon=icondata_lu::LuSun />
            <DockPlace place=Place::Clients href="/clients" label=tr!(shell.clients) icon=icondata_lu::LuUsers />
            <button
                type="button"
                class="dock-place cursor-pointer"
                aria-label=tr!(shell.plus)
                aria-haspopup="dialog"
                on:click=move |_| launch.plus.set(true)
            >
                <span class="flex h-10 w-14 items-center justify-center rounded-full bg-primary text-primary-content">
                    <Icon icon=icondata_lu::LuPlus class="size-6" />
                </span>
            </button>
            <DockPlace place=Place::Work href="/work" label=tr!(shell.work) icon=icondata_lu::LuListTodo />
            <DockPlace place=Place::Me href="/me" label=tr!(shell.me) icon=icondata_lu::LuCircleUser />
        </nav>
    }
}

#[component]
fn DockPlace(
    place: Place,
    href: &'static str,
    label: Signal<String>,
    icon: IconData,
) -> impl IntoView {
    let path = use_location().pathname;
    let here = Memo::new(move |_| path.with(|path| modules::place_of(path) == Some(place)));
    view! {
        <a class="dock-place" href=href aria-current=move || here.get().then_some("page")>
            <Icon icon class="size-6" />
            <span>{label}</span>
        </a>
    }
}
