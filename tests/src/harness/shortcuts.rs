//! What most stories do.

use std::sync::Arc;

use chrono::{DateTime, NaiveDateTime, Utc};
use uuid::Uuid;
use vayla_domain::{
    Language,
    booking::Who,
    money::{Currency, EURO, Money, PriceGroup, Use},
    time::{Resolved, resolve},
};
use vayla_services::{
    booking::{
        self, Booking, BookingState, Cancelled, ChangeQuote, Changed, HoldError, HoldRequest, MoveError,
        Target,
    },
    catalogue::Space,
    payment::{self, Outcome, Payment},
};

use super::{Town, instant};
use crate::sql;

const KRONA: Currency = Currency::from_code(b"SEK");

/// Euro cents.
#[must_use]
pub const fn eur(minor: i64) -> Money {
    Money::new(minor, EURO)
}

/// Öre.
#[must_use]
pub const fn sek(minor: i64) -> Money {
    Money::new(minor, KRONA)
}

/// A resident of Haparanda.
#[must_use]
pub fn asa() -> Who {
    who("Åsa Lindström", "asa@example.se", Language::Sv)
}

/// A resident of Tornio.
#[must_use]
pub fn aino() -> Who {
    who("Aino Näätänen", "aino@example.fi", Language::Fi)
}

fn who(name: &str, email: &str, language: Language) -> Who {
    Who { name: name.to_owned(), email: email.to_owned(), phone: None, language, purpose: None, people: None }
}

/// A space and a stretch of time.
#[derive(Debug, Clone)]
pub struct Time {
    pub space: Arc<Space>,
    pub start: DateTime<Utc>,
    pub end: DateTime<Utc>,
}

impl Time {
    /// An hour, or what the story says, later.
    #[must_use]
    pub fn later(&self, minutes: i64) -> Self {
        let by = chrono::TimeDelta::minutes(minutes);
        Self { space: Arc::clone(&self.space), start: self.start + by, end: self.end + by }
    }

    /// For an adult's sport, by nobody yet.
    #[must_use]
    pub fn request(&self) -> HoldRequest {
        HoldRequest {
            space: Arc::clone(&self.space),
            start: self.start,
            end: self.end,
            price_group: PriceGroup::Adult,
            home: None,
            use_of: Use::Sport,
            who: None,
            quote: None,
            replaces: None,
            attempt: None,
            demo: false,
        }
    }

    /// To be moved to.
    #[must_use]
    pub fn target(&self) -> Target {
        Target { space: Arc::clone(&self.space), start: self.start, end: self.end }
    }

    #[must_use]
    pub fn request_by(&self, who: Who) -> HoldRequest {
        HoldRequest { who: Some(who), ..self.request() }
    }
}

impl Town {
    #[must_use]
    pub fn space(&self, facility: &str, space: &str) -> Arc<Space> {
        let catalogue = self.services.catalogue();
        Arc::clone(
            catalogue.space_by_slug(facility, space).unwrap_or_else(|| panic!("no {facility}/{space}")),
        )
    }

    /// A time by instants.
    #[must_use]
    pub fn time(&self, facility: &str, space: &str, start: &str, end: &str) -> Time {
        Time { space: self.space(facility, space), start: instant(start), end: instant(end) }
    }

    /// A time by the clock on the facility's wall: `2026-11-04 18:00`.
    #[must_use]
    pub fn wall_time(&self, facility: &str, space: &str, start: &str, minutes: i64) -> Time {
        let space = self.space(facility, space);
        let wall = NaiveDateTime::parse_from_str(start, "%Y-%m-%d %H:%M").expect("a date and time");
        let Resolved::Once(start) = resolve(wall, space.zone()) else { panic!("{wall} isn't one instant") };
        Time { space, start, end: start + chrono::TimeDelta::minutes(minutes) }
    }

    /// Tornio's ice, Wednesday 2026-11-04 18 to 19 by its clock: 125 euros.
    #[must_use]
    pub fn ice_in_tornio(&self) -> Time {
        self.wall_time("tornion-jaahalli", "hela-isen", "2026-11-04 18:00", 60)
    }

    /// The same day 14 to 15: 95 euros.
    #[must_use]
    pub fn ice_by_day(&self) -> Time {
        self.ice_in_tornio().later(-240)
    }

    /// Haparanda's ice, Wednesday 2026-11-04 18 to 19 by its clock: 825 kronor.
    #[must_use]
    pub fn ice_in_haparanda(&self) -> Time {
        self.wall_time("norra-affars-arena", "hela-isen", "2026-11-04 18:00", 60)
    }

    pub async fn hold(&self, request: HoldRequest) -> Booking {
        self.try_hold(request).await.expect("a hold")
    }

    pub async fn try_hold(&self, request: HoldRequest) -> Result<Booking, HoldError> {
        booking::hold(&self.services, request).await
    }

    /// Asserts that the time is taken.
    pub async fn is_taken(&self, time: &Time) {
        match self.try_hold(time.request()).await {
            Err(HoldError::Occupied { .. }) => {}
            other => panic!("{} should be taken, and not {other:?}", time.start),
        }
    }

