//! Letters about what a use has cost afterwards.

use vayla_domain::{Language, Reason, money::Money};
use vayla_locales::format;

use super::letters::Draft;
use crate::{
    Services,
    booking::Booking,
    charge::{UseCharge, basis_text, name},
    db::{DbError, Tx},
    payment::Payment,
    wording,
};

/// Where a charge is read and paid by whoever holds the booking's link.
#[must_use]
pub fn charge_url(services: &Services, charge: &UseCharge, language: Language) -> String {
    let path = match language {
        Language::Sv => "avgift",
        Language::Fi => "lisamaksu",
    };
    format!("{}/{path}/{}", super::manage_url(services, charge.booking, language), charge.number)
}

/// What is charged, why, how much in either currency, and where it is paid; or that it goes on an invoice.
pub(crate) async fn charged_in(
    tx: &mut Tx,
    services: &Services,
    booking: &Booking,
    charge: &UseCharge,
) -> Result<(), DbError> {
    let Some(draft) = Draft::new(services, booking) else { return Ok(()) };
    let (w, language) = (draft.words, draft.who.language);
    let (what, gross) = (name(language, &charge.entry), format::money(language, charge.gross));
    let mut lines = vec![w.mail_charged_intro(&booking.reference), String::new()];
    lines.push(w.mail_charged_what(&*what, basis_text(language, &charge.basis)));
    lines.extend([w.mail_withdrawn_reason(charge.reason.get(language)), String::new()]);
    lines.extend(draft.facts());
    let price = match &charge.other {
        Some((other, _)) if charge.customer.is_none() => {
            w.mail_charged_either(gross, format::money(language, *other))
        }
        _ => w.mail_charged_sum(gross),
    };
    let rate = charge.other.as_ref().and_then(|(_, rate)| rate.as_ref());
    let rate = rate.filter(|_| charge.customer.is_none());
    let rate = rate.map(|rate| format!("{}.", wording::rate(language, rate)));
    lines.extend([String::new(), price]);
    lines.extend(rate);
    lines.push(if charge.customer.is_some() { w.mail_charged_invoiced() } else { w.mail_charged_pay() });
    lines.push(charge_url(services, charge, language));
    lines.extend(contact(language, booking, &draft));
    draft.send_in(tx, w.mail_charged_subject(what, draft.short_time()), lines, None).await
}

/// It has been paid, and where the receipt is.
pub(crate) async fn charge_paid_in(
    tx: &mut Tx,
    services: &Services,
    booking: &Booking,
    charge: &UseCharge,
    payment: &Payment,
) -> Result<(), DbError> {
    let Some(draft) = Draft::new(services, booking) else { return Ok(()) };
    let (w, language) = (draft.words, draft.who.language);
    let (what, paid) = (name(language, &charge.entry), format::money(language, payment.amount));
    let lines = vec![
        w.mail_charge_paid_intro(paid, &*what, &booking.reference),
        String::new(),
        w.mail_charge_receipt(),
        charge_url(services, charge, language),
    ];
    draft.send_in(tx, w.mail_charge_paid_subject(what, draft.short_time()), lines, None).await
}

/// It is taken back, why, and what goes back.
pub(crate) async fn charge_taken_back_in(
    tx: &mut Tx,
    services: &Services,
    booking: &Booking,
    charge: &UseCharge,
    refunds: &[Money],
    reason: &Reason,
) -> Result<(), DbError> {
    let Some(draft) = Draft::new(services, booking) else { return Ok(()) };
    let (w, language) = (draft.words, draft.who.language);
    let what = name(language, &charge.entry);
    let gross = format::money(language, charge.gross);
    let mut lines = vec![w.mail_charge_gone_intro(&*what, gross, &booking.reference)];
    lines.extend([w.mail_withdrawn_reason(reason.get(language)), String::new()]);
    lines.push(match (refunds, charge.invoice) {
        ([], None) => w.mail_charge_gone_unpaid(),
        ([], Some(_)) => w.mail_charge_gone_invoiced(),
        (refunds, _) => w.mail_back(wording::amounts(language, refunds)),
    });
    lines.extend(contact(language, booking, &draft));
    draft.send_in(tx, w.mail_charge_gone_subject(what, draft.short_time()), lines, None).await
}

fn contact(language: Language, booking: &Booking, draft: &Draft<'_>) -> Vec<String> {
    let contact = wording::contact(language, &booking.space.facility);
    contact.map(|contact| vec![String::new(), draft.words.mail_contact(contact)]).unwrap_or_default()
}
