//! What cancelling costs, in sentences.

use chrono::{DateTime, Utc};
use vayla_domain::{
    Language,
    booking::{Back, CancelRule},
    money::{Money, Use},
    time::Span,
};
use vayla_locales::{format, words};

use super::Booking;
use crate::{
    catalogue::{Catalogue, Space},
    wording,
};

/// Until which exact moments how much comes back, a sentence for each step that is still ahead.
#[must_use]
pub fn cancel_rule(
    language: Language,
    catalogue: &Catalogue,
    booking: &Booking,
    now: DateTime<Utc>,
) -> Vec<String> {
    let (space, price) = (&*booking.space, booking.total);
    let saying = Saying { language, catalogue, space, price, is_invoiced: booking.customer.is_some() };
    saying.all(&booking.cancel_rule, booking.starts_at(), now)
}

/// A time that could be booked now, at its price.
#[derive(Debug, Clone, Copy)]
pub struct CancelOffer<'a> {
    pub space: &'a Space,
    pub span: Span,
    pub use_of: Use,
    pub in_series: bool,
    pub price: Money,
}

/// The same of what could be booked now.
#[must_use]
pub fn cancel_offer(
    language: Language,
    catalogue: &Catalogue,
    offer: CancelOffer<'_>,
    now: DateTime<Utc>,
) -> Vec<String> {
    let CancelOffer { space, span, use_of, in_series, price } = offer;
    let rule = space.rules.cancelling.rule(use_of, in_series);
    let saying = Saying { language, catalogue, space, price, is_invoiced: false };
    saying.all(&rule, span.start().start(), now)
}

struct Saying<'a> {
    language: Language,
    catalogue: &'a Catalogue,
    space: &'a Space,
    price: Money,
    /// Nothing has been paid that could come back: it is said what is charged.
    is_invoiced: bool,
}

impl Saying<'_> {
    fn all(&self, rule: &CancelRule, start: DateTime<Utc>, now: DateTime<Utc>) -> Vec<String> {
        let w = words(self.language);
        let moments = rule.moments(self.space.start(start));
        let was_free = moments.first().is_some_and(|(until, back)| back.is_all() && *until < now);
        let mut said: Vec<String> = was_free.then(|| w.cancel_free_is_over()).into_iter().collect();
        let ahead = moments.iter().filter(|(until, _)| *until >= now);
        for (place, (until, back)) in ahead.enumerate() {
            let until = Some(*until).filter(|until| *until < start);
            said.push(self.step(place == 0, until, back));
            if back.of(self.price).minor == 0 {
                break; // nor does anything come back later
            }
        }
        said
    }

    /// What comes back until then, or until the time begins where no moment is named.
    fn step(&self, is_first: bool, until: Option<DateTime<Utc>>, back: &Back) -> String {
        let w = words(self.language);
        let town = &self.space.facility.municipality;
        let until = until.map(|until| wording::moments(self.language, self.catalogue, town, until));
        if back.is_all() {
            return until.map_or_else(|| w.cancel_until_start(), |until| w.cancel_until(until));
        }
        if self.is_invoiced {
            let what = self.charged(back);
            return match (until, is_first) {
                (Some(until), true) => w.cancel_step_invoiced_now(until, what),
                (Some(until), false) => w.cancel_step_invoiced(until, what),
                (None, true) => w.cancel_late_invoiced_now(what),
                (None, false) => w.cancel_late_invoiced(what),
            };
        }
        let nothing = back.of(self.price).minor == 0;
        match (until, is_first) {
            (_, true) if nothing => w.cancel_late_now_none(),
            (_, false) if nothing => w.cancel_late_none(),
            (Some(until), true) => w.cancel_step_now(until, self.returned(back)),
            (Some(until), false) => w.cancel_step(until, self.returned(back)),
            (None, true) => w.cancel_late_now(self.returned(back)),
            (None, false) => w.cancel_late(self.returned(back)),
        }
    }

    fn returned(&self, back: &Back) -> String {
        let w = words(self.language);
        match (back.percent, self.fees(back)) {
            (percent, None) => w.cancel_back_percent(percent),
            (100, Some(fee)) => w.cancel_back_fee(fee),
            (percent, Some(fee)) => w.cancel_back_percent_fee(percent, fee),
        }
    }

    fn charged(&self, back: &Back) -> String {
        let w = words(self.language);
        let fee = back.fee_in(self.price);
        let fee = (fee.minor > 0).then(|| format::money(self.language, fee));
        match (100 - back.percent, fee) {
            _ if back.of(self.price).minor == 0 => w.cancel_charge_all(),
            (percent, None) => w.cancel_charge_percent(percent),
            (0, Some(fee)) => w.cancel_charge_fee(fee),
            (percent, Some(fee)) => w.cancel_charge_percent_fee(percent, fee),
        }
    }

    /// The facility's currency first: `500,00 kr eller 45,00 €`.
    fn fees(&self, back: &Back) -> Option<String> {
        let fee = back.fee.as_ref()?;
        let own = format::money(self.language, fee.of(self.price.currency)?);
        Some(match fee.beside(self.price.currency) {
            Some(other) => words(self.language).cancel_fee_either(own, format::money(self.language, other)),
            None => own,
        })
    }
}
