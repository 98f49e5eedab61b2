//! Letters about what a use has cost afterwards.

use vayla_domain::{Language, Reason, money::Money};
use vayla_locales::format;

use super::draft::Draft;
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
    let what = name(language, &charge.entry);
    let mut lines = vec![w.mail_charged_intro(&booking.reference), String::new()];
    lines.push(w.mail_charged_what(&*what, basis_text(language, &charge.basis)));
    lines.extend([w.mail_withdrawn_reason(charge.reason.get(language)), String::new()]);
    lines.extend(draft.facts());
    lines.push(String::new());
    lines.extend(to_pay(language, &draft, charge));
    lines.push(charge_url(services, charge, language));
    lines.extend(contact(language, booking, &draft));
    draft.send_in(tx, w.mail_charged_subject(what, draft.short_time()), lines, None).await
}

/// What it comes to, what the deposit pays of it, and what is left to be paid; or that it goes on an invoice.
fn to_pay(language: Language, draft: &Draft<'_>, charge: &UseCharge) -> Vec<String> {
    let (w, money) = (draft.words, |money: Money| format::money(language, money));
    let sum = w.mail_charged_sum(money(charge.gross));
    if charge.customer.is_some() {
        return vec![sum, w.mail_charged_invoiced()];
    }
    let mut lines = Vec::new();
    if let Some(kept) = &charge.kept {
        let pays =
            if charge.is_kept() { w.mail_charged_kept_all() } else { w.mail_charged_kept(money(kept.paid)) };
        lines.extend([sum, pays]);
    }
    if charge.is_kept() {
        lines.push(w.mail_charged_see());
        return lines;
    }
    let (rest, other) = (charge.rest().gross, charge.rest_other());
    lines.push(match &other {
        Some((other, _)) => w.mail_charged_either(money(rest), money(*other)),
        None => w.mail_charged_rest(money(rest)),
    });
    let rate = other.as_ref().and_then(|(_, rate)| rate.as_ref());
    lines.extend(rate.map(|rate| format!("{}.", wording::rate(language, rate))));
    lines.push(w.mail_charged_pay());
    lines
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
