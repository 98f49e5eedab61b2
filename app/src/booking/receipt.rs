//! The receipt: a page that prints on one A4.

use std::sync::Arc;

use axum::{extract::Path, response::Response};
use leptos::prelude::*;
use vayla_domain::money::{Money, QuoteLine, VatRate};
use vayla_locales::format;
use vayla_services::{
    booking::{self, Booking},
    catalogue::{Municipality, Space},
    payment::{self, Payment},
    tariff, wording,
};

use super::held::booking_of;
use crate::ui::{Ctx, Page, Sheet, Trouble, rate_line, render};

struct Receipt {
    booking: Booking,
    number: i64,
    payment: Payment,
    /// What was bought, when and where, as it was when this was paid.
    space: Arc<Space>,
    lines: Vec<QuoteLine>,
}

impl Receipt {
    fn total(&self) -> Money {
        Money::new(self.lines.iter().map(|line| line.gross.minor).sum(), self.payment.gross.currency)
    }

    /// What earlier payments had paid of it.
    fn earlier(&self) -> Money {
        Money::new(self.total().minor - self.payment.gross.minor, self.payment.gross.currency)
    }
}

/// The receipt's name: a number in its seller's own row.
pub(super) fn receipt_name(booking: &Booking, number: i64) -> String {
    format!("{}-{number}", booking.space.facility.municipality.code.to_uppercase())
}

pub(super) async fn show(ctx: Ctx, Path(token): Path<String>) -> Response {
    shown(&ctx, Page::Receipt(token.clone()), &token, None).await
}

pub(super) async fn show_numbered(ctx: Ctx, Path((token, number)): Path<(String, String)>) -> Response {
    match number.parse() {
        Ok(known) => {
            shown(&ctx, Page::NumberedReceipt { token: token.clone(), number }, &token, Some(known)).await
        }
        Err(_) => Trouble::NotFound.page(&ctx),
    }
}

async fn shown(ctx: &Ctx, this: Page, token: &str, number: Option<i64>) -> Response {
    match find(ctx, token, number).await {
        Ok(receipt) => page(ctx, this, &receipt, token),
        Err(trouble) => trouble.page(ctx),
    }
}

/// The receipt of that number, or the latest.
async fn find(ctx: &Ctx, token: &str, number: Option<i64>) -> Result<Receipt, Trouble> {
    let booking = booking_of(ctx, token).await?;
    let mut paying = payment::paying(&ctx.services.db, booking.id).await?;
    paying.retain(|payment| number.is_none() || payment.receipt_number == number);
    let payment = paying.pop().ok_or(Trouble::NotFound)?;
    let number = payment.receipt_number.ok_or(Trouble::NotFound)?;
    let (space, lines) = booking::lines_of(&ctx.services, &booking, payment.version).await?;
    Ok(Receipt { booking, number, payment, space, lines })
}

fn page(ctx: &Ctx, this: Page, receipt: &Receipt, token: &str) -> Response {
    render(ctx, || {
        let (w, language, booking) = (ctx.words(), ctx.language, &receipt.booking);
        let town = &booking.space.facility.municipality;
        let paid_at =
            receipt.payment.settled_at.unwrap_or(booking.created_at).with_timezone(&town.zone).date_naive();
        let number = receipt_name(booking, receipt.number);
        let title = w.receipt_title(&number);
        let buyer = booking
            .who
            .as_ref()
            .map(|who| view! { <div><dt>{w.receipt_buyer()}</dt><dd>{who.name.clone()}</dd></div> });
        let main = view! {
            <article class="receipt">
                <h1>{title.clone()}</h1>
                {seller(ctx, town).into_any()}
                <dl class="answers">
                    <div><dt>{w.receipt_date()}</dt><dd>{format::date_short(language, paid_at)}</dd></div>
                    <div><dt>{w.receipt_number()}</dt><dd>{number}</dd></div>
                    <div><dt>{w.ticket_reference()}</dt><dd>{booking.reference.clone()}</dd></div>
                    {buyer}
                </dl>
                {lines(ctx, receipt).into_any()}
                {vat(ctx, receipt).into_any()}
                {paid(ctx, receipt).into_any()}
            </article>
            <p class="acts screen">
                <a class="btn quiet" href=Page::Booking(token.to_owned()).path(language)>{w.receipt_back()}</a>
            </p>
            <p class="quiet screen">{w.receipt_print()}</p>
        };
        Sheet::new(this, title, main)
    })
}

fn seller(ctx: &Ctx, town: &Municipality) -> impl IntoView + use<> {
    let (w, details) = (ctx.words(), &town.details);
    let id = details.business_id.as_ref().map(|id| match town.country.as_str() {
        "FI" => w.receipt_business_id_fi(id),
        _ => w.receipt_business_id_se(id),
    });
    let address = details.address.as_ref().map(|address| {
        let postcode = address.postcode.clone().map(|code| format!("{code} ")).unwrap_or_default();
        format!("{}, {postcode}{}", address.street, address.city)
    });
    let contact: Vec<String> = [&details.email, &details.phone].into_iter().flatten().cloned().collect();
    let lines = [id, address, Some(contact.join(" · ")), details.url.clone()];
    let lines = lines.into_iter().flatten().filter(|line| !line.is_empty());
    view! {
        <address>
            <b>{details.legal_name.clone()}</b>
            {lines.map(|line| view! { <br /> {line} }).collect_view()}
        </address>
    }
}

