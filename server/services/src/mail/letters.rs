//! The letters about one booking: that it is booked, cancelled, withdrawn, offered; that money goes back.

use uuid::Uuid;
use vayla_domain::{Reason, money::Money};
use vayla_locales::format;

use super::{draft::Draft, waiting::waiting_url};
use crate::{
    Services,
    booking::Booking,
    db::{DbError, Tx},
    deposit, grant,
    payment::{Charge, Payment},
    waiting::Entry,
    wording,
};

/// The time is the booker's: what, where, when, paid, how to cancel, and a calendar file.
pub(crate) async fn confirmed_in(
    tx: &mut Tx,
    services: &Services,
    booking: &Booking,
    paid: Option<&Payment>,
) -> Result<(), DbError> {
    let Some(draft) = Draft::new(services, booking) else { return Ok(()) };
    let (w, language) = (draft.words, draft.who.language);
    let mut lines = vec![w.mail_confirmed_intro(&booking.reference), String::new()];
    lines.extend(draft.facts());
    let granted = draft.granted_in(tx).await?;
    match paid {
        Some(paid) => {
            lines.push(w.mail_paid(format::money(language, paid.amount)));
            lines.extend(draft.deposit(draft.booking.deposit.as_ref(), paid.deposit));
        }
        None if granted.is_empty() => lines.push(w.mail_free()),
        None => {}
    }
    lines.extend(granted);
    lines.push(String::new());
    if paid.is_some_and(|paid| paid.gross.minor > 0) {
        lines.extend(draft.cancel_rule());
    }
    lines.extend([w.mail_manage(), draft.manage_url()]);
    let subject = w.mail_confirmed_subject(draft.place(), draft.short_time());
    draft.send_in(tx, subject, lines, Some(false)).await
}

/// It is cancelled, and so much goes back.
pub(crate) async fn cancelled_in(
    tx: &mut Tx,
    services: &Services,
    booking: &Booking,
    refunds: &[Money],
) -> Result<(), DbError> {
    let Some(draft) = Draft::new(services, booking) else { return Ok(()) };
    let w = draft.words;
    let mut lines = vec![w.mail_cancelled_intro(&booking.reference), String::new()];
    lines.extend(draft.facts());
    lines.push(String::new());
    match refunds {
        [] if booking.customer.is_some() => {
            let charged = booking.charged(services.clock.now());
            let (granted, _) = grant::left_of_in(tx, booking.id, booking.total.currency).await?;
            lines.push(draft.still_invoiced(Money::new(charged.minor - granted.minor, charged.currency)));
        }
        [] if booking.total.minor > 0 => lines.push(w.mail_cancelled_no_refund()),
        [] => {}
        refunds => lines.push(w.mail_back(wording::amounts(draft.who.language, refunds))),
    }
    lines.extend(draft.deposit_back_in(tx).await?);
    lines.extend([w.mail_search(), draft.search_url()]);
    let subject = w.mail_cancelled_subject(draft.place(), draft.short_time());
    draft.send_in(tx, subject, lines, Some(true)).await
}

/// What the town's cancelling comes to for the booker.
pub(crate) struct Withdrawn<'a> {
    pub refunds: &'a [Money],
    pub reason: &'a Reason,
    /// The place in line that it was offered to, which is theirs as before.
    pub entry: Option<Uuid>,
}

