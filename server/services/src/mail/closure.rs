//! Letters to whoever has booked where the town closes.

use super::draft::Draft;
use crate::{
    Services,
    booking::Booking,
    closure::Closure,
    db::{DbError, Tx},
    wording,
};

/// The place is closed around it; the booking stands.
pub(crate) async fn kept_in(
    tx: &mut Tx,
    services: &Services,
    booking: &Booking,
    closure: &Closure,
) -> Result<(), DbError> {
    let Some(draft) = Draft::new(services, booking) else { return Ok(()) };
    let (w, language) = (draft.words, draft.who.language);
    let when = wording::closed_when(language, closure.time, booking.space.zone());
    let mut lines = vec![w.mail_kept_intro(&booking.reference, when), String::new()];
    lines.extend([w.mail_withdrawn_reason(closure.reason.get(language)), String::new()]);
    lines.extend(draft.facts());
    lines.push(String::new());
    lines.extend(wording::contact(language, &booking.space.facility).map(|contact| w.mail_contact(contact)));
    lines.extend([w.mail_manage(), draft.manage_url()]);
    let subject = w.mail_kept_subject(draft.place(), draft.short_time());
    draft.send_in(tx, subject, lines, None).await
}