    /// The booking as it stands now.
    pub async fn booking(&self, id: Uuid) -> Booking {
        booking::find(&self.services, id).await.expect("the database").expect("a booking")
    }

    pub async fn state(&self, id: Uuid) -> BookingState {
        self.booking(id).await.state_at(self.clock.now())
    }

    /// Opens a payment at the terminal.
    pub async fn open_payment(&self, booking: &Booking, currency: Currency) -> Payment {
        let return_url = format!("{}/", self.base_url);
        let id = payment::start(&self.services, booking, currency, &return_url).await.expect("a payment");
        self.payment(id).await
    }

    pub async fn payment(&self, id: Uuid) -> Payment {
        payment::find(&self.services, id).await.expect("the database").expect("a payment")
    }

    pub async fn payments(&self, booking: Uuid) -> Vec<Payment> {
        payment::of_booking(&self.services.db, booking).await.expect("the database")
    }

    /// The numbers of its receipts.
    pub async fn receipts(&self, booking: Uuid) -> Vec<i64> {
        self.payments(booking).await.iter().filter_map(|payment| payment.receipt_number).collect()
    }

    /// What the payer does at the terminal.
    pub async fn play(&self, payment: &Payment, outcome: Outcome) {
        payment::play(&self.services, payment, outcome, None).await.expect("the terminal");
    }

    pub async fn pay(&self, booking: &Booking, currency: Currency) -> Payment {
        let payment = self.open_payment(booking, currency).await;
        self.play(&payment, Outcome::Pay).await;
        self.payment(payment.id).await
    }

    /// Holds, pays and has it confirmed.
    pub async fn book(&self, time: &Time, who: Who, currency: Currency) -> Booking {
        let held = self.hold(time.request_by(who)).await;
        self.pay(&held, currency).await;
        let booking = self.booking(held.id).await;
        assert_eq!(booking.state_at(self.clock.now()), BookingState::Confirmed);
        booking
    }

    /// Asks for a move, whatever it comes to.
    pub async fn try_move(&self, booking: Uuid, time: &Time) -> Result<Changed, MoveError> {
        booking::change(&self.services, booking, &time.target(), None).await
    }

    /// What a move would come to.
    pub async fn quote_move(&self, booking: &Booking, time: &Time) -> ChangeQuote {
        booking::quote_change(&self.services, booking, &time.target()).await.expect("a quote")
    }

    pub async fn cancel(&self, booking: Uuid) -> Cancelled {
        booking::cancel(&self.services, booking).await.expect("to cancel")
    }

    /// The booking's postings, in order: `haparanda: clearing / due_to:tornio 219.56 SEK (20.00 EUR)`, the
    /// debited account first, in brackets what is owed.
    pub async fn postings(&self, booking: Uuid) -> Vec<String> {
        type Row = (String, String, String, String, i64, String, Option<i64>, Option<String>);
        let rows: Vec<Row> = sql!(self, c => sqlx::query_as(
            "SELECT event, entity, debit, credit, posting.minor, posting.currency, contract_minor, contract_currency
             FROM ledger_transaction JOIN posting ON posting.transaction_id = ledger_transaction.id
             WHERE booking_id = $1 ORDER BY ledger_transaction.at, event, payment_id, line")
            .bind(booking).fetch_all(c).await)
        .expect("the books");
        let money = |minor, code: &str| {
            let money = Money::new(minor, code.parse().expect("a currency"));
            format!("{} {code}", money.wire())
        };
        rows.iter()
            .map(|(_, entity, debit, credit, minor, currency, owed, owed_currency)| {
                let owed = owed
                    .zip(owed_currency.as_ref())
                    .map(|(minor, code)| format!(" ({})", money(minor, code)));
                format!(
                    "{entity}: {debit} / {credit} {}{}",
                    money(*minor, currency),
                    owed.unwrap_or_default()
                )
            })
            .collect()
    }

    /// Sets the price an hour of a space for everybody at any time, and has the places read again.
    pub async fn set_price(&self, space: &Space, hour_minor: i64) {
        let currency = space.priced_place().currency;
        let price = format!(r#"{{"{currency}":"{}"}}"#, Money::new(hour_minor, currency).wire());
        let groups = r#"["adult","youth","club","company"]"#;
        let list = format!(
            r#"{{"dated_by":"booking","prices":[{{"groups":{groups},"unit":"hour","price":{price}}}]}}"#
        );
        self.set_list(space, &list).await;
    }

    /// Sets all that a space's price lists say, and has the places read again.
    pub async fn set_list(&self, space: &Space, list: &str) {
        sql!(self, c => sqlx::query("UPDATE tariff SET document = $2 WHERE space_id = $1")
            .bind(space.id).bind(list).execute(c).await.map(drop))
        .expect("the price list");
        sql!(self, c => sqlx::query("UPDATE catalogue_version SET version = version + 1")
            .execute(c).await.map(drop))
        .expect("the version");
        self.services.refresh_catalogue().await.expect("the places");
    }

    /// A number that one SQL text counts.
    pub async fn count(&self, sql: &'static str) -> i64 {
        sql!(self, c => sqlx::query_scalar(sql).fetch_one(c).await)
            .unwrap_or_else(|error| panic!("{sql}: {error}"))
    }
}