/// The town has cancelled it, or what it held for somebody in line, and why; so much goes back.
pub(crate) async fn withdrawn_in(
    tx: &mut Tx,
    services: &Services,
    booking: &Booking,
    Withdrawn { refunds, reason, entry }: &Withdrawn<'_>,
) -> Result<(), DbError> {
    let Some(draft) = Draft::new(services, booking) else { return Ok(()) };
    let (w, language, was_booked) = (draft.words, draft.who.language, booking.confirmed_at.is_some());
    let intro =
        if was_booked { w.mail_withdrawn_intro(&booking.reference) } else { w.mail_offer_withdrawn_intro() };
    let mut lines = vec![intro, String::new()];
    lines.extend([w.mail_withdrawn_reason(reason.get(language)), String::new()]);
    lines.extend(draft.facts());
    lines.push(String::new());
    let back = (!refunds.is_empty()).then(|| wording::amounts(language, refunds));
    lines.extend(back.map(|back| w.mail_back(back)));
    lines.extend(draft.deposit_back_in(tx).await?);
    lines.extend(wording::contact(language, &booking.space.facility).map(|contact| w.mail_contact(contact)));
    if let Some(entry) = entry {
        let url = waiting_url(services, language, *entry);
        lines.extend([w.mail_withdrawn_in_line(), w.mail_waiting_link(), url]);
    }
    lines.extend([w.mail_search(), draft.search_url()]);
    let subject = w.mail_withdrawn_subject(draft.place(), draft.short_time());
    draft.send_in(tx, subject, lines, was_booked.then_some(true)).await
}

/// Money that pays for nothing goes back, and why.
pub(crate) async fn given_back_in(
    tx: &mut Tx,
    services: &Services,
    booking: &Booking,
    payment: &Payment,
    why: Charge,
) -> Result<(), DbError> {
    let Some(draft) = Draft::new(services, booking) else { return Ok(()) };
    let (w, amount) = (draft.words, format::money(draft.who.language, payment.amount));
    let lines = match why {
        Charge::PaidTwice | Charge::Unwanted if payment.use_charge.is_some() => {
            vec![w.mail_charge_surplus(amount), String::new(), w.mail_manage(), draft.manage_url()]
        }
        Charge::PaidTwice => {
            vec![w.mail_paid_twice(amount), String::new(), w.mail_manage(), draft.manage_url()]
        }
        Charge::OnAccount => {
            vec![w.mail_paid_on_account(amount), String::new(), w.mail_manage(), draft.manage_url()]
        }
        Charge::Unwanted => vec![w.mail_unwanted(amount)],
        Charge::WrongAmount => {
            vec![w.mail_wrong_amount(amount), String::new(), w.mail_manage(), draft.manage_url()]
        }
        _ if payment.change.is_some() => {
            vec![w.mail_move_too_late(amount), String::new(), w.mail_manage(), draft.manage_url()]
        }
        _ => vec![w.mail_too_late(amount), String::new(), w.mail_search(), draft.search_url()],
    };
    let subject = w.mail_back_subject(&booking.reference);
    draft.send_in(tx, subject, lines, None).await
}

/// A time is held for somebody in line: what, where, when, for how much, until when.
pub(crate) async fn offered_in(
    tx: &mut Tx,
    services: &Services,
    entry: &Entry,
    booking: &Booking,
) -> Result<(), DbError> {
    let Some(draft) = Draft::new(services, booking) else { return Ok(()) };
    let (w, language) = (draft.words, draft.who.language);
    let until = wording::moment(language, booking.hold_expires_at, &booking.space.facility.municipality);
    let mut lines = vec![w.mail_offered_intro(until), String::new()];
    lines.extend(draft.facts());
    lines.push(match (booking.total.minor, &booking.other) {
        (0, _) => w.mail_free(),
        (_, None) => w.mail_price(format::money(language, booking.total)),
        (_, Some((other, _))) => {
            w.mail_price_either(format::money(language, booking.total), format::money(language, *other))
        }
    });
    if let Some(asked) = &booking.deposit {
        let (name, amounts) = deposit::offer(language, asked, booking.total.currency);
        lines.extend([format!("{name}: {amounts}"), deposit::comes_back(language, asked)]);
    }
    lines.extend([String::new(), w.mail_offered_take(), draft.manage_url(), String::new()]);
    lines.extend([w.mail_offered_else(), w.mail_waiting_link(), waiting_url(services, language, entry.id)]);
    let subject = w.mail_offered_subject(draft.place(), draft.short_time());
    draft.send_in(tx, subject, lines, None).await
}
