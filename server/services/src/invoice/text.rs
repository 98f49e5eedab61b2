//! What an invoice says.

use vayla_domain::{
    Language,
    money::{CreditorReference, Money, ReferenceForm, VatRate},
};
use vayla_locales::{format, words};

use super::{Invoice, InvoiceLine, PaySlip, name, reference, slip::form};
use crate::{
    catalogue::{Catalogue, Municipality},
    charge,
    paper::{Fact, Note, Paper, Row, Slip, Table},
    wording,
};

/// The invoice or credit note as one reads it; `None` where its town isn't known any more.
#[must_use]
pub fn paper(language: Language, catalogue: &Catalogue, invoice: &Invoice) -> Option<Paper> {
    let (w, town) = (words(language), catalogue.municipality(&invoice.municipality)?);
    let is_credit = invoice.credits.is_some();
    let title =
        if is_credit { w.invoice_credit_title(invoice.name()) } else { w.invoice_title(invoice.name()) };
    let slip = PaySlip::of(town, invoice);
    Some(Paper {
        language,
        title,
        issuer: wording::issuer(language, town),
        facts: facts(language, town, invoice),
        warning: slip.as_ref().filter(|slip| slip.payee.demo).map(|_| w.invoice_demo_payee()),
        highlights: if is_credit { credited(language, invoice) } else { asked(language, town, invoice) },
        table: table(language, catalogue, invoice),
        notes: notes(language, town, invoice, slip.is_some()),
        slip: slip.map(|slip| self::slip(language, &slip)),
    })
}

fn facts(language: Language, town: &Municipality, invoice: &Invoice) -> Vec<Fact> {
    let (w, to) = (words(language), &invoice.to);
    let issued = invoice.issued_at.with_timezone(&town.zone).date_naive();
    let optional = |name: fn(&vayla_locales::Words) -> String, value: &Option<String>| {
        value.as_ref().map(|value| Fact::new(name(w), &**value))
    };
    let mut facts = vec![Fact::new(w.invoice_date(), format::date_short(language, issued))];
    facts.push(Fact::new(w.invoice_number(), invoice.name()));
    facts.push(Fact::new(w.invoice_to(), &*to.name));
    facts.extend(optional(vayla_locales::Words::invoice_business_id, &to.business_id));
    facts.extend(optional(vayla_locales::Words::invoice_address, &to.address));
    facts.extend(optional(vayla_locales::Words::invoice_e_invoice, &to.e_invoice));
    facts
}

fn asked(language: Language, town: &Municipality, invoice: &Invoice) -> Vec<Fact> {
    let w = words(language);
    vec![
        Fact::new(w.invoice_open(), format::money(language, invoice.standing.open())),
        Fact::new(w.invoice_due(), format::date_short(language, invoice.due_on)),
        Fact::new(reference_name(language, form(town, invoice)), reference(town, invoice)),
    ]
}

fn reference_name(language: Language, form: ReferenceForm) -> String {
    match form {
        ReferenceForm::Viitenumero => words(language).invoice_viitenumero(),
        ReferenceForm::Ocr(_) => words(language).invoice_ocr(),
    }
}

/// In the order of a form of transfer.
fn slip(language: Language, slip: &PaySlip) -> Slip {
    let w = words(language);
    let mut facts = slip.to(w);
    facts.push(Fact::new(reference_name(language, slip.payee.account.form()), &*slip.reference));
    facts.push(Fact::new(w.invoice_due(), format::date_short(language, slip.due_on)));
    facts.push(Fact::new(w.invoice_open(), format::money(language, slip.sum)));
    facts.extend(slip.lines(w));
    Slip { title: w.invoice_slip(), facts, codes: slip.codes(w) }
}

fn credited(language: Language, invoice: &Invoice) -> Vec<Fact> {
    let (w, back) = (words(language), Money::new(-invoice.gross.minor, invoice.gross.currency));
    let mut facts = vec![Fact::new(w.invoice_credited_sum(), format::money(language, back))];
    let of = invoice.credits.as_ref().map(|credits| name(&invoice.municipality, credits.number));
    facts.extend(of.map(|of| Fact::new(w.invoice_credits(), of)));
    facts
}

