//! The receipt: a page that prints on one A4.

use axum::{extract::Path, response::Response};
use leptos::prelude::*;
use vayla_domain::money::{Money, QuoteLine, VatRate};
use vayla_locales::format;
use vayla_services::{
    booking::{self, Booking},
    catalogue::Municipality,
    payment::{self, Payment},
    wording,
};

use super::held::booking_of;
use crate::ui::{Ctx, Page, Sheet, Trouble, rate_line, render};

struct Receipt {
    booking: Booking,
    number: i64,
    payment: Payment,
    lines: Vec<QuoteLine>,
}

pub(super) async fn show(ctx: Ctx, Path(token): Path<String>) -> Response {
    match find(&ctx, &token).await {
        Ok(receipt) => page(&ctx, &receipt, &token),
        Err(trouble) => trouble.page(&ctx),
    }
}

async fn find(ctx: &Ctx, token: &str) -> Result<Receipt, Trouble> {
    let booking = booking_of(ctx, token).await?;
    let number = booking.receipt_number.ok_or(Trouble::NotFound)?;
    let payment = payment::paid_for(&ctx.services.db, booking.id).await?.ok_or(Trouble::NotFound)?;
    let lines = booking::lines(&ctx.services.db, &booking).await?;
    Ok(Receipt { booking, number, payment, lines })
}

fn page(ctx: &Ctx, receipt: &Receipt, token: &str) -> Response {
    render(ctx, || {
        let (w, language, booking) = (ctx.words(), ctx.language, &receipt.booking);
        let town = &booking.space.facility.municipality;
        let paid_at =
            receipt.payment.settled_at.unwrap_or(booking.created_at).with_timezone(&town.zone).date_naive();
        let number = format!("{}-{}", town.code.to_uppercase(), receipt.number);
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
        Sheet::new(Page::Receipt(token.to_owned()), title, main)
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
    let (w, language, booking) = (ctx.words(), ctx.language, &receipt.booking);
    let (zone, town) = (booking.space.zone(), &booking.space.facility.municipality);
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
                <td>{wording::place(language, &booking.space)} <br /> <span class="clock2">{when}</span></td>
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
            <tfoot>
                <tr>
                    <th scope="row" colspan="3">{w.receipt_total()}</th>
                    <td class="num">{format::money(language, booking.total)}</td>
                </tr>
            </tfoot>
        </table>
        </section>
    }
}

fn vat_name(ctx: &Ctx, rate: VatRate) -> String {
    match rate {
        VatRate::Exempt => ctx.words().receipt_exempt_short(),
        VatRate::Percent(rate) => format::percent(ctx.language, rate),
    }
}

/// The tax by rate; all lines of a booking have one.
fn vat(ctx: &Ctx, receipt: &Receipt) -> impl IntoView + use<> {
    let (w, language) = (ctx.words(), ctx.language);
    let currency = receipt.booking.total.currency;
    let vat = Money::new(receipt.lines.iter().map(|line| line.vat.minor).sum(), currency);
    let text = match receipt.lines.first().map(|line| line.vat_rate) {
        Some(VatRate::Percent(rate)) => {
            let net = Money::new(receipt.booking.total.minor - vat.minor, currency);
            w.receipt_vat_line(
                format::percent(language, rate),
                format::money(language, vat),
                format::money(language, net),
            )
        }
        _ => w.vat_exempt(),
    };
    view! { <p>{text}</p> }
}

fn paid(ctx: &Ctx, receipt: &Receipt) -> impl IntoView + use<> {
    let (w, language, booking, payment) = (ctx.words(), ctx.language, &receipt.booking, &receipt.payment);
    let taken_by = ctx.catalogue.municipality(&payment.collector).map_or("", |town| &town.details.legal_name);
    let paid = w.receipt_paid(format::money(language, payment.amount), taken_by);
    let across = payment.amount.currency != booking.total.currency;
    let rate = booking
        .other
        .as_ref()
        .filter(|_| across)
        .map(|(_, rate)| view! { <p>{rate_line(language, rate)}</p> });
    let refund = payment.refund.as_ref().map(|refund| {
        let date = refund.at.with_timezone(&booking.space.zone()).date_naive();
        view! { <p class="strong">{w.receipt_refund(format::money(language, refund.amount), format::date_short(language, date))}</p> }
    });
    view! { <p class="strong">{paid}</p> {rate} {refund} }
}
