//! Pays all that is held of a series, in the currency of choice.

mod page;

use axum::{
    Form,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use uuid::Uuid;
use vayla_domain::{deposit::ToPay, money::Money};
use vayla_services::{
    booking::Booking,
    deposit,
    grant::{self, Granted, PutError},
    invoice::{OnAccountError, put_on_by_code},
    payment::{AskError, FreeError, StartError, confirm_free_series, start_series},
    series::{Series, priced_together, sums},
    staff::LookError,
};

use self::page::page;
use super::series_of;
use crate::{
    grant::{CODE as VOUCHER, GrantFields},
    invoice::{AccountFields, CODE, why_not},
    payment::go_on,
    ui::{Ctx, Errors, Page, Trouble, sum_of},
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
