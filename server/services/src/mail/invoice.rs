//! Letters about invoices, and to those who book for whoever pays them.

use uuid::Uuid;
use vayla_domain::{Language, Reason, money::Money};
use vayla_locales::{format, words};

use super::{
    Letter,
    draft::{Draft, foot},
};
use crate::{
    Services,
    booking::Booking,
    db::{DbError, Tx},
    grant,
    invoice::{Invoice, PaySlip, reference},
    outbox::{self, Message},
};

/// Where an invoice is read by whoever holds the link.
#[must_use]
pub fn invoice_url(services: &Services, invoice: Uuid, language: Language) -> String {
    let path = match language {
        Language::Sv => "faktura",
        Language::Fi => "lasku",
    };
    format!("{}/{}/{path}/{}", services.base_url, language.code(), services.secret.invoice_token(invoice))
}

/// The time is the booker's, and somebody else pays it later.
pub(crate) async fn on_account_in(
    tx: &mut Tx,
    services: &Services,
    booking: &Booking,
    customer: &str,
) -> Result<(), DbError> {
    let Some(draft) = Draft::new(services, booking) else { return Ok(()) };
    let w = draft.words;
    let mut lines = vec![w.mail_confirmed_intro(&booking.reference), String::new()];
    lines.extend(draft.facts());
    let granted = grant::of_booking_in(tx, booking.id).await?;
    let (owed, _) = grant::rest(booking.total, None, &granted);
    if owed.minor > 0 {
        lines.push(w.mail_invoiced(format::money(draft.who.language, owed), customer));
    }
    lines.extend(draft.granted_in(tx).await?);
    lines.push(String::new());
    lines.extend(draft.cancel_rule());
    lines.extend([w.mail_manage(), draft.manage_url()]);
    let subject = w.mail_confirmed_subject(draft.place(), draft.short_time());
    draft.send_in(tx, subject, lines, Some(false)).await
}

/// An invoice or a credit note, with the link to it.
pub(crate) async fn invoice_in(tx: &mut Tx, services: &Services, invoice: &Invoice) -> Result<(), DbError> {
    let (w, language) = (words(invoice.to.language), invoice.to.language);
    if let Some(credits) = &invoice.credits {
        let sum = format::money(language, invoice.gross);
        let lines = vec![
            w.mail_credit_intro(invoice.name(), sum),
            w.mail_withdrawn_reason(credits.reason.get(language)),
            String::new(),
            w.mail_invoice_open(),
            invoice_url(services, invoice.id, language),
        ];
        return to(tx, services, invoice, w.mail_credit_subject(invoice.name()), lines).await;
    }
    let mut lines = vec![w.mail_invoice_intro(invoice.name()), String::new()];
    lines.extend(how_to_pay(services, invoice));
    to(tx, services, invoice, w.mail_invoice_subject(invoice.name()), lines).await
}

/// What is overdue.
pub(crate) async fn reminder_in(tx: &mut Tx, services: &Services, invoice: &Invoice) -> Result<(), DbError> {
    let (w, language) = (words(invoice.to.language), invoice.to.language);
    let mut lines = vec![w.mail_reminder_intro(invoice.name())];
    let fees = invoice.standing.fees;
    lines.extend((fees.minor > 0).then(|| w.mail_reminder_fee(format::money(language, fees))));
    lines.push(String::new());
    lines.extend(how_to_pay(services, invoice));
    to(tx, services, invoice, w.mail_reminder_subject(invoice.name()), lines).await
}

/// A reminder's fee isn't asked for any more, and why.
pub(crate) async fn waived_in(
    tx: &mut Tx,
    services: &Services,
    invoice: &Invoice,
    fee: Money,
    reason: &Reason,
) -> Result<(), DbError> {
    let (w, language) = (words(invoice.to.language), invoice.to.language);
    let mut lines = vec![
        w.mail_waived_intro(format::money(language, fee), invoice.name()),
        w.mail_withdrawn_reason(reason.get(language)),
        String::new(),
    ];
    if invoice.standing.open().minor > 0 {
        lines.extend(how_to_pay(services, invoice));
    } else {
        lines.extend([w.mail_invoice_open(), invoice_url(services, invoice.id, language)]);
    }
    to(tx, services, invoice, w.mail_waived_subject(invoice.name()), lines).await
}

fn how_to_pay(services: &Services, invoice: &Invoice) -> Vec<String> {
    let (w, language, catalogue) = (words(invoice.to.language), invoice.to.language, services.catalogue());
    let town = catalogue.municipality(&invoice.municipality);
    let reference = town.map(|town| reference(town, invoice)).unwrap_or_default();
    let slip = town.and_then(|town| PaySlip::of(town, invoice));
    let mut lines = vec![
        w.mail_invoice_pay(
            format::money(language, invoice.standing.open()),
            format::date_short(language, invoice.due_on),
        ),
        w.invoice_pay(reference),
        String::new(),
    ];
    if let Some(slip) = &slip {
        let facts = slip.to(w).into_iter().chain(slip.lines(w));
        lines.extend(facts.map(|fact| format!("{}: {}", fact.name, fact.value)));
        lines.extend(slip.payee.demo.then(|| w.invoice_demo_payee()));
        lines.push(String::new());
    }
    lines.extend([w.mail_invoice_open(), invoice_url(services, invoice.id, language)]);
    lines
}

async fn to(
    tx: &mut Tx,
    services: &Services,
    invoice: &Invoice,
    subject: String,
    lines: Vec<String>,
) -> Result<(), DbError> {
    let to = To { name: &invoice.to.name, address: &invoice.to.email, language: invoice.to.language };
    send_in(tx, services, &invoice.municipality, to, subject, lines).await
}

/// Whom a letter is for.
pub(super) struct To<'a> {
    pub name: &'a str,
    pub address: &'a str,
    pub language: Language,
}

/// A letter of a town's to one of its customers.
pub(super) async fn send_in(
    tx: &mut Tx,
    services: &Services,
    municipality: &str,
    to: To<'_>,
    subject: String,
    lines: Vec<String>,
) -> Result<(), DbError> {
    let now = services.clock.now();
    let mut text = vec![words(to.language).mail_hello(to.name), String::new()];
    text.extend(lines);
    text.extend(foot(services, to.language));
    let letter = Letter {
        name: to.name.to_owned(),
        address: to.address.to_owned(),
        subject,
        text: text.join("\n"),
        calendar: None,
        facility: None,
        municipality: Some(municipality.to_owned()),
    };
    outbox::add_in(tx, &Message::Mail(letter), now, now).await
}
