//! What grants pay of bookings: written down and read back.

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;
use vayla_domain::{
    Bilingual,
    grant::GrantPart,
    ledger::Share,
    money::{Currency, Money, Rate},
};

use super::{GrantState, Granted, budget::Purse};
use crate::{
    db::{Db, DbError, Tx, on, parse, within},
    rate::RateRow,
};

/// The uses of a booking, those of its moves after its own.
const SELECT: &str = "SELECT grant_use.id, grant_use.grant_id, grant_use.voucher_id, grant_use.booking_id,
    grant_use.change_id, grant_use.state, grant_use.gross_minor, grant_use.vat_minor, grant_use.other_minor,
    grant_use.other_currency, grant_use.minor, grant_use.currency, grant_use.rate_base, grant_use.rate_quote,
    grant_use.rate_value, grant_use.rate_date, grant_use.rate_source, town_grant.municipality, town_grant.name_sv,
    town_grant.name_fi, booking.total_currency,
    CAST(COALESCE(back.gross_minor, 0) AS BIGINT) AS back_gross_minor,
    CAST(COALESCE(back.vat_minor, 0) AS BIGINT) AS back_vat_minor,
    CAST(COALESCE(back.minor, 0) AS BIGINT) AS back_minor
    FROM grant_use JOIN town_grant ON town_grant.id = grant_use.grant_id
    JOIN booking ON booking.id = grant_use.booking_id
    LEFT JOIN (SELECT use_id, SUM(gross_minor) AS gross_minor, SUM(vat_minor) AS vat_minor, SUM(minor) AS minor
               FROM grant_return WHERE use_id IN (SELECT id FROM grant_use WHERE booking_id = $1) GROUP BY use_id) AS back ON back.use_id = grant_use.id
    WHERE grant_use.booking_id = $1 ORDER BY grant_use.created_at, grant_use.id";

/// What grants pay of a booking, or are to pay once it is booked: of its price first, then of its moves.
///
/// # Errors
/// When the database can't be read.
pub async fn of_booking(db: &Db, booking: Uuid) -> Result<Vec<Granted>, DbError> {
    let rows: Vec<UseRow> = on!(db, c => sqlx::query_as(SELECT).bind(booking).fetch_all(c).await)?;
    live(rows)
}

pub(crate) async fn of_booking_in(tx: &mut Tx, booking: Uuid) -> Result<Vec<Granted>, DbError> {
    live(rows_in(tx, booking).await?)
}

/// The same with what was released, which money that comes late may take anew.
pub(super) async fn ever_in(tx: &mut Tx, booking: Uuid) -> Result<Vec<Granted>, DbError> {
    rows_in(tx, booking).await?.into_iter().map(UseRow::into_granted).collect()
}

async fn rows_in(tx: &mut Tx, booking: Uuid) -> Result<Vec<UseRow>, DbError> {
    Ok(within!(tx, c => sqlx::query_as(SELECT).bind(booking).fetch_all(c).await)?)
}

fn live(rows: Vec<UseRow>) -> Result<Vec<Granted>, DbError> {
    let mut granted: Vec<Granted> = rows.into_iter().map(UseRow::into_granted).collect::<Result<_, _>>()?;
    granted.retain(|granted| granted.state != GrantState::Released);
    Ok(granted)
}

/// What grants pay of a booking, and the tax in that.
pub(crate) async fn left_of_in(
    tx: &mut Tx,
    booking: Uuid,
    currency: Currency,
) -> Result<(Money, Money), DbError> {
    let granted: Option<(i64, i64)> = within!(tx, c => sqlx::query_as(
        "SELECT gross_minor, vat_minor FROM granted WHERE booking_id = $1").bind(booking).fetch_optional(c).await)?;
    let (part, vat) = granted.unwrap_or_default();
    Ok((Money::new(part, currency), Money::new(vat, currency)))
}

/// For what a grant is to pay.
#[derive(Debug, Clone, Copy)]
pub(super) struct NewUse<'a> {
    pub purse: Purse,
    pub booking: Uuid,
    pub change: Option<Uuid>,
    pub part: &'a GrantPart,
    /// Of the quote; kept where the grant is paid in the neighbour's currency.
    pub rate: Option<&'a Rate>,
}

