//! What is free while something else is taken.

use std::sync::Arc;

use leptos::prelude::*;
use vayla_services::catalogue::{Facility, Space};

use crate::ui::{Ctx, plan};

/// For each space of a divided place: the largest that can be booked beside it. `None` where nothing can.
pub fn section(ctx: &Ctx, facility: &Facility, spaces: &[&Arc<Space>]) -> Option<impl IntoView + use<>> {
    let (w, language) = (ctx.words(), ctx.language);
    let beside = |space: &Space| -> Vec<String> {
        let apart: Vec<&Arc<Space>> =
            spaces.iter().copied().filter(|other| other.is_apart_from(space)).collect();
        let whole = apart.iter().filter(|one| !apart.iter().any(|other| other.holds(one)));
        whole.map(|one| one.name.get(language).to_owned()).collect()
    };
    let divided = facility.parts.len() > 1 && spaces.iter().any(|space| !beside(space).is_empty());
    let rows = spaces.iter().map(|space| {
        let names = beside(space);
        let text = if names.is_empty() { w.together_nothing() } else { w.together_free(names.join(", ")) };
        view! {
            <li>
                {plan(language, facility, Some(space))}
                <div>
                    <b>{w.together_taken(space.name.get(language))}</b>
                    <span class="clock2">{text}</span>
                </div>
            </li>
        }
    });
    let rows = rows.collect_view();
    divided.then(|| {
        view! {
            <details>
                <summary>{w.together_title()}</summary>
                <ul class="spaces">{rows}</ul>
            </details>
        }
    })
}
