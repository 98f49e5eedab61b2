//! A settlement as it is kept.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;
use uuid::Uuid;
use vayla_domain::{
    ledger::Dues,
    money::{Currency, Money},
    settlement::Month,
};

use super::Settlement;
use crate::{
    catalogue::Catalogue,
    db::{DbError, parse},
    rate::RateRow,
};

/// Settlements' rows; which of them is said behind it.
macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT id, number, one, other, through, cut_off, drawn_at, bearer, rate_base, rate_quote, rate_value,
                 rate_date, rate_source, lines, one_booked_minor, one_contract_minor, other_booked_minor,
                 other_contract_minor, currency, net_minor, one_minor, other_minor, one_gain_minor, other_gain_minor,
                 paid_minor,
                 COALESCE((SELECT minor FROM settlement_write_off
                           WHERE settlement_id = settlement.id AND undone_at IS NULL), 0) AS written_off_minor,
                 COALESCE(paid_at, (SELECT written_off_at FROM settlement_write_off
                                    WHERE settlement_id = settlement.id AND undone_at IS NULL)) AS paid_at
             FROM settlement ",
            $which
        )
    };
}
pub(super) use select;

#[derive(FromRow)]
pub(super) struct SettlementRow {
    id: Uuid,
    number: i64,
    one: String,
    other: String,
    through: NaiveDate,
    cut_off: DateTime<Utc>,
    drawn_at: DateTime<Utc>,
    bearer: String,
    #[sqlx(flatten)]
    rate: RateRow,
    lines: i64,
    one_booked_minor: i64,
    one_contract_minor: i64,
    other_booked_minor: i64,
    other_contract_minor: i64,
    currency: String,
    net_minor: i64,
    one_minor: i64,
    other_minor: i64,
    one_gain_minor: i64,
    other_gain_minor: i64,
    paid_minor: i64,
    written_off_minor: i64,
    paid_at: Option<DateTime<Utc>>,
}

impl SettlementRow {
    pub(super) fn into_settlement(self, catalogue: &Catalogue) -> Result<Settlement, DbError> {
        let own = |code: &str| -> Result<Currency, DbError> {
            Ok(catalogue.municipality(code).ok_or_else(|| DbError::corrupt(code))?.currency)
        };
        let (one, other) = (own(&self.one)?, own(&self.other)?);
        let settled: Currency = parse(&self.currency)?;
        let due = |booked, debtors, contract, creditors| Dues {
            booked: Money::new(booked, debtors),
            contract: Money::new(contract, creditors),
        };
        Ok(Settlement {
            id: self.id,
            number: Some(u32::try_from(self.number).map_err(DbError::corrupt)?),
            towns: [self.one, self.other],
            month: Month::of(self.through),
            cut_off: self.cut_off,
            drawn_at: self.drawn_at,
            bearer: parse(&self.bearer)?,
            rate: self.rate.into_rate()?,
            lines: self.lines,
            dues: [
                due(self.one_booked_minor, one, self.one_contract_minor, other),
                due(self.other_booked_minor, other, self.other_contract_minor, one),
            ],
            net: Money::new(self.net_minor, settled),
            booked: [Money::new(self.one_minor, one), Money::new(self.other_minor, other)],
            gains: [Money::new(self.one_gain_minor, one), Money::new(self.other_gain_minor, other)],
            paid: Money::new(self.paid_minor, settled),
            written_off: Money::new(self.written_off_minor, settled),
            paid_at: self.paid_at,
        })
    }
}