/// Writes down what is reserved.
pub(super) async fn insert_in(tx: &mut Tx, new: &NewUse<'_>, now: DateTime<Utc>) -> Result<(), DbError> {
    let (part, across) = (new.part, new.part.paid.currency != new.part.gross.currency);
    let rate = RateRow::of(new.rate.filter(|_| across));
    within!(tx, c => sqlx::query(
        "INSERT INTO grant_use (id, grant_id, voucher_id, booking_id, change_id, state, gross_minor, vat_minor,
                                other_minor, other_currency, minor, currency, rate_base, rate_quote, rate_value,
                                rate_date, rate_source, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)")
        .bind(crate::new_id(now)).bind(new.purse.grant).bind(new.purse.voucher).bind(new.booking).bind(new.change)
        .bind(GrantState::Reserved.code()).bind(part.gross.minor).bind(part.vat.minor)
        .bind(part.other.map(|other| other.minor)).bind(part.other.map(|other| other.currency.to_string()))
        .bind(part.paid.minor).bind(part.paid.currency.code())
        .bind(rate.rate_base).bind(rate.rate_quote).bind(rate.rate_value).bind(rate.rate_date).bind(rate.rate_source)
        .bind(now).execute(c).await.map(drop))?;
    Ok(())
}

/// Gives what is to be paid of a booking, or of a move of it, the tax of the day on which it is given.
pub(crate) async fn retax_in(
    tx: &mut Tx,
    booking: Uuid,
    change: Option<Uuid>,
    vat_of: impl Fn(Money) -> Money,
) -> Result<(), DbError> {
    let granted = ever_in(tx, booking).await?;
    for granted in granted.iter().filter(|one| one.change == change && one.state != GrantState::Given) {
        set_vat_in(tx, granted, vat_of(granted.gross)).await?;
    }
    Ok(())
}

pub(super) async fn set_vat_in(tx: &mut Tx, granted: &Granted, vat: Money) -> Result<(), DbError> {
    within!(tx, c => sqlx::query("UPDATE grant_use SET vat_minor = $2 WHERE id = $1")
        .bind(granted.id).bind(vat.minor).execute(c).await.map(drop))?;
    Ok(())
}

/// Whether a grant has ever been put on a booking.
pub(crate) async fn was_put_in(tx: &mut Tx, booking: Uuid) -> Result<bool, DbError> {
    Ok(!rows_in(tx, booking).await?.is_empty())
}

/// Moves a use from a state to another; `false` when it was in neither.
pub(super) async fn set_state_in(
    tx: &mut Tx,
    granted: &Granted,
    state: GrantState,
    now: DateTime<Utc>,
) -> Result<bool, DbError> {
    let changed = within!(tx, c => sqlx::query(
        "UPDATE grant_use SET state = $2, settled_at = $3 WHERE id = $1 AND state = $4")
        .bind(granted.id).bind(state.code()).bind(now).bind(granted.state.code())
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(changed == 1)
}

impl Granted {
    pub(super) const fn purse(&self) -> Purse {
        Purse { grant: self.grant, voucher: self.voucher }
    }

    /// Whether the voucher is used for the booking by it, and not by another use of the same booking.
    pub(super) fn uses(&self) -> i64 {
        i64::from(self.change.is_none())
    }
}

#[derive(FromRow)]
struct UseRow {
    id: Uuid,
    grant_id: Uuid,
    voucher_id: Option<Uuid>,
    booking_id: Uuid,
    change_id: Option<Uuid>,
    state: String,
    gross_minor: i64,
    vat_minor: i64,
    other_minor: Option<i64>,
    other_currency: Option<String>,
    minor: i64,
    currency: String,
    #[sqlx(flatten)]
    rate: RateRow,
    municipality: String,
    name_sv: String,
    name_fi: String,
    total_currency: String,
    back_gross_minor: i64,
    back_vat_minor: i64,
    back_minor: i64,
}

impl UseRow {
    fn into_granted(self) -> Result<Granted, DbError> {
        let (priced_in, paid_in): (Currency, Currency) =
            (parse(&self.total_currency)?, parse(&self.currency)?);
        let priced = |minor| Money::new(minor, priced_in);
        let other = self.other_minor.zip(self.other_currency);
        let other = other.map(|(minor, currency)| Ok::<_, DbError>(Money::new(minor, parse(&currency)?)));
        Ok(Granted {
            id: self.id,
            grant: self.grant_id,
            voucher: self.voucher_id,
            booking: self.booking_id,
            change: self.change_id,
            state: match self.state.as_str() {
                "reserved" => GrantState::Reserved,
                "given" => GrantState::Given,
                "released" => GrantState::Released,
                other => return Err(DbError::corrupt(other)),
            },
            name: Bilingual { sv: self.name_sv, fi: self.name_fi },
            municipality: self.municipality,
            gross: priced(self.gross_minor),
            vat: priced(self.vat_minor),
            other: other.transpose()?,
            paid: Money::new(self.minor, paid_in),
            rate: self.rate.into_rate()?,
            back: Share {
                gross: priced(self.back_gross_minor),
                vat: priced(self.back_vat_minor),
                paid: Money::new(self.back_minor, paid_in),
            },
        })
    }
}
