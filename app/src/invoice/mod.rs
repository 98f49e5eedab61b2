//! An invoice as its payer reads it: a page, and the same as PDF. How one books on it.

mod account;

pub(crate) use account::{AccountFields, CODE, form as account_form, why_not};

use axum::{Router, extract::Path, response::Response, routing::get};
use leptos::prelude::*;
use vayla_domain::Language;
use vayla_services::invoice::{self, Invoice};

use crate::ui::{App, Ctx, Page, Sheet, Trouble, paper, paper_file, render};

/// The pages about one invoice, in a language's addresses.
pub(crate) fn router(language: Language) -> Router<App> {
    let path = |page: fn(String) -> Page| page("{token}".to_owned()).path(language);
    Router::new().route(&path(Page::Invoice), get(show)).route(&path(Page::InvoiceFile), get(file))
}

async fn show(ctx: Ctx, Path(token): Path<String>) -> Response {
    match find(&ctx, &token).await {
        Ok(invoice) => page(&ctx, &invoice, token),
        Err(trouble) => trouble.page(&ctx),
    }
}

async fn file(ctx: Ctx, Path(token): Path<String>) -> Response {
    match find(&ctx, &token).await {
        Ok(invoice) => match invoice::paper(ctx.language, &ctx.catalogue, &invoice) {
            Some(text) => paper_file(&ctx, &text, &invoice.name()),
            None => Trouble::NotFound.page(&ctx),
        },
        Err(trouble) => trouble.page(&ctx),
    }
}

/// The invoice that the link was signed for.
async fn find(ctx: &Ctx, token: &str) -> Result<Invoice, Trouble> {
    let id = ctx.services.secret.read_invoice_token(token).ok_or(Trouble::NotFound)?;
    invoice::find(&ctx.services, id).await?.ok_or(Trouble::NotFound)
}

fn page(ctx: &Ctx, invoice: &Invoice, token: String) -> Response {
    let Some(text) = invoice::paper(ctx.language, &ctx.catalogue, invoice) else {
        return Trouble::NotFound.page(ctx);
    };
    render(ctx, || {
        let file = Page::InvoiceFile(token.clone()).path(ctx.language);
        let main = view! {
            {paper(&text).into_any()}
            <p class="acts screen">
                <a class="btn quiet" href=file>{ctx.words().invoice_pdf()}</a>
            </p>
        };
        Sheet::new(Page::Invoice(token), text.title, main)
    })
}