fn lines(ctx: &Ctx, receipt: &Receipt) -> impl IntoView + use<> {
    let (w, language, space) = (ctx.words(), ctx.language, &receipt.space);
    let (zone, town) = (space.zone(), &space.facility.municipality);
    let rows = receipt.lines.iter().map(|line| {
        let date = line.span.start().start().with_timezone(&zone).date_naive();
        let time = |at: vayla_domain::time::Quarter| wording::time(language, at.start(), zone);
        let when = format!(
            "{} {}–{} {}",
            format::date_short(language, date),
            time(line.span.start()),
            time(line.span.end()),
            w.clock_label(&town.country)
        );
        view! {
            <tr>
                <td>
                    {wording::place(language, space)}
                    <br />
                    <span class="clock2">{when}</span>
                    <br />
                    <span class="clock2">{tariff::line_text(language, &ctx.catalogue, line)}</span>
                </td>
                <td class="num">{format::money(language, line.net)}</td>
                <td class="num">{vat_name(ctx, line.vat_rate)}</td>
                <td class="num">{format::money(language, line.gross)}</td>
            </tr>
        }
    });
    view! {
        <section class="scroll" tabindex="0" aria-label=w.receipt_lines()>
        <table class="plain wide">
            <caption class="hidden">{w.receipt_lines()}</caption>
            <thead>
                <tr>
                    <th scope="col">{w.receipt_what()}</th>
                    <th scope="col" class="num">{w.receipt_net()}</th>
                    <th scope="col" class="num">{w.receipt_vat()}</th>
                    <th scope="col" class="num">{w.receipt_gross()}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
            <tfoot>{sums(ctx, receipt)}</tfoot>
        </table>
        </section>
    }
}

/// The total, and of a later payment what it came on top of.
fn sums(ctx: &Ctx, receipt: &Receipt) -> impl IntoView + use<> {
    let (w, earlier) = (ctx.words(), receipt.earlier());
    let mut sums = vec![(w.receipt_total(), receipt.total())];
    if earlier.minor > 0 {
        let paid_before = Money::new(-earlier.minor, earlier.currency);
        sums.extend([(w.receipt_earlier(), paid_before), (w.receipt_difference(), receipt.payment.gross)]);
    }
    let language = ctx.language;
    let rows = sums.into_iter().map(move |(name, amount)| {
        view! {
            <tr>
                <th scope="row" colspan="3">{name}</th>
                <td class="num">{format::money(language, amount)}</td>
            </tr>
        }
    });
    rows.collect_view()
}

fn vat_name(ctx: &Ctx, rate: VatRate) -> String {
    match rate {
        VatRate::Exempt => ctx.words().receipt_exempt_short(),
        VatRate::Percent(rate) => format::percent(ctx.language, rate),
    }
}

/// The tax in what was paid, by rate; all lines of a price have one.
fn vat(ctx: &Ctx, receipt: &Receipt) -> impl IntoView + use<> {
    let (w, language, Payment { gross, vat, .. }) = (ctx.words(), ctx.language, &receipt.payment);
    let text = match receipt.lines.first().map(|line| line.vat_rate) {
        Some(VatRate::Percent(rate)) => {
            let net = Money::new(gross.minor - vat.minor, gross.currency);
            let line = w.receipt_vat_line(
                format::percent(language, rate),
                format::money(language, *vat),
                format::money(language, net),
            );
            let tax = receipt.lines.first().and_then(|line| line.tax);
            format!("{line} {}", tariff::tax_text(language, tax))
        }
        _ => w.vat_exempt(),
    };
    view! { <p>{text}</p> }
}

fn paid(ctx: &Ctx, receipt: &Receipt) -> impl IntoView + use<> {
    let (w, language, booking, payment) = (ctx.words(), ctx.language, &receipt.booking, &receipt.payment);
    let taken_by = ctx.catalogue.municipality(&payment.collector).map_or("", |town| &town.details.legal_name);
    let paid = w.receipt_paid(format::money(language, payment.amount), taken_by);
    let rate = payment.rate.as_ref().map(|rate| view! { <p>{rate_line(language, rate)}</p> });
    let refunds = payment.refunds.iter().filter(|refund| refund.amount.minor > 0).map(|refund| {
        let date = refund.at.with_timezone(&booking.space.zone()).date_naive();
        view! { <p class="strong">{w.receipt_refund(format::money(language, refund.amount), format::date_short(language, date))}</p> }
    });
    view! { <p class="strong">{paid}</p> {rate} {refunds.collect_view()} }
}
