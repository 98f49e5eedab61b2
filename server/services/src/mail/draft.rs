//! What all letters about a booking share.

use uuid::Uuid;
use vayla_domain::{
    Language,
    booking::Who,
    money::{Deposit, Money},
};
use vayla_locales::{Words, format, words};

use super::Letter;
use crate::{
    Services,
    booking::{Booking, CalendarText, calendar, cancel_rule},
    db::{DbError, Tx},
    deposit, grant,
    outbox::{self, Message},
    wording::{self, ClockText},
};

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
    pub(super) async fn deposit_back_in(&self, tx: &mut Tx) -> Result<Option<String>, DbError> {
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
