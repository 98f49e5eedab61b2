//! The letter about a move: the new time, the old one, and the money.

use vayla_domain::money::Money;

use super::draft::Draft;
use crate::{
    Services,
    booking::{Booking, Settled},
    db::{DbError, Tx},
    wording,
};

/// A booking before and after it was moved, and what went back.
pub(crate) struct Moved<'a> {
    pub before: &'a Booking,
    pub after: &'a Booking,
    pub refunds: &'a [Money],
    pub settled: Settled<'a>,
}

/// It is moved: to where and when, from where and when, and what became of the difference.
pub(crate) async fn moved_in(tx: &mut Tx, services: &Services, moved: &Moved<'_>) -> Result<(), DbError> {
    let Some(draft) = Draft::new(services, moved.after) else { return Ok(()) };
    let (w, language, reference) = (draft.words, draft.who.language, &moved.after.reference);
    let mut lines = match moved.settled.reason {
        None => vec![w.mail_moved_intro(reference)],
        Some(reason) => {
            let why = w.mail_withdrawn_reason(reason.get(language));
            vec![w.mail_moved_by_town_intro(reference), String::new(), why]
        }
    };
    lines.push(String::new());
    lines.extend(draft.facts());
    lines.push(String::new());
    lines.extend(old_time(services, moved));
    lines.extend(money(&draft, moved));
    lines.extend(draft.granted_in(tx).await?);
    lines.push(String::new());
    if moved.after.total.minor > 0 {
        lines.extend(draft.cancel_rule());
    }
    let contact = wording::contact(language, &moved.after.space.facility);
    let contact = contact.filter(|_| moved.settled.reason.is_some());
    lines.extend(contact.map(|contact| w.mail_contact(contact)));
    lines.extend([w.mail_manage(), draft.manage_url()]);
    let subject = w.mail_moved_subject(draft.place(), draft.short_time());
    draft.send_in(tx, subject, lines, Some(false)).await
}

fn old_time(services: &Services, moved: &Moved<'_>) -> Vec<String> {
    let Some(draft) = Draft::new(services, moved.before) else { return Vec::new() };
    let times = draft.long_times();
    let mut lines = vec![draft.words.mail_moved_from(draft.place(), &times[0])];
    lines.extend(times[1..].iter().map(|time| draft.words.mail_when_other(time)));
    lines
}

fn money(draft: &Draft<'_>, moved: &Moved<'_>) -> Option<String> {
    let (w, language) = (draft.words, draft.who.language);
    match (moved.settled.paid, moved.refunds) {
        (Some(paid), _) => Some(w.mail_moved_paid(vayla_locales::format::money(language, paid))),
        (None, []) if moved.after.total.minor > 0 && moved.after.total == moved.before.total => {
            Some(w.mail_moved_even())
        }
        (None, []) => None,
        (None, refunds) => Some(w.mail_back(wording::amounts(language, refunds))),
    }
}
