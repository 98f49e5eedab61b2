//! Bookings as the database has them.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;
use vayla_domain::{
    booking::Who,
    money::{Beside, Money},
    space::Buffer,
    time::{Quarter, Span},
};

use super::Booking;
use crate::{
    catalogue::Catalogue,
    db::{DbError, parse},
    rate::RateRow,
};

/// Bookings' rows; which of them is said behind it.
macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT id, reference, space_id, start_quarter, end_quarter, state, created_at, hold_expires_at,
            hold_extended, demo, price_group, use_of, total_minor, total_currency, other_minor, other_currency,
            rate_base, rate_quote, rate_value, rate_date, rate_source, cancel_rule,
            booker_name, booker_email, booker_phone, booker_language, purpose, people, confirmed_at, cancelled_at,
            version, sequence, changed_at, before_quarters, after_quarters, series_id, home, dates,
            customer_id, deposit
            FROM booking ",
            $which
        )
    };
}
pub(super) use select;

#[derive(FromRow)]
pub(super) struct BookingRow {
    id: Uuid,
    reference: String,
    space_id: Uuid,
    start_quarter: i64,
    end_quarter: i64,
    state: String,
    created_at: DateTime<Utc>,
    hold_expires_at: DateTime<Utc>,
    hold_extended: bool,
    demo: bool,
    price_group: String,
    use_of: String,
    total_minor: i64,
    total_currency: String,
    cancel_rule: String,
    deposit: Option<String>,
    confirmed_at: Option<DateTime<Utc>>,
    cancelled_at: Option<DateTime<Utc>>,
    version: i64,
    sequence: i64,
    changed_at: Option<DateTime<Utc>>,
    before_quarters: i64,
    after_quarters: i64,
    series_id: Option<Uuid>,
    customer_id: Option<Uuid>,
    home: Option<String>,
    dates: i64,
    #[sqlx(flatten)]
    other: OtherRow,
    #[sqlx(flatten)]
    who: WhoRow,
}

/// An amount in the neighbour's currency with the rate that makes it so, where one does.
#[derive(FromRow)]
pub(crate) struct OtherRow {
    other_minor: Option<i64>,
    other_currency: Option<String>,
    #[sqlx(flatten)]
    rate: RateRow,
}

#[derive(FromRow)]
struct WhoRow {
    booker_name: Option<String>,
    booker_email: Option<String>,
    booker_phone: Option<String>,
    booker_language: Option<String>,
    purpose: Option<String>,
    people: Option<i64>,
}

impl BookingRow {
    pub(super) fn into_booking(self, catalogue: &Catalogue) -> Result<Booking, DbError> {
        let space = catalogue.space(self.space_id).ok_or_else(|| DbError::corrupt(self.space_id))?;
        Ok(Booking {
            id: self.id,
            reference: self.reference,
            space: Arc::clone(space),
            span: span(self.start_quarter, self.end_quarter)?,
            buffer: Buffer { before: self.before_quarters, after: self.after_quarters },
            state: parse(&self.state)?,
            created_at: self.created_at,
            hold_expires_at: self.hold_expires_at,
            hold_extended: self.hold_extended,
            demo: self.demo,
            price_group: parse(&self.price_group)?,
            home: self.home.as_deref().map(parse).transpose()?,
            use_of: parse(&self.use_of)?,
            dates: u32::try_from(self.dates).map_err(DbError::corrupt)?,
            total: Money::new(self.total_minor, parse(&self.total_currency)?),
            other: self.other.into_other()?,
            series: self.series_id,
            customer: self.customer_id,
            cancel_rule: serde_json::from_str(&self.cancel_rule).map_err(DbError::corrupt)?,
            deposit: self
                .deposit
                .map(|written| serde_json::from_str(&written))
                .transpose()
                .map_err(DbError::corrupt)?,
            who: self.who.into_who()?,
            confirmed_at: self.confirmed_at,
            cancelled_at: self.cancelled_at,
            version: self.version,
            sequence: self.sequence,
            changed_at: self.changed_at,
        })
    }
}

impl OtherRow {
    pub(crate) fn into_other(self) -> Result<Option<Beside>, DbError> {
        let (Some(minor), Some(currency)) = (self.other_minor, self.other_currency) else {
            return Ok(None);
        };
        Ok(Some((Money::new(minor, parse(&currency)?), self.rate.into_rate()?)))
    }
}

impl WhoRow {
    fn into_who(self) -> Result<Option<Who>, DbError> {
        let (Some(name), Some(email), Some(language)) =
            (self.booker_name, self.booker_email, self.booker_language)
        else {
            return Ok(None);
        };
        let language = parse(&language)?;
        Ok(Some(Who {
            name,
            email,
            phone: self.booker_phone,
            language,
            purpose: self.purpose,
            people: self.people,
        }))
    }
}

pub(super) fn span(start: i64, end: i64) -> Result<Span, DbError> {
    Span::new(Quarter(start), Quarter(end)).ok_or_else(|| DbError::corrupt("an empty span"))
}
