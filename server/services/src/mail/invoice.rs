//! Letters to those who pay later, and to those who book for them.

use uuid::Uuid;
use vayla_domain::Language;
use vayla_locales::{format, words};

use super::{
    Letter,
    letters::{Draft, foot},
};
use crate::{
    Services,
    booking::Booking,
    customer::Account,
    db::{DbError, Tx},
    grant,
    invoice::{Invoice, Recipient, reference},
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

/// To a new customer: the code by which one books on its account.
pub(crate) async fn customer_made_in(
    tx: &mut Tx,
    services: &Services,
    account: &Account,
) -> Result<(), DbError> {
    let (customer, language) = (&account.customer, account.customer.language);
    let (w, catalogue) = (words(language), services.catalogue());
    let town = catalogue.municipality(&account.municipality);
    let town = town.map_or("", |town| &town.details.legal_name);
    let credit = format::money(language, customer.credit);
    let lines = vec![
        w.mail_customer_intro(town, &customer.name),
        String::new(),
        services.secret.customer_code(account.id),
        String::new(),
        w.mail_customer_how(),
        w.mail_customer_terms(customer.terms_days, credit),
        w.mail_customer_secret(),
    ];
    send_in(tx, services, &customer.name, &customer.email, language, w.mail_customer_subject(town), lines)
        .await
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
        return to(tx, services, &invoice.to, w.mail_credit_subject(invoice.name()), lines).await;
    }
    let mut lines = vec![w.mail_invoice_intro(invoice.name()), String::new()];
    lines.extend(how_to_pay(services, invoice));
    to(tx, services, &invoice.to, w.mail_invoice_subject(invoice.name()), lines).await
}

/// What is overdue.
pub(crate) async fn reminder_in(tx: &mut Tx, services: &Services, invoice: &Invoice) -> Result<(), DbError> {
    let (w, language) = (words(invoice.to.language), invoice.to.language);
    let mut lines = vec![w.mail_reminder_intro(invoice.name())];
    let fees = invoice.standing.fees;
    lines.extend((fees.minor > 0).then(|| w.mail_reminder_fee(format::money(language, fees))));
    lines.push(String::new());
    lines.extend(how_to_pay(services, invoice));
    to(tx, services, &invoice.to, w.mail_reminder_subject(invoice.name()), lines).await
}

fn how_to_pay(services: &Services, invoice: &Invoice) -> Vec<String> {
    let (w, language, catalogue) = (words(invoice.to.language), invoice.to.language, services.catalogue());
    let town = catalogue.municipality(&invoice.municipality);
    let reference = town.map(|town| reference(town, invoice)).unwrap_or_default();
    vec![
        w.mail_invoice_pay(
            format::money(language, invoice.standing.open()),
            format::date_short(language, invoice.due_on),
        ),
        w.invoice_pay(reference),
        String::new(),
        w.mail_invoice_open(),
        invoice_url(services, invoice.id, language),
    ]
}

async fn to(
    tx: &mut Tx,
    services: &Services,
    to: &Recipient,
    subject: String,
    lines: Vec<String>,
) -> Result<(), DbError> {
    send_in(tx, services, &to.name, &to.email, to.language, subject, lines).await
}

async fn send_in(
    tx: &mut Tx,
    services: &Services,
    name: &str,
    address: &str,
    language: Language,
    subject: String,
    lines: Vec<String>,
) -> Result<(), DbError> {
    let now = services.clock.now();
    let mut text = vec![words(language).mail_hello(name), String::new()];
    text.extend(lines);
    text.extend(foot(services, language));
    let letter = Letter {
        name: name.to_owned(),
        address: address.to_owned(),
        subject,
        text: text.join("\n"),
        calendar: None,
        facility: None,
    };
    outbox::add_in(tx, &Message::Mail(letter), now, now).await
}
