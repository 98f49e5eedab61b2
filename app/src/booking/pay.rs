//! Step 4: pay, in the currency of choice. The same page takes the difference to a dearer time.

use std::slice;

use axum::{
    Form,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;
use vayla_domain::{
    booking::BookingState,
    deposit::ToPay,
    money::{Currency, Money},
};
use vayla_locales::format;
use vayla_services::{
    booking::{self, Booking, Change},
    deposit,
    grant::{self, GrantState, Granted},
    invoice::{OnAccountError, put_on_by_code},
    payment::{AskError, StartError, leads_to, start},
    staff::LookError,
};

use super::{
    alone, change, check,
    grant::voucher_form,
    held::{Step, booking_of, steps, summary},
};
use crate::{
    invoice::{AccountFields, CODE, account_form, why_not},
    payment::go_on,
    ui::{Ctx, Errors, Page, Sheet, Trouble, rate_of, render, to_pay_sums},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PayFields {
    currency: String,
    /// The price that the page has shown, in the facility's smallest coins.
    shown: Option<i64>,
}

/// What is paid here: a held booking, or the move of one that is confirmed.
pub(super) struct Paying {
    pub booking: Booking,
    pub change: Option<Change>,
    /// What a date of a series costs less when all are paid together.
    pub together: Option<Money>,
    /// What grants are to pay of it.
    pub granted: Vec<Granted>,
    /// A customer's code, and a voucher's, as typed.
    pub code: String,
    pub voucher: String,
}

impl Paying {
    async fn read(ctx: &Ctx, booking: Booking, change: Option<Change>) -> Result<Self, Response> {
        let granted = grant::of_booking(&ctx.services.db, booking.id).await;
        let mut granted = granted.map_err(|error| Trouble::from(error).page(ctx))?;
        granted.retain(|granted| granted.state == GrantState::Reserved);
        // Where a grant pays a part of it, its price by itself is shown once that is what the grant pays a part of.
        let (booking, together) = match (&change, granted.is_empty()) {
            (None, true) => alone::priced(ctx, booking).await.map_err(|trouble| trouble.page(ctx))?,
            _ => (booking, None),
        };
        Ok(Self { booking, change, together, granted, code: String::new(), voucher: String::new() })
    }

    /// What it comes to.
    fn to_pay(&self) -> ToPay {
        match &self.change {
            Some(change) => ToPay::price(change.pay, change.pay_other()),
            None => deposit::to_pay(&self.booking, &self.granted),
        }
    }
}

pub(super) async fn show(ctx: Ctx, Path(token): Path<String>) -> Response {
    match paying(&ctx, &token).await {
        Ok(paying) if paying.booking.who.is_none() => {
            Redirect::to(&Page::Details(token).path(ctx.language)).into_response()
        }
        Ok(paying) => page(&ctx, &paying, &token, &Errors::default()),
        Err(response) => response,
    }
}

/// While something is to be paid; otherwise the page that tells what became of it.
pub(super) async fn paying(ctx: &Ctx, token: &str) -> Result<Paying, Response> {
    let booking = booking_of(ctx, token).await.map_err(|trouble| trouble.page(ctx))?;
    match booking.state_at(ctx.now) {
        BookingState::Held => return Paying::read(ctx, booking, None).await,
        BookingState::Confirmed => {
            let latest = booking::latest_change(&ctx.services, &booking).await;
            let latest = latest.map_err(|error| Trouble::from(error).page(ctx))?;
            if let Some(change) = latest.filter(|change| change.is_open(ctx.now)) {
                return Paying::read(ctx, booking, Some(change)).await;
            }
        }
        BookingState::Expired | BookingState::Cancelled | BookingState::NoShow => {}
    }
    Err(Redirect::to(&Page::Booking(token.to_owned()).path(ctx.language)).into_response())
}

pub(super) async fn submit(ctx: Ctx, Path(token): Path<String>, Form(fields): Form<PayFields>) -> Response {
    let paying = match paying(&ctx, &token).await {
        Ok(paying) => paying,
        Err(response) => return response,
    };
    if paying.change.is_none() && paying.to_pay().is_nothing() {
        return check::confirm(&ctx, &paying.booking, token).await;
    }
    let back = Page::Booking(token.clone()).path(ctx.language);
    let return_url = format!("{}{back}", ctx.services.base_url);
    let currency: Option<Currency> = fields.currency.parse().ok();
    let Some(currency) = currency else {
        return failed(&ctx, &paying, &token, ctx.words().problem_currency());
    };
    if paying.to_pay().total().minor > fields.shown.unwrap_or(i64::MAX) {
        return failed(&ctx, &paying, &token, ctx.words().problem_series_fewer());
    }
    let next = match start(&ctx.services, &paying.booking, currency, &return_url).await {
        Ok(payment) => match go_on(&ctx, payment).await {
            Ok(response) => return response,
            Err(AskError::Down) => return down(&ctx, &paying, &token),
            Err(AskError::Db(error)) => return Trouble::from(error).page(&ctx),
        },
        Err(StartError::NotHeld | StartError::NothingDue) => Page::Booking(token),
        Err(StartError::NoDetails) => Page::Details(token),
        Err(StartError::Free) => Page::Check(token),
        Err(StartError::Db(error)) => return Trouble::from(error).page(&ctx),
        Err(StartError::TooMany) => {
            return failed(&ctx, &paying, &token, ctx.words().problem_payments_too_many());
        }
        Err(StartError::Currency | StartError::ReturnUrl) => {
            return failed(&ctx, &paying, &token, ctx.words().problem_currency());
        }
        Err(StartError::Dearer) => Page::Pay(token),
    };
    Redirect::to(&next.path(ctx.language)).into_response()
}

/// Nothing is half done: the time stays held, and the other currency may be taken by another provider.
fn down(ctx: &Ctx, paying: &Paying, token: &str) -> Response {
    let mut response = failed(ctx, paying, token, ctx.words().problem_provider_down());
    *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    response
}

/// Puts the booking on the account of a customer who pays later.
pub(super) async fn on_account(
    ctx: Ctx,
    Path(token): Path<String>,
    Form(fields): Form<AccountFields>,
) -> Response {
    let paying = match paying(&ctx, &token).await {
        Ok(paying) => paying,
        Err(response) => return response,
    };
    let seen = paying.to_pay().price.minor <= fields.shown.unwrap_or(i64::MAX);
    let done = match seen {
        true => put_on_by_code(&ctx.services, slice::from_ref(&paying.booking), &fields.code).await,
        false => Err(OnAccountError::Dearer),
    };
    let next = match done {
        Ok(()) | Err(OnAccountError::NotHeld) => Page::Booking(token),
        Err(OnAccountError::NoDetails) => Page::Details(token),
        Err(OnAccountError::Free) => Page::Check(token),
        Err(OnAccountError::Look(LookError::Db(error))) => return Trouble::from(error).page(&ctx),
        Err(error) => return not_on_account(&ctx, &token, fields.code, &error).await,
    };
    Redirect::to(&next.path(ctx.language)).into_response()
}

/// Why not, beside what it costs by now and the code as it was typed.
async fn not_on_account(ctx: &Ctx, token: &str, code: String, error: &OnAccountError) -> Response {
    match paying(ctx, token).await {
        Ok(paying) => page(ctx, &Paying { code, ..paying }, token, &Errors::one(CODE, why_not(ctx, error))),
        Err(response) => response,
    }
}

fn failed(ctx: &Ctx, paying: &Paying, token: &str, message: String) -> Response {
    let errors = Errors::one("pay", message);
    page(ctx, paying, token, &errors)
}

pub(super) fn page(ctx: &Ctx, paying: &Paying, token: &str, errors: &Errors) -> Response {
    render(ctx, || {
        let (w, language) = (ctx.words(), ctx.language);
        let this = Page::Pay(token.to_owned());
        let title = if paying.change.is_some() { w.move_pay_title() } else { w.pay_title() };
        let to_pay = paying.to_pay();
        let (amount, other) = (to_pay.total(), to_pay.total_other());
        let buttons = if to_pay.is_nothing() {
            crate::grant::covered(ctx).into_any()
        } else {
            let rate =
                rate_of(language, to_pay.other.as_ref()).map(|rate| view! { <p class="quiet">{rate}</p> });
            view! {
                <input type="hidden" name="shown" value=amount.minor.to_string() />
                <p>{if other.is_some() { w.pay_choose() } else { w.pay_only_one() }}</p>
                <p class="acts">{pay_buttons(ctx, amount, other)}</p>
                {rate}
                <p class="quiet">{w.pay_next()}</p>
            }
            .into_any()
        };
        let main = view! {
            {errors.summary(ctx)}
            {head(ctx, paying, token, &title).into_any()}
            {alone::note(ctx, &paying.booking, paying.together)}
            {to_pay_sums(ctx, std::slice::from_ref(&to_pay), &paying.granted)}
            <form id="pay" class="pay" method="post" action=this.path(language)>{buttons}</form>
            {voucher_form(ctx, paying, token, errors)}
            {account(ctx, paying, token, errors)}
        };
        let leads_to = leads_to(&ctx.services, &paying.booking.space.facility.municipality);
        let sheet = Sheet { leads_to, ..Sheet::new(this, title, main).with_islands() };
        if errors.is_empty() { sheet } else { sheet.failed(ctx) }
    })
}

/// A difference that is asked for is paid at once.
fn account(ctx: &Ctx, paying: &Paying, token: &str, errors: &Errors) -> Option<AnyView> {
    let Paying { booking, code, .. } = paying;
    let action = Page::OnAccount(token.to_owned()).path(ctx.language);
    let form = || account_form(ctx, action, booking.price_group, code, paying.to_pay().price.minor, errors);
    (paying.change.is_none() && booking.total.minor > 0).then(form).flatten()
}

/// What is paid for, and until when that is held.
fn head(ctx: &Ctx, paying: &Paying, token: &str, title: &str) -> AnyView {
    let (booking, title) = (&paying.booking, title.to_owned());
    match &paying.change {
        None => view! {
            {steps(ctx, Step::Pay, Some((booking, token)))}
            <h1>{title}</h1>
            {summary(ctx, booking, token, Step::Pay).into_any()}
        }
        .into_any(),
        Some(change) => view! {
            <h1>{title}</h1>
            {change::summary(ctx, booking, change).into_any()}
        }
        .into_any(),
    }
}

/// An amount in each currency, the payer's own first: the language tells it as well as anything does.
pub(crate) fn pay_buttons(ctx: &Ctx, amount: Money, other: Option<Money>) -> impl IntoView + use<> {
    let (w, language, home) = (ctx.words(), ctx.language, home_currency(ctx));
    let mut amounts: Vec<Money> = [Some(amount), other].into_iter().flatten().collect();
    // A difference may be less than the smallest coin of the other currency.
    amounts.retain(|amount| amount.minor > 0);
    amounts.sort_by_key(|amount| Some(amount.currency) != home);
    let buttons = amounts.into_iter().enumerate().map(move |(place, amount)| {
        let class = if place == 0 { "btn" } else { "btn quiet" };
        let text = w.pay_amount(format::money(language, amount));
        view! { <button class=class type="submit" name="currency" value=amount.currency.to_string()>{text}</button> }
    });
    buttons.collect_view()
}

/// The currency of the town whose country speaks the reader's language.
fn home_currency(ctx: &Ctx) -> Option<Currency> {
    let country = if ctx.language == vayla_domain::Language::Fi { "FI" } else { "SE" };
    ctx.catalogue.municipalities.iter().find(|town| town.country == country).map(|town| town.currency)
}
