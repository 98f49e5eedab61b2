//! Staff charge a booking for what its use has cost.

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;
use vayla_domain::{
    Reason,
    booking::BookingState,
    ledger::{self, Event},
    money::{
        AfterUse, Beside, ChargeKind, ChargeTax, Money, ReckonFault, Reckoned, TariffDay, Tax, TaxPoint,
        Told, VatRate,
    },
};

use super::UseCharge;
use crate::{
    Services, audit,
    booking::{self, Booking},
    db::{DbError, Tx, retried, within},
    deposit,
    ledger::{Entry, post_in},
    mail,
    rate::{self, RateRow},
    staff::{LookError, Scope, Staff, looks},
};

/// Of one booking: a slip of the hand isn't charged a thousand times.
pub const CHARGES_MAX: i64 = 20;

/// What is charged, and why.
#[derive(Debug, Clone, Copy)]
pub struct Charging<'a> {
    /// The entry of the price list.
    pub code: &'a str,
    pub told: Told,
    pub reason: &'a Reason,
}

/// Why nothing is charged.
#[derive(Debug, thiserror::Error)]
pub enum MakeError {
    #[error(transparent)]
    Look(#[from] LookError),
    /// It isn't booked, or is cancelled.
    #[error("it isn't a booking any more, or never became one")]
    NotBooked,
    #[error("the time hasn't begun")]
    NotBegun,
    /// That nobody came isn't known before.
    #[error("the time isn't over")]
    NotOver,
    /// Nobody came, and that has been charged.
    #[error("it is charged for not being used already")]
    NoShow,
    /// The price list that holds for the booking has no such entry.
    #[error("the price list has only: {}", .0.join(", "))]
    NotListed(Vec<String>),
    #[error(transparent)]
    Reckon(#[from] ReckonFault),
    /// No rate of tax is known for the day of the use.
    #[error("no tax is known for that day")]
    NoTax,
    #[error("at most {CHARGES_MAX} charges of one booking")]
    TooMany,
}

looks!(MakeError);

/// Charges a booking whose time has begun, under the price list that holds for it. Its deposit pays as much of that
/// as it can. The booker gets a letter; what is on account goes on the customer's next invoice. Both amounts are
/// fixed from now on.
///
/// # Errors
/// [`MakeError`]; then nothing has changed.
pub async fn make(
    services: &Services,
    staff: &Staff,
    booking: Uuid,
    asked: Charging<'_>,
) -> Result<(Booking, UseCharge), MakeError> {
    staff.has(Scope::Charges).map_err(LookError::from)?;
    retried(|| try_make(services, staff, booking, asked)).await
}

async fn try_make(
    services: &Services,
    staff: &Staff,
    id: Uuid,
    asked: Charging<'_>,
) -> Result<(Booking, UseCharge), MakeError> {
    let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
    let booking = booking::locked_for_staff_in(&mut tx, services, (staff, Scope::Charges), id).await?;
    let entry = entry(&booking, asked.code, now)?;
    let reckoned = entry.reckon(booking.total, booking.other.as_ref(), asked.told)?;
    let tax = tax(services, &booking, &entry)?;
    let other = beside_in(&mut tx, services, &reckoned, now).await?;
    let mut charge = UseCharge {
        number: next_number_in(&mut tx, id).await?,
        ..charged(services, &booking, entry, reckoned, tax, other, asked.reason)
    };
    insert_in(&mut tx, &charge).await?;
    if charge.entry.kind == ChargeKind::NoShow {
        mark_in(&mut tx, id, BookingState::Confirmed, BookingState::NoShow).await?;
    }
    if charge.customer.is_none() {
        let entry = Entry {
            booking: Some(id),
            rate: None,
            ..Entry::new(now, Event::Charge, format!("charge:{}", charge.id))
        };
        let owner = &booking.space.facility.municipality.code;
        post_in(&mut tx, &entry, &ledger::claim(owner, charge.gross, charge.vat)).await?;
        charge.kept = deposit::keep_in(&mut tx, &booking, &charge, now).await?;
    }
    let change = Change { number: charge.number, code: charge.entry.code(), gross: charge.gross };
    audit::note_in(&mut tx, now, staff.actor(), "charged", id, &change).await?;
    mail::charged_in(&mut tx, services, &booking, &charge).await?;
    tx.commit().await?;
    Ok((booking, charge))
}

#[derive(Serialize)]
struct Change<'a> {
    number: i64,
    code: &'a str,
    gross: Money,
}

/// The entry of the list that holds for the booking, where it can be charged now.
fn entry(booking: &Booking, code: &str, now: DateTime<Utc>) -> Result<AfterUse, MakeError> {
    let state = booking.state_at(now);
    if !matches!(state, BookingState::Confirmed | BookingState::NoShow) {
        return Err(MakeError::NotBooked);
    }
    if now < booking.starts_at() {
        return Err(MakeError::NotBegun);
    }
    let used = booking.date();
    let day = TariffDay { booked: booking.price_for().booked.unwrap_or(used), used };
    let listed =
        booking.space.tariffs.on(day).map(|list| list.tariff.after_use.as_slice()).unwrap_or_default();
    let found = listed.iter().find(|entry| entry.code() == code);
    let codes = || listed.iter().map(|entry| entry.code().to_owned()).collect();
    let entry = found.ok_or_else(|| MakeError::NotListed(codes()))?;
    match (entry.kind, state) {
        (ChargeKind::NoShow, _) if now < booking.ends_at() => Err(MakeError::NotOver),
        (ChargeKind::NoShow, BookingState::NoShow) => Err(MakeError::NoShow),
        _ => Ok(entry.clone()),
    }
}

/// That of the use on its day; `None` where it is no sale.
fn tax(services: &Services, booking: &Booking, entry: &AfterUse) -> Result<Option<Tax>, MakeError> {
    match entry.tax() {
        ChargeTax::Outside => Ok(None),
        ChargeTax::Use => {
            let supply = booking.space.supply(booking.use_of);
            let tax = services.catalogue().vat.tax(supply, TaxPoint::Use, booking.date());
            tax.map(Some).ok_or(MakeError::NoTax)
        }
    }
}

/// The list's own amount in the other currency, else by the rate in force; `None` where there is none.
async fn beside_in(
    tx: &mut Tx,
    services: &Services,
    reckoned: &Reckoned,
    now: DateTime<Utc>,
) -> Result<Option<Beside>, DbError> {
    if let Some(fixed) = reckoned.fixed {
        return Ok(Some((fixed, None)));
    }
    let own = reckoned.gross.currency;
    let catalogue = services.catalogue();
    let Some(other) = catalogue.other_currency(own) else { return Ok(None) };
    let rate = rate::in_force_in(tx, &catalogue, (own, other), now).await?;
    Ok(rate.and_then(|rate| Ok((rate.convert(reckoned.gross)?, Some(rate)))).ok())
}

fn charged(
    services: &Services,
    booking: &Booking,
    entry: AfterUse,
    reckoned: Reckoned,
    tax: Option<Tax>,
    other: Option<Beside>,
    reason: &Reason,
) -> UseCharge {
    let vat_rate = tax.map_or(VatRate::Exempt, |tax| tax.rate);
    let (gross, vat) = (reckoned.gross, vat_rate.within(reckoned.gross));
    UseCharge {
        id: services.new_id(),
        booking: booking.id,
        number: 0, // given when it is written
        entry,
        basis: reckoned.basis,
        reason: reason.texts().clone(),
        net: Money::new(gross.minor - vat.minor, gross.currency),
        vat_rate,
        vat,
        gross,
        tax_since: tax.map(|tax| tax.since),
        tax_date: booking.date(),
        other,
        customer: booking.customer,
        invoice: None,
        kept: None,
        charged_at: services.clock.now(),
        credited: None,
    }
}

async fn next_number_in(tx: &mut Tx, booking: Uuid) -> Result<i64, MakeError> {
    let known: i64 = within!(tx, c => sqlx::query_scalar(
        "SELECT COUNT(*) FROM use_charge WHERE booking_id = $1").bind(booking).fetch_one(c).await)
    .map_err(DbError::from)?;
    if known < CHARGES_MAX { Ok(known + 1) } else { Err(MakeError::TooMany) }
}

async fn insert_in(tx: &mut Tx, charge: &UseCharge) -> Result<(), DbError> {
    let entry = serde_json::to_string(&charge.entry).map_err(DbError::corrupt)?;
    let basis = serde_json::to_string(&charge.basis).map_err(DbError::corrupt)?;
    let (other, rate) = charge.other.as_ref().map(|(money, rate)| (*money, rate.as_ref())).unzip();
    let rate = RateRow::of(rate.flatten());
    within!(tx, c => sqlx::query(
        "INSERT INTO use_charge (id, booking_id, number, entry, basis, reason_sv, reason_fi, net_minor, vat_rate, vat_minor,
                                 gross_minor, tax_since, tax_date, other_minor, other_currency, rate_base, rate_quote,
                                 rate_value, rate_date, rate_source, customer_id, charged_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)")
        .bind(charge.id).bind(charge.booking).bind(charge.number).bind(entry).bind(basis).bind(&charge.reason.sv)
        .bind(&charge.reason.fi).bind(charge.net.minor).bind(charge.vat_rate.to_string()).bind(charge.vat.minor)
        .bind(charge.gross.minor).bind(charge.tax_since).bind(charge.tax_date).bind(other.map(|money| money.minor))
        .bind(other.map(|money| money.currency.to_string())).bind(rate.rate_base).bind(rate.rate_quote)
        .bind(rate.rate_value).bind(rate.rate_date).bind(rate.rate_source).bind(charge.customer).bind(charge.charged_at)
        .execute(c).await.map(drop))?;
    Ok(())
}

/// Nobody came; or somebody did after all.
pub(super) async fn mark_in(
    tx: &mut Tx,
    booking: Uuid,
    from: BookingState,
    to: BookingState,
) -> Result<(), DbError> {
    within!(tx, c => sqlx::query("UPDATE booking SET state = $2 WHERE id = $1 AND state = $3")
        .bind(booking).bind(to.code()).bind(from.code()).execute(c).await.map(drop))?;
    Ok(())
}
