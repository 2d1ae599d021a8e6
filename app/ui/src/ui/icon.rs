//! An icon of the library, drawn as SVG nodes (a string of markup would need an exception from Trusted Types).

use leptos::{prelude::*, web_sys};

const SVG: Option<&str> = Some("http://www.w3.org/2000/svg");

/// Decoration: what it stands beside carries the name, so screen readers skip it.
#[component]
pub(crate) fn Icon(
    icon: icondata_core::Icon,
    #[prop(default = "size-5 shrink-0")] class: &'static str,
) -> impl IntoView {
    view! {
        <svg
            class=class
            viewBox=icon.view_box
            fill=icon.fill
            stroke=icon.stroke
            stroke-width="1.75"
            stroke-linecap=icon.stroke_linecap
            stroke-linejoin=icon.stroke_linejoin
            aria-hidden="true"
            use:shapes=icon.data
        />
    }
}

fn shapes(svg: web_sys::Element, markup: &'static str) {
    // An element that is kept while its icon changes comes here again.
    while let Some(former) = svg.first_element_child() {
        former.remove();
    }
    for (name, attributes) in elements(markup) {
        let Ok(shape) = document().create_element_ns(SVG, name) else {
            continue;
        };
        for (attribute, value) in attributes {
            // The library's attributes are constants; one that the browser refuses is not drawn.
            let _ = shape.set_attribute(attribute, value);
        }
        let _ = svg.append_child(&shape);
    }
}

/// The elements of the library's flat markup: `<path d="…" /><circle cx="…" />`.
fn elements(markup: &str) -> impl Iterator<Item = (&str, Vec<(&str, &str)>)> {
    markup.split('<').filter_map(|element| {
        let (name, rest) = element.split_once([' ', '/'])?;
        (!name.is_empty()).then(|| (name, attributes(rest)))
    })
}

fn attributes(markup: &str) -> Vec<(&str, &str)> {
    let mut pieces = markup.split('"');
    let mut pairs = Vec::new();
    while let (Some(name), Some(value)) = (pieces.next(), pieces.next()) {
        pairs.push((name.trim().trim_end_matches('='), value));
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_shape_of_the_markup() {
        let shapes: Vec<_> =
            elements("<path d=\"M16 21v-2\" /> <circle cx=\"9\" cy=\"7\" r=\"4\"/>").collect();
        assert_eq!(
            shapes,
            [
                ("path", vec![("d", "M16 21v-2")]),
                ("circle", vec![("cx", "9"), ("cy", "7"), ("r", "4")]),
            ]
        );
    }
}
