//! The receipt: a page that prints on one A4, and the same as PDF.

use axum::{extract::Path, response::Response};
use leptos::prelude::*;
use vayla_services::{
    paper::Paper,
    receipt::{self, Receipt},
};

use super::held::booking_of;
use crate::ui::{Ctx, Page, Sheet, Trouble, paper, paper_file, render};

pub(super) async fn show(ctx: Ctx, Path(token): Path<String>) -> Response {
    shown(&ctx, Page::Receipt(token.clone()), &token, None).await
}

/// By its number, with `.pdf` after it for the file.
pub(super) async fn show_numbered(ctx: Ctx, Path((token, number)): Path<(String, String)>) -> Response {
    let (digits, as_file) = number.strip_suffix(".pdf").map_or((&*number, false), |digits| (digits, true));
    match digits.parse() {
        Ok(known) if as_file => filed(&ctx, &token, known).await,
        Ok(known) => {
            shown(&ctx, Page::NumberedReceipt { token: token.clone(), number }, &token, Some(known)).await
        }
        Err(_) => Trouble::NotFound.page(&ctx),
    }
}

async fn shown(ctx: &Ctx, this: Page, token: &str, number: Option<i64>) -> Response {
    match find(ctx, token, number).await {
        Ok(receipt) => page(ctx, this, &receipt, token),
        Err(Trouble::NotFound) if number.is_none() => covered(ctx, this, token).await,
        Err(trouble) => trouble.page(ctx),
    }
}

/// What stands in a receipt's place where a municipality has paid all of it.
async fn covered(ctx: &Ctx, this: Page, token: &str) -> Response {
    match proof(ctx, token).await {
        Ok(text) => render(ctx, || {
            let back = Page::Booking(token.to_owned()).path(ctx.language);
            let main = view! {
                {paper(&text).into_any()}
                <p class="acts screen"><a class="btn quiet" href=back>{ctx.words().receipt_back()}</a></p>
            };
            Sheet::new(this, text.title, main)
        }),
        Err(trouble) => trouble.page(ctx),
    }
}

async fn proof(ctx: &Ctx, token: &str) -> Result<Paper, Trouble> {
    let booking = booking_of(ctx, token).await?;
    receipt::covered(&ctx.services, ctx.language, &booking).await?.ok_or(Trouble::NotFound)
}

async fn filed(ctx: &Ctx, token: &str, number: i64) -> Response {
    match find(ctx, token, Some(number)).await {
        Ok(receipt) => {
            paper_file(ctx, &receipt::paper(ctx.language, &ctx.catalogue, &receipt), &receipt.name())
        }
        Err(trouble) => trouble.page(ctx),
    }
}

/// The receipt of that number, or the latest.
async fn find(ctx: &Ctx, token: &str, number: Option<i64>) -> Result<Receipt, Trouble> {
    let booking = booking_of(ctx, token).await?;
    receipt::find(&ctx.services, booking, number).await?.ok_or(Trouble::NotFound)
}

fn page(ctx: &Ctx, this: Page, receipt: &Receipt, token: &str) -> Response {
    render(ctx, || {
        let (w, language) = (ctx.words(), ctx.language);
        let text = receipt::paper(language, &ctx.catalogue, receipt);
        let number = format!("{}.pdf", receipt.number);
        let file = Page::NumberedReceipt { token: token.to_owned(), number }.path(language);
        let main = view! {
            {paper(&text).into_any()}
            <p class="acts screen">
                <a class="btn quiet" href=file>{w.receipt_pdf()}</a>
                <a class="btn quiet" href=Page::Booking(token.to_owned()).path(language)>{w.receipt_back()}</a>
            </p>
        };
        Sheet::new(this, text.title, main)
    })
}
