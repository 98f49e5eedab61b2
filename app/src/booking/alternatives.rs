//! Free times near one that is taken.

use leptos::prelude::*;
use vayla_services::{occupancy::Hit, wording};

use crate::ui::{Ctx, both_clocks};

/// A link for each, or nothing where there are none.
pub fn alternatives(ctx: &Ctx, hits: &[Hit], href: impl Fn(&Hit) -> String) -> Option<AnyView> {
    let links = hits.iter().map(|hit| {
        view! {
            <li>
                <a href=href(hit)>{wording::place(ctx.language, &hit.space)}</a>
                " "
                {both_clocks(ctx, &hit.space, hit.span)}
            </li>
        }
    });
    let links = links.collect_view();
    (!hits.is_empty()).then(|| {
        view! {
            <section class="alternatives">
                <h2>{ctx.words().choose_alternatives()}</h2>
                <ul>{links}</ul>
            </section>
        }
        .into_any()
    })
}
