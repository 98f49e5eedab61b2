//! What a receipt says.

use chrono::{DateTime, Utc};
use vayla_domain::{
    Language,
    money::{Money, QuoteLine, VatRate},
};
use vayla_locales::{format, words};

use super::Receipt;
use crate::{
    catalogue::{Catalogue, Space},
    deposit, grant,
    paper::{Fact, Note, Paper, Row, Table},
    payment::Refund,
    tariff, wording,
};

/// The receipt as one reads it.
#[must_use]
pub fn paper(language: Language, catalogue: &Catalogue, receipt: &Receipt) -> Paper {
    let (w, booking) = (words(language), &receipt.booking);
    let paid_on = day(language, receipt, receipt.payment.settled_at.unwrap_or(booking.created_at));
    let mut facts = vec![
        Fact::new(w.receipt_date(), paid_on),
        Fact::new(w.receipt_number(), receipt.name()),
        Fact::new(w.ticket_reference(), &*booking.reference),
    ];
    facts.extend(booking.who.as_ref().map(|who| Fact::new(w.receipt_buyer(), &*who.name)));
    Paper {
        language,
        title: w.receipt_title(receipt.name()),
        issuer: wording::issuer(language, &booking.space.facility.municipality),
        facts,
        warning: None,
        highlights: vec![Fact::new(w.ticket_paid(), format::money(language, receipt.payment.amount))],
        table: table(language, catalogue, receipt),
        slip: None,
        notes: notes(language, catalogue, receipt),
    }
}

fn day(language: Language, receipt: &Receipt, at: DateTime<Utc>) -> String {
    format::date_short(language, at.with_timezone(&receipt.booking.space.zone()).date_naive())
}

fn table(language: Language, catalogue: &Catalogue, receipt: &Receipt) -> Table {
    let (w, money) = (words(language), |amount| format::money(language, amount));
    let (total, earlier) = (receipt.total(), receipt.earlier());
    let mut sums = vec![Fact::new(w.receipt_total(), money(total))];
    if earlier.minor > 0 {
        let paid_before = Money::new(-earlier.minor, earlier.currency);
        sums.push(Fact::new(w.receipt_earlier(), money(paid_before)));
        let difference = receipt.payment.gross.minor + receipt.granted().minor;
        sums.push(Fact::new(w.receipt_difference(), money(Money::new(difference, total.currency))));
    }
    for granted in &receipt.granted {
        let part = Money::new(-granted.gross.minor, total.currency);
        sums.push(Fact::new(w.grant_from(grant::payer(language, catalogue, granted)), money(part)));
    }
    if !receipt.granted.is_empty() {
        sums.push(Fact::new(w.grant_own(), money(receipt.payment.gross)));
    }
    sums.extend(deposit_sums(language, receipt));
    Table {
        caption: w.receipt_lines(),
        columns: vec![w.receipt_what(), w.receipt_net(), w.receipt_vat(), w.receipt_gross()],
        rows: receipt.lines.iter().map(|line| row(language, catalogue, &receipt.space, line)).collect(),
        sums,
    }
}

/// What was paid besides the price, and with it; in the price's currency.
fn deposit_sums(language: Language, receipt: &Receipt) -> Vec<Fact> {
    let paid = receipt.payment.gross;
    let asked = receipt.booking.deposit.as_ref().filter(|_| receipt.deposit.is_some());
    let Some((asked, amount)) = asked.and_then(|asked| Some((asked, asked.of(paid.currency)?))) else {
        return Vec::new();
    };
    let all = Money::new(paid.minor + amount.minor, paid.currency);
    vec![
        Fact::new(deposit::name(language, asked), format::money(language, amount)),
        Fact::new(words(language).deposit_paid_in_all(), format::money(language, all)),
    ]
}

pub(super) fn row(language: Language, catalogue: &Catalogue, space: &Space, line: &QuoteLine) -> Row {
    let money = |amount| format::money(language, amount);
    let vat = match line.vat_rate {
        VatRate::Exempt => words(language).receipt_exempt_short(),
        VatRate::Percent(rate) => format::percent(language, rate),
    };
    Row {
        what: wording::place(language, space),
        detail: format!(
            "{} · {}",
            wording::span(language, space, line.span),
            tariff::line_text(language, catalogue, line)
        ),
        figures: vec![money(line.net), vat, money(line.gross)],
    }
}

/// The tax by rate, what was paid to whom, at which rate, and what has gone back.
fn notes(language: Language, catalogue: &Catalogue, receipt: &Receipt) -> Vec<Note> {
    let (w, payment) = (words(language), &receipt.payment);
    let taken_by = catalogue.municipality(&payment.collector).map_or("", |town| &town.details.legal_name);
    let paid = w.receipt_paid(format::money(language, payment.amount), taken_by);
    let mut notes: Vec<Note> = vat(language, receipt).into_iter().map(Note::plain).collect();
    notes.extend(rate_since(language, receipt).map(Note::plain));
    notes.push(Note::strong(paid));
    notes.extend(payment.rate.as_ref().map(|rate| Note::plain(wording::rate(language, rate))));
    for granted in &receipt.granted {
        notes.push(Note::plain(grant::told(language, catalogue, granted)));
        let back = (granted.back.gross.minor > 0).then(|| format::money(language, granted.back.gross));
        notes.extend(
            back.map(|back| Note::plain(w.grant_back(back, grant::payer(language, catalogue, granted)))),
        );
    }
    let refunds = payment.refunds.iter().filter(|refund| refund.amount.minor > 0 && !refund.of_deposit);
    for refund in refunds {
        notes.extend(back(language, receipt, refund));
    }
    if let Some((held, charges)) = &receipt.deposit {
        let payments = std::slice::from_ref(payment);
        let said = deposit::standing(language, &receipt.booking, held, payments, charges);
        notes.push(Note::strong(w.deposit_no_sale()));
        notes.extend(said.into_iter().map(Note::plain));
    }
    notes
}

/// The tax in what was paid, by rate. A difference to a dearer time has the rate of that.
fn vat(language: Language, receipt: &Receipt) -> Vec<String> {
    if receipt.earlier().minor != 0 {
        let (gross, vat) = (receipt.payment.gross, receipt.payment.vat);
        let rate = receipt.lines.first().map_or(VatRate::Exempt, |line| line.vat_rate);
        return vec![wording::vat(language, rate, Money::new(gross.minor - vat.minor, gross.currency), vat)];
    }
    wording::vat_by_rate(language, receipt.lines.iter().map(|line| (line.vat_rate, line.net, line.vat)))
}

/// Since when the rate of the tax has been in force; nothing where there is no tax, or it isn't known.
fn rate_since(language: Language, receipt: &Receipt) -> Option<String> {
    let tax = receipt.lines.first()?.tax.filter(|tax| tax.rate != VatRate::Exempt)?;
    Some(tariff::tax_text(language, Some(tax)))
}

/// What has gone back when, and the tax in that.
fn back(language: Language, receipt: &Receipt, refund: &Refund) -> Vec<Note> {
    let (w, money) = (words(language), |amount| format::money(language, amount));
    let mut notes =
        vec![Note::strong(w.receipt_refund(money(refund.amount), day(language, receipt, refund.at)))];
    let rate = receipt.lines.first().map_or(VatRate::Exempt, |line| line.vat_rate);
    if let VatRate::Percent(rate) = rate {
        let percent = format::percent(language, rate);
        notes.push(Note::plain(w.receipt_refund_vat(money(refund.gross), percent, money(refund.vat))));
    }
    notes.extend(refund.told.as_ref().map(|told| Note::plain(w.receipt_refund_reason(told.get(language)))));
    notes
}
