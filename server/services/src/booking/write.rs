//! Writes new bookings down: many in few statements.

use sqlx::QueryBuilder;
use uuid::Uuid;
use vayla_domain::money::Home;

use super::Booking;
use crate::db::{DbError, Tx, within};

/// So many rows of a booking's columns stay below SQLite's 32,766 values a statement.
const ROWS_MAX: usize = 500;

/// New bookings. `attempt` names the asking for a single one.
pub(crate) async fn insert_in(
    tx: &mut Tx,
    bookings: &[Booking],
    attempt: Option<Uuid>,
) -> Result<(), DbError> {
    let rule = |booking: &Booking| serde_json::to_string(&booking.cancel_rule).map_err(DbError::corrupt);
    let deposit = |booking: &Booking| {
        booking.deposit.as_ref().map(serde_json::to_string).transpose().map_err(DbError::corrupt)
    };
    for bookings in bookings.chunks(ROWS_MAX) {
        let rules = bookings.iter().map(rule).collect::<Result<Vec<String>, _>>()?;
        let deposits = bookings.iter().map(deposit).collect::<Result<Vec<Option<String>>, _>>()?;
        within!(&mut *tx, c => {
            let mut rows = QueryBuilder::new(
                "INSERT INTO booking (id, reference, space_id, start_quarter, end_quarter, state, created_at,
                    hold_expires_at, hold_extended, demo, price_group, use_of, total_minor, total_currency,
                    other_minor, other_currency, rate_base, rate_quote, rate_value, rate_date, rate_source,
                    cancel_rule, booker_name, booker_email, booker_phone,
                    booker_language, purpose, people, attempt, before_quarters, after_quarters, series_id, home, dates,
                    deposit) ");
            rows.push_values(bookings.iter().zip(&rules).zip(&deposits), |mut row, ((booking, rule), deposit)| {
                let money = booking.other.as_ref().map(|(money, _)| money);
                let rate = booking.other.as_ref().and_then(|(_, rate)| rate.as_ref());
                let who = booking.who.as_ref();
                row.push_bind(booking.id).push_bind(booking.reference.as_str()).push_bind(booking.space.id)
                    .push_bind(booking.span.start().0).push_bind(booking.span.end().0)
                    .push_bind(booking.state.code()).push_bind(booking.created_at)
                    .push_bind(booking.hold_expires_at).push_bind(booking.hold_extended).push_bind(booking.demo)
                    .push_bind(booking.price_group.code()).push_bind(booking.use_of.code())
                    .push_bind(booking.total.minor).push_bind(booking.total.currency.to_string())
                    .push_bind(money.map(|money| money.minor))
                    .push_bind(money.map(|money| money.currency.to_string()))
                    .push_bind(rate.map(|rate| rate.base.to_string()))
                    .push_bind(rate.map(|rate| rate.quote.to_string()))
                    .push_bind(rate.map(|rate| rate.value.to_string())).push_bind(rate.map(|rate| rate.date))
                    .push_bind(rate.map(|rate| rate.source.as_str()))
                    .push_bind(rule)
                    .push_bind(who.map(|who| who.name.as_str())).push_bind(who.map(|who| who.email.as_str()))
                    .push_bind(who.and_then(|who| who.phone.as_deref()))
                    .push_bind(who.map(|who| who.language.code()))
                    .push_bind(who.and_then(|who| who.purpose.as_deref()))
                    .push_bind(who.and_then(|who| who.people)).push_bind(attempt)
                    .push_bind(booking.buffer.before).push_bind(booking.buffer.after)
                    .push_bind(booking.series).push_bind(booking.home.as_ref().map(Home::code))
                    .push_bind(i64::from(booking.dates)).push_bind(deposit.as_deref());
            });
            rows.build().execute(c).await.map(drop)
        })?;
    }
    Ok(())
}