fn table(language: Language, catalogue: &Catalogue, invoice: &Invoice) -> Table {
    let w = words(language);
    // A credit note is an invoice the other way.
    let sign = if invoice.credits.is_some() { -1 } else { 1 };
    let money = |amount: Money| format::money(language, Money::new(sign * amount.minor, amount.currency));
    let granted = granted(language, catalogue, invoice);
    let (mut sums, currency) = (Vec::new(), invoice.gross.currency);
    if !granted.is_empty() {
        let whole = invoice.gross.minor + granted.iter().map(|(_, minor)| minor).sum::<i64>();
        sums.push(Fact::new(w.grant_price(), money(Money::new(whole, currency))));
    }
    for (town, minor) in granted {
        sums.push(Fact::new(w.grant_from(town), money(Money::new(-minor, currency))));
    }
    sums.push(Fact::new(w.receipt_total(), money(invoice.gross)));
    let standing = &invoice.standing;
    let since = [
        (w.invoice_fees(), standing.fees.minor),
        (w.invoice_credited(), -standing.credited.minor),
        (w.invoice_paid(), standing.returned.minor - standing.paid.minor),
        (w.invoice_written_off(), -standing.written_off.minor),
    ];
    let since: Vec<_> = since.into_iter().filter(|(_, minor)| *minor != 0).collect();
    if !since.is_empty() && invoice.credits.is_none() {
        sums.extend(since.into_iter().map(|(name, minor)| {
            Fact::new(name, format::money(language, Money::new(minor, invoice.gross.currency)))
        }));
        sums.push(Fact::new(w.invoice_open(), format::money(language, standing.open())));
    }
    Table {
        caption: w.invoice_lines(),
        columns: vec![w.receipt_what(), w.receipt_net(), w.receipt_vat(), w.receipt_gross()],
        rows: invoice.lines.iter().map(|line| row(language, line, &money)).collect(),
        sums,
    }
}

/// What each town's grants pay, with its name.
fn granted<'a>(language: Language, catalogue: &'a Catalogue, invoice: &Invoice) -> Vec<(&'a str, i64)> {
    let mut sums: Vec<(&str, i64)> = Vec::new();
    for line in invoice.lines.iter().filter(|line| line.granted.minor > 0) {
        let town = line.granted_by.as_deref().and_then(|code| catalogue.municipality(code));
        let name = town.map_or("", |town| town.name.get(language));
        match sums.iter_mut().find(|(known, _)| *known == name) {
            Some((_, sum)) => *sum += line.granted.minor,
            None => sums.push((name, line.granted.minor)),
        }
    }
    sums
}

fn row(language: Language, line: &InvoiceLine, money: &impl Fn(Money) -> String) -> Row {
    let w = words(language);
    let vat = match line.vat_rate {
        VatRate::Exempt => w.receipt_exempt_short(),
        VatRate::Percent(rate) => format::percent(language, rate),
    };
    let when = wording::span(language, &line.space, line.span);
    let detail = match &line.charge {
        Some(charge) => {
            let basis = charge::basis_text(language, &charge.basis);
            format!("{when} · {} · {} · {basis}", line.reference, wording::place(language, &line.space))
        }
        None if line.price == line.gross => format!("{when} · {}", line.reference),
        None => {
            let price = format::money(language, line.price);
            format!("{when} · {} · {}", line.reference, w.invoice_cancelled(price))
        }
    };
    Row {
        what: match &line.charge {
            Some(charge) => charge::name(language, &charge.entry),
            None => wording::place(language, &line.space),
        },
        detail,
        figures: vec![money(line.net), vat, money(line.gross)],
    }
}

fn notes(language: Language, town: &Municipality, invoice: &Invoice, to_pay: bool) -> Vec<Note> {
    let (w, lines) = (words(language), invoice.lines.iter());
    let taxes = wording::vat_by_rate(language, lines.map(|line| (line.vat_rate, line.net, line.vat)));
    let mut notes: Vec<Note> = taxes.into_iter().map(Note::plain).collect();
    let taxed = invoice.lines.iter().any(|line| line.vat_rate != VatRate::Exempt);
    notes.extend(taxed.then(|| Note::plain(w.invoice_tax_point())));
    let credits = invoice.credits.as_ref();
    notes.extend(credits.map(|credits| Note::strong(w.receipt_refund_reason(credits.reason.get(language)))));
    if to_pay && form(town, invoice) == ReferenceForm::Viitenumero {
        notes.push(Note::plain(w.invoice_rf(CreditorReference::of(&invoice.base()).to_string())));
    }
    notes
}
