//! The form, and what is said when it has been sent.

use axum::response::Response;
use leptos::prelude::*;

use crate::ui::{Ctx, Errors, Field, Page, Sheet, render};

const FORM: &str = "feeds";
pub const EMAIL: &str = "email";

pub fn ask(ctx: &Ctx, email: &str, errors: &Errors) -> Response {
    render(ctx, || {
        let w = ctx.words();
        let main = view! {
            {errors.summary(ctx)}
            <h1>{w.feeds_title()}</h1>
            <p class="lead">{w.feeds_lead()}</p>
            <p class="prose">{w.feeds_how()}</p>
            {form(ctx, email, errors)}
        };
        let sheet = Sheet::new(Page::Feeds, w.feeds_title(), main).switched_by(FORM);
        if errors.is_empty() { sheet } else { sheet.failed(ctx) }
    })
}

/// With the form once more: an address is easily mistyped.
pub fn sent(ctx: &Ctx, email: &str) -> Response {
    render(ctx, || {
        let w = ctx.words();
        let main = view! {
            <h1>{w.feeds_sent_title()}</h1>
            <p class="lead">{w.feeds_sent_lead(email)}</p>
            <p class="prose">{w.feeds_sent_help()}</p>
            {form(ctx, email, &Errors::default())}
        };
        Sheet::new(Page::Feeds, w.feeds_sent_title(), main).switched_by(FORM)
    })
}

fn form(ctx: &Ctx, email: &str, errors: &Errors) -> impl IntoView + use<> {
    let w = ctx.words();
    let field = Field {
        autocomplete: Some("email"),
        inputmode: Some("email"),
        kind: "email",
        required: true,
        ..Field::text(EMAIL, w.details_email(), email)
    };
    view! {
        <form id=FORM class="stack" method="post" action=Page::Feeds.path(ctx.language)>
            {field.view(errors)}
            <p class="acts"><button class="btn" type="submit">{w.feeds_submit()}</button></p>
        </form>
    }
}
