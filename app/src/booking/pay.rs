//! Step 4: pay, in the currency of choice.

use axum::{
    Form,
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;
use vayla_domain::money::{Currency, Money};
use vayla_locales::format;
use vayla_services::{
    booking::Booking,
    payment::{StartError, start},
};

use super::held::{Step, held, steps, summary};
use crate::ui::{Ctx, Errors, Page, Sheet, Trouble, rate_line, render};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PayFields {
    currency: String,
}

pub(super) async fn show(ctx: Ctx, Path(token): Path<String>) -> Response {
    match held(&ctx, &token).await {
        Ok(booking) if booking.who.is_none() => {
            Redirect::to(&Page::Details(token).path(ctx.language)).into_response()
        }
        Ok(booking) => page(&ctx, &booking, &token, &Errors::default()),
        Err(response) => response,
    }
}

pub(super) async fn submit(ctx: Ctx, Path(token): Path<String>, Form(fields): Form<PayFields>) -> Response {
    let booking = match held(&ctx, &token).await {
        Ok(booking) => booking,
        Err(response) => return response,
    };
    let back = Page::Booking(token.clone()).path(ctx.language);
    let return_url = format!("{}{back}", ctx.services.base_url);
    let currency: Option<Currency> = fields.currency.parse().ok();
    let Some(currency) = currency else {
        return failed(&ctx, &booking, &token, ctx.words().problem_currency());
    };
    let next = match start(&ctx.services, &booking, currency, &return_url).await {
        Ok(payment) => Page::terminal(payment),
        Err(StartError::NotHeld) => Page::Booking(token),
        Err(StartError::NoDetails) => Page::Details(token),
        Err(StartError::Free) => Page::Check(token),
        Err(StartError::Db(error)) => return Trouble::from(error).page(&ctx),
        Err(StartError::TooMany) => {
            return failed(&ctx, &booking, &token, ctx.words().problem_payments_too_many());
        }
        Err(StartError::Currency | StartError::ReturnUrl) => {
            return failed(&ctx, &booking, &token, ctx.words().problem_currency());
        }
    };
    Redirect::to(&next.path(ctx.language)).into_response()
}

fn failed(ctx: &Ctx, booking: &Booking, token: &str, message: String) -> Response {
    let mut errors = Errors::default();
    errors.add("pay", message);
    page(ctx, booking, token, &errors)
}

fn page(ctx: &Ctx, booking: &Booking, token: &str, errors: &Errors) -> Response {
    render(ctx, || {
        let (w, language) = (ctx.words(), ctx.language);
        let this = Page::Pay(token.to_owned());
        let other = booking.other.as_ref();
        let rate = other.map(|(_, rate)| view! { <p class="quiet">{rate_line(language, rate)}</p> });
        let mut amounts: Vec<Money> = vec![booking.total];
        amounts.extend(other.map(|(money, _)| *money));
        let main = view! {
            {errors.summary(ctx)}
            {steps(ctx, Step::Pay, Some((booking, token)))}
            <h1>{w.pay_title()}</h1>
            {summary(ctx, booking, token, Step::Pay).into_any()}
            <form id="pay" class="pay" method="post" action=this.path(language)>
                <p>{if other.is_some() { w.pay_choose() } else { w.pay_only_one() }}</p>
                <p class="acts">{pay_buttons(ctx, amounts)}</p>
                {rate}
                <p class="quiet">{w.pay_next()}</p>
            </form>
        };
        let sheet = Sheet::new(this, w.pay_title(), main).with_islands();
        if errors.is_empty() { sheet } else { sheet.failed(ctx) }
    })
}

/// A button for each currency, the payer's own first: the language tells it as well as anything does.
pub(crate) fn pay_buttons(ctx: &Ctx, mut amounts: Vec<Money>) -> impl IntoView + use<> {
    let home = home_currency(ctx);
    amounts.sort_by_key(|amount| Some(amount.currency) != home);
    let buttons = amounts.iter().enumerate().map(|(place, amount)| {
        let class = if place == 0 { "btn" } else { "btn quiet" };
        let text = ctx.words().pay_amount(format::money(ctx.language, *amount));
        view! { <button class=class type="submit" name="currency" value=amount.currency.to_string()>{text}</button> }
    });
    buttons.collect_view()
}

/// The currency of the town whose country speaks the reader's language.
fn home_currency(ctx: &Ctx) -> Option<Currency> {
    let country = if ctx.language == vayla_domain::Language::Fi { "FI" } else { "SE" };
    ctx.catalogue.municipalities.iter().find(|town| town.country == country).map(|town| town.currency)
}
