//! A rate as the columns that keep it beside a price.

use chrono::NaiveDate;
use sqlx::FromRow;
use vayla_domain::money::Rate;

use crate::db::{DbError, parse};

/// All are there, or none.
#[derive(Debug, Clone, Default, FromRow)]
pub(crate) struct RateRow {
    pub rate_base: Option<String>,
    pub rate_quote: Option<String>,
    pub rate_value: Option<String>,
    pub rate_date: Option<NaiveDate>,
    pub rate_source: Option<String>,
}

impl RateRow {
    pub(crate) fn of(rate: Option<&Rate>) -> Self {
        rate.map_or_else(Self::default, |rate| Self {
            rate_base: Some(rate.base.to_string()),
            rate_quote: Some(rate.quote.to_string()),
            rate_value: Some(rate.value.to_string()),
            rate_date: Some(rate.date),
            rate_source: Some(rate.source.clone()),
        })
    }

    pub(crate) fn into_rate(self) -> Result<Option<Rate>, DbError> {
        let (Some(base), Some(quote), Some(value), Some(date), Some(source)) =
            (self.rate_base, self.rate_quote, self.rate_value, self.rate_date, self.rate_source)
        else {
            return Ok(None);
        };
        let (base, quote, value) = (parse(&base)?, parse(&quote)?, parse(&value)?);
        Ok(Some(Rate { base, quote, value, date, source }))
    }
}
