use caravan_domain::{
    command::Command,
    id::{BlobHash, ClientId, VisitId},
    visits::{command::VisitCommand, list::VisitFile, record::ActionKind},
};
use caravan_port::act::{Act, Done};
use icondata_lu as icons;
use leptos::{prelude::*, task::spawn_local, web_sys};

use super::{jpeg, thumbnail::Thumbnail};
use crate::{
    engine::{Engine, use_engine},
    errors::Explain,
    ui::{Each, Icon},
    visits::words::action_name,
};

/// The pictures of the visit and the button that opens the camera.
#[component]
pub(super) fn Photos(
    client: ClientId,
    visit: VisitId,
    file: Memo<Option<VisitFile>>,
) -> impl IntoView {
    let engine = use_engine();
    let (explain, unreadable) = (Explain::new(), tr!(visits.photo_unreadable));
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<String>);
    let hashes = Memo::new(move |_| {
        file.with(|file| {
            let photos = file.iter().flat_map(|file| file.visit.photos.iter());
            photos.map(|photo| photo.hash).collect::<Vec<_>>()
        })
    });
    let take = move |files: Vec<web_sys::File>| {
        busy.set(true);
        failure.set(None);
        let words = Words {
            explain,
            unreadable: unreadable.get_untracked(),
        };
        spawn_local(async move {
            for file in files {
                if let Err(said) = keep(engine, &words, client, visit, &file).await {
                    failure.try_set(Some(said));
                }
            }
            busy.try_set(false);
        });
    };
    let (name, saving) = (action_name(ActionKind::Photo), tr!(visits.photo_saving));
    view! {
        <div class="flex flex-col gap-3 px-4 py-3">
            <div class="flex items-center gap-3">
                <label class="btn btn-plain has-focus-visible:outline-2" class:btn-disabled=busy>
                    <Icon icon=icons::LuCamera />
                    <span>{move || if busy.get() { saving.get() } else { name.get() }}</span>
                    <input
                        class="sr-only"
                        type="file"
                        accept="image/*"
                        capture="environment"
                        disabled=busy
                        on:change:target=move |event| {
                            let input = event.target();
                            let files = chosen(&input);
                            // The same picture may be chosen again.
                            input.set_value("");
                            if !files.is_empty() {
                                take(files);
                            }
                        }
                    />
                </label>
                <span class="text-sm text-muted" role="status">
                    {tr!(visits.photo_count, count = hashes.with(Vec::len))}
                </span>
            </div>
            <p class="text-error empty:hidden" role="alert">
                {failure}
            </p>
            <ul class="flex flex-wrap gap-2 empty:hidden">
                <Each each=move || hashes.get() key=|hash: &BlobHash| *hash let:hash>
                    <li>
                        <Thumbnail hash />
                    </li>
                </Each>
            </ul>
        </div>
    }
}

fn chosen(input: &web_sys::HtmlInputElement) -> Vec<web_sys::File> {
    let Some(files) = input.files() else {
        return Vec::new();
    };
    (0..files.length())
        .filter_map(|place| files.get(place))
        .collect()
}

/// The sentences for what can go wrong; read before a picture is taken up, because the page may be left meanwhile.
#[derive(Clone)]
struct Words {
    explain: Explain,
    unreadable: String,
}

/// Makes it small, stores it, names it in the visit. The picture is safe on the phone before the visit speaks of it.
async fn keep(
    engine: Engine,
    words: &Words,
    client: ClientId,
    visit: VisitId,
    file: &web_sys::File,
) -> Result<(), String> {
    let jpeg = jpeg::compress(file)
        .await
        .map_err(|_| words.unreadable.clone())?;
    let stored = engine
        .act(Act::StorePhoto {
            jpeg: jpeg.bytes,
            width: jpeg.width,
            height: jpeg.height,
        })
        .await
        .map_err(|failure| untrack(|| words.explain.act(failure)))?;
    let Done::Photo(photo) = stored else {
        return Err(words.unreadable.clone());
    };
    let command = VisitCommand::AddPhoto {
        client,
        visit,
        photo,
    };
    engine
        .run(Command::Visit(command))
        .await
        .map(drop)
        .map_err(|failure| untrack(|| words.explain.run(failure)))
}
