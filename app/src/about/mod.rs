//! The accessibility statement.

use axum::response::Response;
use leptos::prelude::*;

use crate::ui::{Ctx, Page, Sheet, render};

pub(crate) async fn accessibility(ctx: Ctx) -> Response {
    render(&ctx, || {
        let w = ctx.words();
        let contacts = ctx.catalogue.municipalities.iter().filter_map(|town| {
            let mail = town.details.email.clone()?;
            let name = town.name.get(ctx.language).to_owned();
            Some(view! { <li>{name} ": " <a href=format!("mailto:{mail}")>{mail.clone()}</a></li> })
        });
        let main = view! {
            <div class="prose">
                <h1>{w.accessibility_title()}</h1>
                <p class="lead">{w.accessibility_lead()}</p>
                <h2>{w.accessibility_status_title()}</h2>
                <p>{w.accessibility_status()}</p>
                <h2>{w.accessibility_known_title()}</h2>
                <p>{w.accessibility_known()}</p>
                <h2>{w.accessibility_contact_title()}</h2>
                <p>{w.accessibility_contact()}</p>
                <ul>{contacts.collect_view()}</ul>
                <h2>{w.accessibility_authority_title()}</h2>
                <p>{w.accessibility_authority_se()}</p>
                <p>{w.accessibility_authority_fi()}</p>
                <p class="quiet">{w.accessibility_made()}</p>
            </div>
        };
        Sheet::new(Page::Accessibility, w.accessibility_title(), main)
    })
}
