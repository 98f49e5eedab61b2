//! Letters about deposits that go back.

use vayla_domain::{Reason, money::Money};
use vayla_locales::format;

use super::draft::Draft;
use crate::{
    Services,
    booking::Booking,
    db::{DbError, Tx},
    wording,
};

/// So much of a deposit goes back; why, where staff say.
pub(crate) async fn deposit_back_in(
    tx: &mut Tx,
    services: &Services,
    booking: &Booking,
    amount: Money,
    reason: Option<&Reason>,
) -> Result<(), DbError> {
    let Some(draft) = Draft::new(services, booking) else { return Ok(()) };
    let (w, language) = (draft.words, draft.who.language);
    let amount = format::money(language, amount);
    let mut lines = vec![w.mail_deposit_back_intro(amount, &booking.reference), String::new()];
    lines.extend(reason.map(|reason| w.mail_withdrawn_reason(reason.get(language))));
    lines.extend(draft.facts());
    lines.push(String::new());
    lines.extend(wording::contact(language, &booking.space.facility).map(|contact| w.mail_contact(contact)));
    lines.extend([w.mail_manage(), draft.manage_url()]);
    let subject = w.mail_deposit_back_subject(&booking.reference);
    draft.send_in(tx, subject, lines, None).await
}
