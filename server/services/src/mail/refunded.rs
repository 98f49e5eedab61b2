//! Letters about money that staff give back.

use vayla_domain::{Reason, booking::BookingState, money::Money};

use super::draft::Draft;
use crate::{
    Services,
    booking::Booking,
    db::{DbError, Tx},
    wording,
};

/// So much goes back, why, and that the booking stands. Nobody is told where nothing goes to the booker.
pub(crate) async fn refunded_in(
    tx: &mut Tx,
    services: &Services,
    booking: &Booking,
    refunds: &[Money],
    reason: &Reason,
) -> Result<(), DbError> {
    let draft = Draft::new(services, booking).filter(|_| !refunds.is_empty());
    let Some(draft) = draft else { return Ok(()) };
    let (w, language) = (draft.words, draft.who.language);
    let amount = wording::amounts(language, refunds);
    let mut lines = vec![w.mail_refunded_intro(amount, &booking.reference), String::new()];
    lines.extend([w.mail_withdrawn_reason(reason.get(language)), String::new()]);
    lines.extend(draft.facts());
    let stands = booking.state_at(services.clock.now()) == BookingState::Confirmed;
    lines.extend(stands.then(|| w.mail_refunded_stands()));
    lines.push(String::new());
    lines.extend(wording::contact(language, &booking.space.facility).map(|contact| w.mail_contact(contact)));
    lines.extend([w.mail_manage(), draft.manage_url()]);
    let subject = w.mail_refunded_subject(&booking.reference);
    draft.send_in(tx, subject, lines, None).await
}
