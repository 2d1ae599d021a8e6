use leptos::{html, prelude::*};

use super::{Icon, title::use_title};
use crate::shell::SyncStatusChip;

/// The scaffold of a screen: title, way back, at most three actions, and the one main action within the thumb's reach.
#[component]
pub(crate) fn Page(
    #[prop(into)] title: Signal<String>,
    /// Names the document instead of a title that is somebody's: browsers write titles down in their history, which
    /// nothing encrypts.
    #[prop(optional, into)]
    known_as: Option<Signal<String>>,
    /// Where “back” leads; a place of the dock has none.
    #[prop(optional, into)]
    back: MaybeProp<String>,
    /// Uses the whole width: tables and split views.
    #[prop(optional)]
    wide: bool,
    #[prop(optional, into)] actions: Option<ViewFnOnce>,
    #[prop(optional, into)] main_action: Option<ViewFnOnce>,
    children: Children,
) -> impl IntoView {
    let heading = NodeRef::<html::H1>::new();
    use_title(known_as.unwrap_or(title), heading);
    let back_label = tr!(shell.back);
    view! {
        <article class="page" class:page-wide=wide>
            <header class="page-bar">
                {move || {
                    back.get()
                        .map(|href| {
                            view! {
                                <a class="btn btn-ghost -ms-3 w-11 p-0" href=href aria-label=back_label>
                                    <Icon icon=icondata_lu::LuChevronLeft class="size-6 rtl:rotate-180" />
                                </a>
                            }
                        })
                }}
                <h1 class="line-clamp-2 min-w-0 flex-1 text-xl font-semibold break-words" tabindex="-1" node_ref=heading>
                    <bdi>{title}</bdi>
                </h1>
                {actions.map(|actions| actions.run())}
                <div class="lg:hidden">
                    <SyncStatusChip />
                </div>
            </header>
            {children()}
            {main_action
                .map(|main_action| {
                    view! { <div class="page-main-action">{main_action.run()}</div> }
                })}
        </article>
    }
}
