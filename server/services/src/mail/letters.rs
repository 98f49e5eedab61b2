//! What the letters say.

use uuid::Uuid;
use vayla_domain::{
    Language, Reason,
    booking::Who,
    money::{Deposit, Money},
};
use vayla_locales::{Words, format, words};

use super::{Letter, waiting::waiting_url};
use crate::{
    Services,
    booking::{Booking, CalendarText, calendar, cancel_rule},
    db::{DbError, Tx},
    deposit, grant,
    outbox::{self, Message},
    payment::{Charge, Payment},
    waiting::Entry,
    wording::{self, ClockText},
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

/// What all letters about one booking have in common.
pub(super) struct Draft<'a> {
    services: &'a Services,
    pub booking: &'a Booking,
    pub who: &'a Who,
    pub words: &'static Words,
    clocks: Vec<ClockText>,
}

impl<'a> Draft<'a> {
    /// `None` where nobody has said whom to write to.
    pub(super) fn new(services: &'a Services, booking: &'a Booking) -> Option<Self> {
        let who = booking.who.as_ref()?;
        let clocks = wording::clocks(who.language, &services.catalogue(), &booking.space, booking.span);
        Some(Self { services, booking, who, words: words(who.language), clocks })
    }

    pub(super) fn place(&self) -> String {
        wording::place(self.who.language, &self.booking.space)
    }

    pub(super) fn short_time(&self) -> String {
        let clock = &self.clocks[0];
        format!("{} {}", format::date_weekday(self.who.language, clock.date), clock.range)
    }

    /// The time on each clock, the facility's first.
    pub(super) fn long_times(&self) -> Vec<String> {
        let long = |clock: &ClockText| {
            format!("{} {}, {}", format::date_long(self.who.language, clock.date), clock.range, clock.label)
        };
        self.clocks.iter().map(long).collect()
    }

    /// Its time on the clocks of both banks.
    fn times(&self) -> Vec<String> {
        let times = self.long_times();
        let mut lines = vec![self.words.mail_when(&times[0])];
        lines.extend(times[1..].iter().map(|time| self.words.mail_when_other(time)));
        lines
    }

    /// What grants pay of it.
    pub(super) async fn granted_in(&self, tx: &mut Tx) -> Result<Vec<String>, DbError> {
        let granted = grant::summed(grant::of_booking_in(tx, self.booking.id).await?);
        let catalogue = self.services.catalogue();
        Ok(granted.iter().map(|granted| grant::told(self.who.language, &catalogue, granted)).collect())
    }

    /// How much of what was paid is a deposit, and when that comes back.
    pub(super) fn deposit(&self, asked: Option<&Deposit>, paid: Money) -> Vec<String> {
        let Some(asked) = asked.filter(|_| paid.minor > 0) else { return Vec::new() };
        let language = self.who.language;
        let included = self.words.mail_deposit_paid(format::money(language, paid));
        vec![included, deposit::comes_back(language, asked)]
    }

    /// How much of what goes back of a cancelled booking is its deposit.
    async fn deposit_back_in(&self, tx: &mut Tx) -> Result<Option<String>, DbError> {
        let back = deposit::returned_with_in(tx, self.booking.id).await?;
        Ok(back.map(|back| self.words.deposit_included(format::money(self.who.language, back))))
    }

    pub(super) fn facts(&self) -> Vec<String> {
        let mut lines = vec![self.words.mail_place(self.place())];
        lines.extend(self.times());
        lines.extend(
            wording::address(&self.booking.space.facility).map(|address| self.words.mail_address(address)),
        );
        lines
    }

    /// How much is invoiced all the same of what is cancelled.
    pub(super) fn still_invoiced(&self, charged: Money) -> String {
        match charged.minor {
            0 => self.words.mail_cancelled_not_invoiced(),
            _ => self.words.mail_cancelled_invoiced(format::money(self.who.language, charged)),
        }
    }

    /// Until when how much comes back, a line for each step.
    pub(super) fn cancel_rule(&self) -> Vec<String> {
        let (catalogue, now) = (self.services.catalogue(), self.services.clock.now());
        cancel_rule(self.who.language, &catalogue, self.booking, now)
    }

    pub(super) fn manage_url(&self) -> String {
        manage_url(self.services, self.booking.id, self.who.language)
    }

    pub(super) fn search_url(&self) -> String {
        format!("{}/{}/", self.services.base_url, self.who.language.code())
    }

    /// Puts the letter into the outbox; `calendar` says whether a file goes with it, and whether
    /// that is a cancellation.
    pub(super) async fn send_in(
        &self,
        tx: &mut Tx,
        subject: String,
        lines: Vec<String>,
        calendar_of: Option<bool>,
    ) -> Result<(), DbError> {
        let url = self.manage_url();
        let calendar = calendar_of.map(|cancelled| {
            let description = self.booking.reference.as_str();
            let text = CalendarText {
                language: self.who.language,
                description,
                url: &url,
                cancelled,
                organizer: self.services.post.address(),
            };
            calendar(self.booking, text)
        });
        self.post_in(tx, subject, lines, calendar).await
    }

    /// The same with a calendar file that is written already.
    pub(super) async fn post_in(
        &self,
        tx: &mut Tx,
        subject: String,
        lines: Vec<String>,
        calendar: Option<String>,
    ) -> Result<(), DbError> {
        let now = self.services.clock.now();
        let mut text = vec![self.words.mail_hello(&self.who.name), String::new()];
        text.extend(lines);
        text.extend(foot(self.services, self.who.language));
        let letter = Letter {
            name: self.who.name.clone(),
            address: self.who.email.clone(),
            subject,
            text: text.join("\n"),
            calendar,
            facility: Some(self.booking.space.facility.id),
            municipality: None,
        };
        outbox::add_in(tx, &Message::Mail(letter), now, now).await
    }
}

/// What each letter ends with.
pub(super) fn foot(services: &Services, language: Language) -> Vec<String> {
    let (w, catalogue) = (words(language), services.catalogue());
    let mut lines = vec![String::new(), "-- ".to_owned(), w.mail_foot(wording::towns(language, &catalogue))];
    let demo = catalogue.treaty(services.clock.now().date_naive()).is_some_and(|treaty| treaty.demo);
    lines.extend(demo.then(|| w.mail_demo()));
    lines
}

/// Where the booking is managed by whoever holds the link.
#[must_use]
pub fn manage_url(services: &Services, booking: Uuid, language: Language) -> String {
    let path = match language {
        Language::Sv => "bokning",
        Language::Fi => "varaus",
    };
    format!("{}/{}/{path}/{}", services.base_url, language.code(), services.secret.manage_token(booking))
}
