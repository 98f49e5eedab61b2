//! Reads charges back.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;
use uuid::Uuid;
use vayla_domain::{
    Bilingual,
    deposit::Claim,
    money::{Currency, Money},
};

use super::{Credited, UseCharge};
use crate::{
    Services, audit,
    booking::{self, Booking, OtherRow},
    db::{Db, DbError, Tx, on, parse, within},
    deposit::Kept,
    payment::{self, Payment},
    staff::{LookError, Scope, Staff},
};

/// Charges; which of them is said behind it.
macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT use_charge.id, use_charge.booking_id, use_charge.number, use_charge.entry, use_charge.basis,
                use_charge.reason_sv, use_charge.reason_fi, use_charge.net_minor, use_charge.vat_rate,
                use_charge.vat_minor, use_charge.gross_minor, use_charge.tax_since, use_charge.tax_date,
                use_charge.other_minor, use_charge.other_currency, use_charge.rate_base, use_charge.rate_quote,
                use_charge.rate_value, use_charge.rate_date, use_charge.rate_source, use_charge.customer_id,
                use_charge.invoice_id, use_charge.charged_at, use_charge.credited_at, use_charge.credited_sv,
                use_charge.credited_fi, booking.total_currency, keep.gross_minor AS keep_gross_minor,
                keep.vat_minor AS keep_vat_minor, keep.other_minor AS keep_other_minor, keep.minor AS keep_minor,
                keep.currency AS keep_currency, keep.undone_at
            FROM use_charge JOIN booking ON booking.id = use_charge.booking_id
            LEFT JOIN deposit_keep AS keep ON keep.use_charge_id = use_charge.id ",
            $which
        )
    };
}

const SELECT: &str = select!("WHERE use_charge.id = $1");
const SELECT_OF_BOOKING: &str = select!("WHERE use_charge.booking_id = $1 ORDER BY use_charge.number");

/// All charges of a booking, the first first.
///
/// # Errors
/// When the database can't be read.
pub async fn of_booking(db: &Db, booking: Uuid) -> Result<Vec<UseCharge>, DbError> {
    let rows: Vec<ChargeRow> =
        on!(db, c => sqlx::query_as(SELECT_OF_BOOKING).bind(booking).fetch_all(c).await)?;
    rows.into_iter().map(ChargeRow::into_charge).collect()
}

/// The same, for staff.
///
/// # Errors
/// [`LookError`], and nothing is shown.
pub async fn of_booking_for_staff(
    services: &Services,
    staff: &Staff,
    booking: Uuid,
) -> Result<(Booking, Vec<UseCharge>), LookError> {
    staff.has(Scope::Charges)?;
    let booking = booking::find(services, booking).await?.ok_or(LookError::Unknown)?;
    staff.may(Scope::Charges, &booking.space.facility)?;
    let charges = of_booking(&services.db, booking.id).await?;
    let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
    audit::note_in(&mut tx, now, staff.actor(), "charges_seen", booking.id, &charges.len()).await?;
    tx.commit().await?;
    Ok((booking, charges))
}

/// One of a booking's, by its number.
///
/// # Errors
/// When the database can't be read.
pub async fn find(db: &Db, booking: Uuid, number: i64) -> Result<Option<UseCharge>, DbError> {
    Ok(of_booking(db, booking).await?.into_iter().find(|charge| charge.number == number))
}

/// All charges of a booking, and whether each is paid, be it by the deposit.
///
/// # Errors
/// When the database can't be read.
pub async fn with_paid(db: &Db, booking: Uuid) -> Result<Vec<(UseCharge, bool)>, DbError> {
    let mut charges = Vec::new();
    for charge in of_booking(db, booking).await? {
        let paid = payment::of_use_charge(db, charge.id).await?.iter().any(Payment::pays);
        let paid = paid || charge.is_kept();
        charges.push((charge, paid));
    }
    Ok(charges)
}

pub(crate) async fn find_in(tx: &mut Tx, id: Uuid) -> Result<Option<UseCharge>, DbError> {
    let row: Option<ChargeRow> = within!(tx, c => sqlx::query_as(SELECT).bind(id).fetch_optional(c).await)?;
    row.map(ChargeRow::into_charge).transpose()
}

