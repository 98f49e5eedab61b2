//! The charge: what, why, how much in either currency, and the way to pay it.

use axum::{
    Form,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;
use vayla_domain::money::Currency;
use vayla_locales::format;
use vayla_services::{
    charge,
    invoice::{self, whose},
    payment::{AskError, PaymentState, StartError, leads_to, start_use_charge},
};

use super::{Charged, find};
use crate::{
    booking::pay_buttons,
    payment::go_on,
    ui::{Ctx, Errors, Page, Sheet, Trouble, both_clocks, paper_table, rate_of, render},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PayFields {
    currency: String,
}

pub(super) async fn show(ctx: Ctx, Path((token, number)): Path<(String, String)>) -> Response {
    match find(&ctx, &token, &number).await {
        Ok(charged) => page(&ctx, &charged, token, &Errors::default()).await,
        Err(trouble) => trouble.page(&ctx),
    }
}

pub(super) async fn submit(
    ctx: Ctx,
    Path((token, number)): Path<(String, String)>,
    Form(fields): Form<PayFields>,
) -> Response {
    let charged = match find(&ctx, &token, &number).await {
        Ok(charged) => charged,
        Err(trouble) => return trouble.page(&ctx),
    };
    let w = ctx.words();
    let back = Page::Charge { token: token.clone(), number }.path(ctx.language);
    let return_url = format!("{}{back}", ctx.services.base_url);
    let Ok(currency) = fields.currency.parse::<Currency>() else {
        return failed(&ctx, &charged, token, w.problem_currency()).await;
    };
    let (booking, charge) = (charged.booking.id, charged.charge.id);
    match start_use_charge(&ctx.services, booking, charge, currency, &return_url).await {
        Ok(payment) => match go_on(&ctx, payment).await {
            Ok(response) => response,
            Err(AskError::Down) => {
                let mut response = failed(&ctx, &charged, token, w.problem_provider_down()).await;
                *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
                response
            }
            Err(AskError::Db(error)) => Trouble::from(error).page(&ctx),
        },
        // The page may have been loaded before it was paid or taken back: it says what is so now.
        Err(
            StartError::NothingDue
            | StartError::NotHeld
            | StartError::NoDetails
            | StartError::Free
            | StartError::Dearer,
        ) => Redirect::to(&back).into_response(),
        Err(StartError::Db(error)) => Trouble::from(error).page(&ctx),
        Err(StartError::TooMany) => failed(&ctx, &charged, token, w.problem_payments_too_many()).await,
        Err(StartError::Currency | StartError::ReturnUrl) => {
            failed(&ctx, &charged, token, w.problem_currency()).await
        }
    }
}

async fn failed(ctx: &Ctx, charged: &Charged, token: String, message: String) -> Response {
    let errors = Errors::one("pay", message);
    page(ctx, charged, token, &errors).await
}

/// Who pays it later, and on which invoice.
struct Later {
    customer: String,
    invoice: Option<String>,
}

async fn later(ctx: &Ctx, charged: &Charged) -> Result<Option<Later>, Trouble> {
    if charged.charge.customer.is_none() {
        return Ok(None);
    }
    let customer = whose(&ctx.services, charged.booking.id).await?.unwrap_or_default();
    let invoice = match charged.charge.invoice {
        Some(id) => invoice::find(&ctx.services, id).await?.map(|invoice| invoice.name()),
        None => None,
    };
    Ok(Some(Later { customer, invoice }))
}

async fn page(ctx: &Ctx, charged: &Charged, token: String, errors: &Errors) -> Response {
    match later(ctx, charged).await {
        Ok(later) => rendered(ctx, charged, later.as_ref(), &token, errors),
        Err(trouble) => trouble.page(ctx),
    }
}

fn rendered(ctx: &Ctx, charged: &Charged, later: Option<&Later>, token: &str, errors: &Errors) -> Response {
    render(ctx, || {
        let (w, language) = (ctx.words(), ctx.language);
        let Charged { booking, charge, .. } = charged;
        let title = w.charge_title(charge::name(language, &charge.entry));
        let number = charge.number.to_string();
        let this = Page::Charge { token: token.to_owned(), number: number.clone() };
        let receipt = charged.paid().map(|_| {
            let page = Page::ChargeReceipt { token: token.to_owned(), number };
            view! { <a class="btn quiet" href=page.path(language)>{w.ticket_receipt()}</a> " " }
        });
        let to_booking = Page::Booking(token.to_owned()).path(language);
        let main = view! {
            {errors.summary(ctx)}
            <h1>{title.clone()}</h1>
            <p class="lead">{lead(ctx, charged, later)}</p>
            {money_back(ctx, charged)}
            {facts(ctx, charged).into_any()}
            {paper_table(&charge::lines(language, booking, charge)).into_any()}
            <p class="quiet">{charge::tax(language, charge)}</p>
            {pay(ctx, charged, &this)}
            <p class="acts">
                {receipt}
                <a class="btn quiet" href=to_booking>{w.charge_to_booking()}</a>
            </p>
        };
        let leads_to = leads_to(&ctx.services, &booking.space.facility.municipality);
        let sheet = Sheet { leads_to, ..Sheet::new(this, title, main) };
        if errors.is_empty() { sheet } else { sheet.failed(ctx) }
    })
}

/// What is so now.
fn lead(ctx: &Ctx, charged: &Charged, later: Option<&Later>) -> String {
    let w = ctx.words();
    let last = charged.payments.iter().rfind(|payment| !payment.surplus);
    match (later, last.map(|payment| payment.state)) {
        _ if charged.charge.credited.is_some() => w.charge_gone_lead(),
        (Some(Later { customer, invoice: Some(number) }), _) => w.charge_invoiced_lead(number, customer),
        (Some(Later { customer, invoice: None }), _) => w.charge_account_lead(customer),
        _ if charged.paid().is_some() => w.charge_paid_lead(),
        _ if charged.charge.is_kept() => w.charge_kept_lead(),
        (None, Some(PaymentState::Failed)) => w.charge_refused(),
        (None, Some(PaymentState::Pending)) => w.charge_awaited(),
        (None, _) => w.charge_open_lead(),
    }
}

/// Money that came and goes back: said plainly.
fn money_back(ctx: &Ctx, charged: &Charged) -> impl IntoView + use<> {
    let (w, language) = (ctx.words(), ctx.language);
    let refunds = charged.payments.iter().flat_map(|payment| &payment.refunds);
    let notes = refunds.filter(|refund| refund.amount.minor > 0).map(|refund| {
        let amount = format::money(language, refund.amount);
        match refund.reason.as_str() {
            "paid_twice" | "unwanted" => w.charge_twice(amount),
            "wrong_amount" => w.ticket_wrong_amount(amount),
            _ => w.ticket_money_back(amount),
        }
    });
    let undone = charged.charge.kept.filter(|kept| kept.undone);
    let undone = undone.map(|kept| w.ticket_money_back(format::money(language, kept.paid)));
    notes.chain(undone).map(|text| view! { <p class="note">{text}</p> }).collect_view()
}

/// For which use, why, and when it was charged.
fn facts(ctx: &Ctx, charged: &Charged) -> impl IntoView + use<> {
    let (w, language) = (ctx.words(), ctx.language);
    let Charged { booking, charge, .. } = charged;
    let day = charge.charged_at.with_timezone(&booking.space.zone()).date_naive();
    let gone = charge.credited.as_ref().map(|credited| {
        let reason = credited.reason.get(language).to_owned();
        view! { <div><dt>{w.charge_why_gone()}</dt><dd>{reason}</dd></div> }
    });
    let date = format::date_long(language, booking.date());
    let place = vayla_services::wording::place(language, &booking.space);
    view! {
        <dl class="answers">
            <div><dt>{w.charge_why()}</dt><dd>{charge.reason.get(language).to_owned()}</dd></div>
            {gone}
            <div><dt>{w.charge_day()}</dt><dd>{format::date_short(language, day)}</dd></div>
            <div><dt>{w.ticket_place()}</dt><dd>{place}</dd></div>
            <div>
                <dt>{w.choose_date()}</dt>
                <dd>{date} " " {both_clocks(ctx, &booking.space, booking.span)}</dd>
            </div>
            <div><dt>{w.ticket_reference()}</dt><dd class="code">{booking.reference.clone()}</dd></div>
        </dl>
    }
}

/// A button for each currency, while it is to be paid.
fn pay(ctx: &Ctx, charged: &Charged, this: &Page) -> Option<AnyView> {
    let (w, language, charge) = (ctx.words(), ctx.language, &charged.charge);
    let is_due = charge.due(charged.booking.version).is_some() && charged.paid().is_none();
    let other = charge.rest_other();
    let rate = rate_of(language, other.as_ref()).map(|rate| view! { <p class="quiet">{rate}</p> });
    let note = if other.is_some() { w.charge_fixed() } else { w.pay_only_one() };
    is_due.then(|| {
        view! {
            <form id="pay" class="pay" method="post" action=this.path(language)>
                <p>{note}</p>
                <p class="acts">{pay_buttons(ctx, charge.rest().gross, other.as_ref().map(|(money, _)| *money))}</p>
                {rate}
                <p class="quiet">{w.pay_next()}</p>
            </form>
        }
        .into_any()
    })
}
