//! Pays all that is held of a series, in the currency of choice.

use axum::{
    Form,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;
use uuid::Uuid;
use vayla_domain::{
    deposit::ToPay,
    money::{Money, RateError},
};
use vayla_services::{
    booking::{self, Booking},
    deposit,
    grant::{self, Granted, PutError},
    invoice::{OnAccountError, put_on_by_code},
    payment::{AskError, FreeError, StartError, confirm_free_series, leads_to, start_series},
    series::{Series, priced_together, sums},
    staff::LookError,
    wording,
};

use super::series_of;
use crate::{
    booking::pay_buttons,
    grant::{CODE as VOUCHER, GrantFields},
    invoice::{AccountFields, CODE, account_form, why_not},
    islands::HoldClock,
    payment::go_on,
    ui::{Ctx, Errors, Page, Sheet, Trouble, both_prices, rate_of, render, sum_of, to_pay_sums},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PayFields {
    currency: String,
    /// The sum that the page has shown, in the facility's smallest coins.
    shown: Option<i64>,
}

/// What is held of a series, and what is to be paid for that.
struct Due {
    series: Series,
    held: Vec<Booking>,
    /// What it costs in all, in both currencies.
    sums: (Money, Option<Money>),
    /// What grants are to pay of it.
    granted: Vec<Granted>,
    /// A customer's code, and a voucher's, as typed.
    code: String,
    voucher: String,
}

impl Due {
    /// What is to be paid for each.
    fn to_pay(&self) -> Vec<ToPay> {
        let of = |booking: &Booking| -> Vec<Granted> {
            self.granted.iter().filter(|granted| granted.booking == booking.id).cloned().collect()
        };
        self.held.iter().map(|booking| deposit::to_pay(booking, &of(booking))).collect()
    }

    /// What is left of the price, without deposits, in the facility's smallest coins.
    fn price(&self) -> i64 {
        self.to_pay().iter().map(|to_pay| to_pay.price.minor).sum()
    }

    /// What is left for the payer.
    fn rest(&self) -> (Money, Option<Money>) {
        sum_of(&self.to_pay()).unwrap_or(self.sums)
    }
}

/// What is to be paid, while it is held; otherwise the page that tells what became of it.
async fn due(ctx: &Ctx, token: &str) -> Result<Due, Response> {
    let series = series_of(ctx, token).await.map_err(|trouble| trouble.page(ctx))?;
    let mut held = series.held(ctx.now);
    let mut granted = Vec::new();
    for booking in &held {
        let of_one = grant::of_booking(&ctx.services.db, booking.id).await;
        granted.extend(of_one.map_err(|error| Trouble::from(error).page(ctx))?);
    }
    // Where a grant pays a part of them, other prices are shown once the grant pays a part of those.
    if granted.is_empty() {
        let priced = priced_together(&ctx.services, held).await;
        held = priced.map_err(|error| Trouble::from(error).page(ctx))?;
    }
    match sums(&held) {
        Ok(Some(sums)) => {
            Ok(Due { series, held, sums, granted, code: String::new(), voucher: String::new() })
        }
        Ok(None) => Err(Redirect::to(&Page::Series(token.to_owned()).path(ctx.language)).into_response()),
        Err(error) => Err(Trouble::from(error).page(ctx)),
    }
}

pub(in crate::series) async fn pay(ctx: Ctx, Path(token): Path<String>) -> Response {
    match due(&ctx, &token).await {
        Ok(due) => page(&ctx, &due, &token, &Errors::default()),
        Err(response) => response,
    }
}

pub(in crate::series) async fn submit_pay(
    ctx: Ctx,
    Path(token): Path<String>,
    Form(fields): Form<PayFields>,
) -> Response {
    let due = match due(&ctx, &token).await {
        Ok(due) => due,
        Err(response) => return response,
    };
    let back = Page::Series(token.clone());
    if due.rest().0.minor == 0 {
        return match confirm_free_series(&ctx.services, &due.held).await {
            Err(FreeError::Db(error)) => Trouble::from(error).page(&ctx),
            Ok(()) | Err(_) => Redirect::to(&back.path(ctx.language)).into_response(),
        };
    }
    let Ok(currency) = fields.currency.parse() else {
        return failed(&ctx, &due, &token, ctx.words().problem_currency());
    };
    let return_url = format!("{}{}", ctx.services.base_url, back.path(ctx.language));
    if due.rest().0.minor > fields.shown.unwrap_or(i64::MAX) {
        return failed(&ctx, &due, &token, ctx.words().problem_series_fewer());
    }
    let next = match start_series(&ctx.services, &due.held, currency, &return_url).await {
        Ok(payment) => match go_on(&ctx, payment).await {
            Ok(response) => return response,
            Err(AskError::Down) => return down(&ctx, &due, &token),
            Err(AskError::Db(error)) => return Trouble::from(error).page(&ctx),
        },
        Err(StartError::NotHeld | StartError::NothingDue | StartError::NoDetails | StartError::Free) => back,
        Err(StartError::Db(error)) => return Trouble::from(error).page(&ctx),
        Err(StartError::TooMany) => {
            return failed(&ctx, &due, &token, ctx.words().problem_payments_too_many());
        }
        Err(StartError::Currency | StartError::ReturnUrl) => {
            return failed(&ctx, &due, &token, ctx.words().problem_currency());
        }
        Err(StartError::Dearer) => Page::PaySeries(token),
    };
    Redirect::to(&next.path(ctx.language)).into_response()
}

/// A voucher's code pays a part of each date, or is taken off.
pub(in crate::series) async fn submit_grant(
    ctx: Ctx,
    Path(token): Path<String>,
    Form(fields): Form<GrantFields>,
) -> Response {
    let due = match due(&ctx, &token).await {
        Ok(due) => due,
        Err(response) => return response,
    };
    let ids: Vec<Uuid> = due.held.iter().map(|booking| booking.id).collect();
    let done = match fields.off {
        Some(_) => grant::take_off(&ctx.services, &ids).await.map_err(PutError::Db),
        None => grant::put_on(&ctx.services, &ids, &fields.grant).await,
    };
    match done {
        Ok(()) | Err(PutError::NotHeld) => {
            Redirect::to(&Page::PaySeries(token).path(ctx.language)).into_response()
        }
        Err(PutError::Db(error)) => Trouble::from(error).page(&ctx),
        Err(error) => {
            let errors = Errors::one(VOUCHER, grant::why_not(ctx.language, &error));
            page(&ctx, &Due { voucher: fields.grant, ..due }, &token, &errors)
        }
    }
}

/// Puts all that is held on the account of a customer who pays later.
pub(in crate::series) async fn submit_account(
    ctx: Ctx,
    Path(token): Path<String>,
    Form(fields): Form<AccountFields>,
) -> Response {
    let due = match due(&ctx, &token).await {
        Ok(due) => due,
        Err(response) => return response,
    };
    let done = match due.price() <= fields.shown.unwrap_or(i64::MAX) {
        true => put_on_by_code(&ctx.services, &due.held, &fields.code).await,
        false => Err(OnAccountError::Dearer),
    };
    match done {
        Ok(()) | Err(OnAccountError::NotHeld | OnAccountError::NoDetails | OnAccountError::Free) => {
            Redirect::to(&Page::Series(token).path(ctx.language)).into_response()
        }
        Err(OnAccountError::Look(LookError::Db(error))) => Trouble::from(error).page(&ctx),
        Err(error) => not_on_account(&ctx, &token, fields.code, &error).await,
    }
}

/// Why not, beside what they cost by now and the code as it was typed.
async fn not_on_account(ctx: &Ctx, token: &str, code: String, error: &OnAccountError) -> Response {
    match due(ctx, token).await {
        Ok(due) => page(ctx, &Due { code, ..due }, token, &Errors::one(CODE, why_not(ctx, error))),
        Err(response) => response,
    }
}

/// Associations and companies may pay all of it later.
fn account(ctx: &Ctx, due: &Due, token: &str, errors: &Errors) -> Option<AnyView> {
    let group = due.held.first()?.price_group;
    let action = Page::SeriesOnAccount(token.to_owned()).path(ctx.language);
    let form = || account_form(ctx, action, group, &due.code, due.price(), errors);
    (due.sums.0.minor > 0).then(form).flatten()
}

/// Nothing is half done: the times stay held, and the other currency may be taken by another provider.
fn down(ctx: &Ctx, due: &Due, token: &str) -> Response {
    let mut response = failed(ctx, due, token, ctx.words().problem_provider_down());
    *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    response
}

fn failed(ctx: &Ctx, due: &Due, token: &str, message: String) -> Response {
    let errors = Errors::one("pay", message);
    page(ctx, due, token, &errors)
}

fn page(ctx: &Ctx, due: &Due, token: &str, errors: &Errors) -> Response {
    let (Due { series, held, sums: (total, other), .. }, (left, left_other)) = (due, due.rest());
    render(ctx, || {
        let (w, language) = (ctx.words(), ctx.language);
        let this = Page::PaySeries(token.to_owned());
        let grant_page = Page::GrantSeries(token.to_owned()).path(language);
        let buttons = if left.minor == 0 {
            crate::grant::covered(ctx).into_any()
        } else {
            let rate = held.iter().find_map(|booking| rate_of(language, booking.other.as_ref()));
            view! {
                <input type="hidden" name="shown" value=left.minor.to_string() />
                <p>{if left_other.is_some() { w.pay_choose() } else { w.pay_only_one() }}</p>
                <p class="acts">{pay_buttons(ctx, left, left_other)}</p>
                <p class="quiet">{rate}</p>
                <p class="quiet">{w.pay_next()}</p>
            }
            .into_any()
        };
        let main = view! {
            {errors.summary(ctx)}
            <h1>{w.pay_title()}</h1>
            <section class="held" aria-label=w.hold_label()>
                <div>
                    <b>{wording::place(language, &series.space)}</b>
                    <span class="date">{w.series_times(held.len() as i64)}</span>
                    <a href=Page::Series(token.to_owned()).path(language)>{w.series_dates()}</a>
                </div>
                {both_prices(language, *total, other.as_ref().ok_or(RateError::Unknown), true)}
                {hold(ctx, series, held, token).into_any()}
            </section>
            {to_pay_sums(ctx, &due.to_pay(), &due.granted)}
            <form id="pay" class="pay" method="post" action=this.path(language)>{buttons}</form>
            {crate::grant::form(ctx, grant_page, &due.voucher, &due.granted, errors)}
            {account(ctx, due, token, errors)}
        };
        let leads_to = leads_to(&ctx.services, &series.space.facility.municipality);
        let sheet = Sheet { leads_to, ..Sheet::new(this, w.pay_title(), main).with_islands() };
        if errors.is_empty() { sheet } else { sheet.failed(ctx) }
    })
}

/// Until when it is held, and the button for a little more time.
fn hold(ctx: &Ctx, series: &Series, held: &[Booking], token: &str) -> Option<impl IntoView + use<>> {
    let (w, language, town) = (ctx.words(), ctx.language, &series.space.facility.municipality);
    let ends_at = series.held_until(ctx.now)?;
    let until = wording::time(language, ends_at, town.zone);
    let labels: Vec<String> = (0..=30i64).map(|minutes| w.hold_minutes_left(minutes)).collect();
    let extend = held.iter().any(|booking| !booking.hold_extended).then(|| {
        let action = Page::ExtendSeries(token.to_owned()).path(language);
        view! {
            <form method="post" action=action>
                <button class="link" type="submit">{w.hold_extend(booking::EXTENSION_MINUTES)}</button>
            </form>
        }
    });
    Some(view! {
        <div class="hold">
            <span>{w.hold_until(until)} " " <span class="clock-label">{w.clock_label(&town.country)}</span></span>
            <HoldClock
                ends_at_ms=ends_at.timestamp_millis()
                now_ms=ctx.now.timestamp_millis()
                first=(ends_at - ctx.now).num_minutes()
                labels
                over=w.hold_over()
            />
            {extend}
        </div>
    })
}
