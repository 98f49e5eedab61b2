//! What the page of a charge and its receipt say.

use chrono::{DateTime, Utc};
use vayla_domain::{
    Language,
    money::{Money, VatRate},
};
use vayla_locales::{format, words};

use super::{UseCharge, basis_text, name};
use crate::{
    booking::Booking,
    catalogue::Catalogue,
    paper::{Fact, Note, Paper, Row, Table},
    payment::{Payment, Refund},
    receipt, wording,
};

/// What is charged, with its tax.
#[must_use]
pub fn lines(language: Language, booking: &Booking, charge: &UseCharge) -> Table {
    let (w, money) = (words(language), |amount| format::money(language, amount));
    let vat = match charge.vat_rate {
        _ if charge.tax_since.is_none() => w.charge_no_tax_short(),
        VatRate::Exempt => w.receipt_exempt_short(),
        VatRate::Percent(rate) => format::percent(language, rate),
    };
    let when = wording::span(language, &booking.space, booking.span);
    let detail =
        [wording::place(language, &booking.space), when, basis_text(language, &charge.basis)].join(" · ");
    let what = name(language, &charge.entry);
    Table {
        caption: w.charge_lines(),
        columns: vec![w.receipt_what(), w.receipt_net(), w.receipt_vat(), w.receipt_gross()],
        rows: vec![Row { what, detail, figures: vec![money(charge.net), vat, money(charge.gross)] }],
        sums: sums(language, charge),
    }
}

/// What it comes to, what the deposit pays of it, and the rest.
fn sums(language: Language, charge: &UseCharge) -> Vec<Fact> {
    let (w, money) = (words(language), |amount| format::money(language, amount));
    let mut sums = vec![Fact::new(w.receipt_total(), money(charge.gross))];
    if let Some(kept) = &charge.kept {
        let paid = Money::new(-kept.pays.gross.minor, charge.gross.currency);
        let rest = charge.claim().less(&kept.pays);
        sums.push(Fact::new(w.charge_kept(), money(paid)));
        sums.push(Fact::new(w.grant_rest(), money(rest.gross)));
    }
    sums
}

/// The tax in it, or why there is none.
#[must_use]
pub fn tax(language: Language, charge: &UseCharge) -> String {
    match charge.tax_since {
        None => words(language).charge_no_tax(),
        Some(_) => wording::vat(language, charge.vat_rate, charge.net, charge.vat),
    }
}

/// The receipt of a payment of it; `None` where it pays for nothing.
#[must_use]
pub fn receipt(
    language: Language,
    catalogue: &Catalogue,
    booking: &Booking,
    charge: &UseCharge,
    payment: &Payment,
) -> Option<Paper> {
    let (w, number) = (words(language), receipt::name(booking, payment.receipt_number?));
    let paid_on = day(language, booking, payment.settled_at.unwrap_or(charge.charged_at));
    let mut facts = vec![
        Fact::new(w.receipt_date(), paid_on),
        Fact::new(w.receipt_number(), &*number),
        Fact::new(w.ticket_reference(), &*booking.reference),
    ];
    facts.extend(booking.who.as_ref().map(|who| Fact::new(w.receipt_buyer(), &*who.name)));
    Some(Paper {
        language,
        title: w.receipt_title(&*number),
        issuer: wording::issuer(language, &booking.space.facility.municipality),
        facts,
        warning: None,
        highlights: vec![Fact::new(w.ticket_paid(), format::money(language, payment.amount))],
        table: lines(language, booking, charge),
        slip: None,
        notes: notes(language, catalogue, booking, charge, payment),
    })
}

fn day(language: Language, booking: &Booking, at: DateTime<Utc>) -> String {
    format::date_short(language, at.with_timezone(&booking.space.zone()).date_naive())
}

/// The tax, why it was charged, what was paid to whom at which rate, and what has gone back.
fn notes(
    language: Language,
    catalogue: &Catalogue,
    booking: &Booking,
    charge: &UseCharge,
    payment: &Payment,
) -> Vec<Note> {
    let w = words(language);
    let taken_by = catalogue.municipality(&payment.collector).map_or("", |town| &town.details.legal_name);
    let mut notes = vec![
        Note::plain(tax(language, charge)),
        Note::plain(w.receipt_refund_reason(charge.reason.get(language))),
        Note::strong(w.receipt_paid(format::money(language, payment.amount), taken_by)),
    ];
    notes.extend(payment.rate.as_ref().map(|rate| Note::plain(wording::rate(language, rate))));
    let refunds = payment.refunds.iter().filter(|refund| refund.amount.minor > 0);
    notes.extend(refunds.flat_map(|refund| back(language, booking, charge, refund)));
    notes
}

fn back(language: Language, booking: &Booking, charge: &UseCharge, refund: &Refund) -> Vec<Note> {
    let (w, money) = (words(language), |amount: Money| format::money(language, amount));
    let mut notes =
        vec![Note::strong(w.receipt_refund(money(refund.amount), day(language, booking, refund.at)))];
    if let VatRate::Percent(rate) = charge.vat_rate {
        let percent = format::percent(language, rate);
        notes.push(Note::plain(w.receipt_refund_vat(money(refund.gross), percent, money(refund.vat))));
    }
    notes.extend(refund.told.as_ref().map(|told| Note::plain(w.receipt_refund_reason(told.get(language)))));
    notes
}