/// The charge, which nobody else pays or takes back until the transaction ends.
pub(crate) async fn locked_in(tx: &mut Tx, id: Uuid) -> Result<Option<UseCharge>, DbError> {
    within!(&mut *tx, c => sqlx::query("UPDATE use_charge SET number = number WHERE id = $1")
        .bind(id).execute(c).await.map(drop))?;
    find_in(tx, id).await
}

/// What is to go on a customer's next invoice, in the order of use.
pub(crate) async fn of_customer_in(
    tx: &mut Tx,
    customer: Uuid,
    until: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<UseCharge>, DbError> {
    let rows: Vec<ChargeRow> = within!(&mut *tx, c => sqlx::query_as(select!(
        "WHERE use_charge.customer_id = $1 AND use_charge.invoice_id IS NULL AND use_charge.credited_at IS NULL
             AND booking.end_quarter <= $2
         ORDER BY booking.start_quarter, booking.id, use_charge.number LIMIT $3"))
        .bind(customer).bind(until.timestamp().div_euclid(900)).bind(limit).fetch_all(c).await)?;
    let mut charges = Vec::with_capacity(rows.len());
    for row in rows {
        // One that is being taken back right now is waited for.
        let charge = locked_in(tx, row.id).await?;
        charges.extend(charge.filter(|charge| charge.credited.is_none() && charge.invoice.is_none()));
    }
    Ok(charges)
}

#[derive(FromRow)]
struct ChargeRow {
    id: Uuid,
    booking_id: Uuid,
    number: i64,
    entry: String,
    basis: String,
    reason_sv: String,
    reason_fi: String,
    net_minor: i64,
    vat_rate: String,
    vat_minor: i64,
    gross_minor: i64,
    tax_since: Option<NaiveDate>,
    tax_date: NaiveDate,
    customer_id: Option<Uuid>,
    invoice_id: Option<Uuid>,
    charged_at: DateTime<Utc>,
    credited_at: Option<DateTime<Utc>>,
    credited_sv: Option<String>,
    credited_fi: Option<String>,
    total_currency: String,
    #[sqlx(flatten)]
    other: OtherRow,
    #[sqlx(flatten)]
    kept: KeptRow,
}

#[derive(FromRow)]
struct KeptRow {
    keep_gross_minor: Option<i64>,
    keep_vat_minor: Option<i64>,
    keep_other_minor: Option<i64>,
    keep_minor: Option<i64>,
    keep_currency: Option<String>,
    undone_at: Option<DateTime<Utc>>,
}

impl KeptRow {
    fn into_kept(self, own: Currency, other: Option<Currency>) -> Result<Option<Kept>, DbError> {
        let (Some(gross), Some(vat), Some(minor), Some(currency)) =
            (self.keep_gross_minor, self.keep_vat_minor, self.keep_minor, self.keep_currency)
        else {
            return Ok(None);
        };
        let other = self.keep_other_minor.zip(other).map(|(minor, currency)| Money::new(minor, currency));
        let pays = Claim { gross: Money::new(gross, own), vat: Money::new(vat, own), other };
        let paid = Money::new(minor, parse(&currency)?);
        Ok(Some(Kept { pays, paid, undone: self.undone_at.is_some() }))
    }
}

impl ChargeRow {
    fn into_charge(self) -> Result<UseCharge, DbError> {
        let currency: Currency = parse(&self.total_currency)?;
        let money = |minor| Money::new(minor, currency);
        let other = self.other.into_other()?;
        let kept = self.kept.into_kept(currency, other.as_ref().map(|(money, _)| money.currency))?;
        let why = self.credited_sv.zip(self.credited_fi).map(|(sv, fi)| Bilingual { sv, fi });
        Ok(UseCharge {
            id: self.id,
            booking: self.booking_id,
            number: self.number,
            entry: serde_json::from_str(&self.entry).map_err(DbError::corrupt)?,
            basis: serde_json::from_str(&self.basis).map_err(DbError::corrupt)?,
            reason: Bilingual { sv: self.reason_sv, fi: self.reason_fi },
            net: money(self.net_minor),
            vat_rate: parse(&self.vat_rate)?,
            vat: money(self.vat_minor),
            gross: money(self.gross_minor),
            tax_since: self.tax_since,
            tax_date: self.tax_date,
            other,
            customer: self.customer_id,
            invoice: self.invoice_id,
            kept,
            charged_at: self.charged_at,
            credited: self.credited_at.zip(why).map(|(at, reason)| Credited { at, reason }),
        })
    }
}
