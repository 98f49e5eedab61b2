//! The sandbox terminal: a page that plays the payer's bank.

use axum::{
    Form,
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;
use uuid::Uuid;
use vayla_domain::money::Money;
use vayla_locales::format;
use vayla_services::payment::{
    self, ChargeError, LATE_SECONDS, Outcome, Payment, PaymentState, is_played, play,
};

use crate::ui::{Ctx, Errors, Page, Sheet, Trouble, render};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct TerminalFields {
    outcome: String,
    /// The sum that the page has shown, in the smallest coins.
    shown: Option<i64>,
}

pub(crate) async fn show(ctx: Ctx, Path(id): Path<String>) -> Response {
    match find(&ctx, &id).await {
        Ok((payment, amount)) => page(&ctx, &payment, amount, &Errors::default()),
        Err(trouble) => trouble.page(&ctx),
    }
}

/// The payment, and what the payer is asked for.
async fn find(ctx: &Ctx, id: &str) -> Result<(Payment, Money), Trouble> {
    let id: Uuid = id.parse().map_err(|_| Trouble::NotFound)?;
    let payment = payment::find(&ctx.services, id).await?;
    let payment = payment
        .filter(|payment| is_played(&ctx.services, payment) && !payment.surplus)
        .ok_or(Trouble::NotFound)?;
    let amount = payment::amount_asked(&ctx.services, &payment).await?;
    Ok((payment, amount))
}

pub(crate) async fn submit(ctx: Ctx, Path(id): Path<String>, Form(fields): Form<TerminalFields>) -> Response {
    let (payment, amount) = match find(&ctx, &id).await {
        Ok(found) => found,
        Err(trouble) => return trouble.page(&ctx),
    };
    let outcome: Outcome = match fields.outcome.parse() {
        Ok(outcome) => outcome,
        Err(_) => {
            let errors = Errors::one("outcome", ctx.words().terminal_no_outcome());
            return page(&ctx, &payment, amount, &errors);
        }
    };
    let shown = fields.shown.map(|minor| Money::new(minor, amount.currency));
    match play(&ctx.services, &payment, outcome, shown).await {
        Ok(()) => Redirect::to(&payment.return_url).into_response(),
        Err(ChargeError::Unknown) => Trouble::NotFound.page(&ctx),
        Err(ChargeError::SumChanged) => {
            let errors =
                Errors::one("outcome", ctx.words().terminal_sum_changed(format::money(ctx.language, amount)));
            page(&ctx, &payment, amount, &errors)
        }
        Err(ChargeError::PriceChanged) => {
            let errors = Errors::one("outcome", ctx.words().terminal_price_changed());
            page(&ctx, &payment, amount, &errors)
        }
        Err(ChargeError::Db(error)) => Trouble::from(error).page(&ctx),
    }
}

fn page(ctx: &Ctx, payment: &Payment, amount: Money, errors: &Errors) -> Response {
    render(ctx, || {
        let (w, language) = (ctx.words(), ctx.language);
        let this = Page::terminal(payment.id);
        let receiver = ctx.catalogue.municipality(&payment.collector);
        let receiver = receiver.map_or("", |town| town.details.legal_name.as_str());
        let choices = [
            ("pay", w.terminal_pay(), "btn"),
            ("refuse", w.terminal_refuse(), "btn quiet"),
            ("abandon", w.terminal_abandon(), "btn quiet"),
            ("late", w.terminal_late(), "btn quiet"),
            ("twice", w.terminal_twice(), "btn quiet"),
        ];
        let buttons = choices.map(|(outcome, text, class)| {
            view! { <button class=class type="submit" name="outcome" value=outcome>{text}</button> }
        });
        let known = (payment.state == PaymentState::Paid)
            .then(|| view! { <p class="note">{w.terminal_paid_already()}</p> });
        let main = view! {
            {errors.summary(ctx)}
            <div class="terminal">
                <p class="note">{w.terminal_note()}</p>
                <h1>{w.terminal_title()}</h1>
                <p class="big">{format::money(language, amount)}</p>
                <p>{w.terminal_receiver(receiver)}</p>
                {known}
                <form id="outcome" class="stack" method="post" action=this.path(language)>
                    <input type="hidden" name="shown" value=amount.minor.to_string() />
                    {buttons.into_iter().collect_view()}
                </form>
                <p class="quiet">{w.terminal_explained(LATE_SECONDS)}</p>
            </div>
        };
        let leads_to = Some(origin(&payment.return_url));
        let sheet = Sheet { leads_to, ..Sheet::new(this, w.terminal_title(), main) };
        if errors.is_empty() { sheet } else { sheet.failed(ctx) }
    })
}

/// Scheme and host of an address.
pub(crate) fn origin(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("https", url));
    format!("{scheme}://{}", rest.split(['/', '?', '#']).next().unwrap_or_default())
}
