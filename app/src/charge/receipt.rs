//! The receipt of a charge: a page that prints on one A4, and the same as PDF.

use axum::{extract::Path, response::Response};
use leptos::prelude::*;
use vayla_services::{charge, paper::Paper, receipt};

use super::{Charged, find};
use crate::ui::{Ctx, Page, Sheet, Trouble, paper, paper_file, render};

/// What it says, and its name; nothing where nothing has been paid.
fn text(ctx: &Ctx, charged: &Charged) -> Result<(Paper, String), Trouble> {
    let Charged { booking, charge, .. } = charged;
    let payment = charged.paid().ok_or(Trouble::NotFound)?;
    let text = charge::receipt(ctx.language, &ctx.catalogue, booking, charge, payment);
    let name = payment.receipt_number.map(|number| receipt::name(booking, number));
    text.zip(name).ok_or(Trouble::NotFound)
}

pub(super) async fn show(ctx: Ctx, Path((token, number)): Path<(String, String)>) -> Response {
    let found = find(&ctx, &token, &number).await.and_then(|charged| text(&ctx, &charged));
    match found {
        Ok((text, _)) => page(&ctx, text, token, number),
        Err(trouble) => trouble.page(&ctx),
    }
}

pub(super) async fn file(ctx: Ctx, Path((token, number)): Path<(String, String)>) -> Response {
    let found = find(&ctx, &token, &number).await.and_then(|charged| text(&ctx, &charged));
    match found {
        Ok((text, name)) => paper_file(&ctx, &text, &name),
        Err(trouble) => trouble.page(&ctx),
    }
}

fn page(ctx: &Ctx, text: Paper, token: String, number: String) -> Response {
    render(ctx, || {
        let (w, language) = (ctx.words(), ctx.language);
        let this = Page::ChargeReceipt { token: token.clone(), number: number.clone() };
        let file = Page::ChargeReceiptFile { token: token.clone(), number: number.clone() };
        let back = Page::Charge { token, number };
        let main = view! {
            {paper(&text).into_any()}
            <p class="acts screen">
                <a class="btn quiet" href=file.path(language)>{w.receipt_pdf()}</a>
                <a class="btn quiet" href=back.path(language)>{w.charge_back()}</a>
            </p>
        };
        Sheet::new(this, text.title, main)
    })
}
