//! The books written out for whoever reads them elsewhere.

mod beancount;

use std::sync::Arc;

use chrono::{DateTime, Days, NaiveDate, Utc};
use uuid::Uuid;
use vayla_domain::{
    ledger::{Balances, ChartAccount},
    time::LocalDay,
};

use super::{
    balance::{balances_in, up_to},
    chart::chart_in,
    read::{self, Booked, Place},
};
use crate::{
    Services,
    catalogue::Municipality,
    db::{DbError, Tx},
    staff::{Forbidden, Scope, Staff},
};

/// Which days, by each town's own clock.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Period {
    /// The first; without it, from the beginning.
    pub from: Option<NaiveDate>,
    /// The last, itself included; without it, until now.
    pub to: Option<NaiveDate>,
}

#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    #[error("the period ends before it begins, or hasn't begun yet")]
    Backwards,
}

/// The books of a period, to be written out piece by piece: as they stand at one moment, however long that takes.
pub struct Export {
    tx: Tx,
    books: Vec<Books>,
    /// The next stretch of transactions; `None` once all have been written.
    place: Option<Place>,
    until: DateTime<Utc>,
    begun: bool,
}

/// A town's books in the period.
struct Books {
    town: Arc<Municipality>,
    chart: Vec<ChartAccount>,
    from: Option<(NaiveDate, DateTime<Utc>)>,
    until: DateTime<Utc>,
    /// The first day that isn't in it.
    day_after: NaiveDate,
    before: Balances,
    after: Balances,
}

/// Begins to write the books as beancount text: of all towns, or of the one that staff act for. The same period
/// gives the same bytes once it has been over for a minute, when nothing is being booked in it any more.
///
/// # Errors
/// [`ExportError`].
pub async fn beancount(services: &Services, staff: &Staff, period: Period) -> Result<Export, ExportError> {
    staff.has(Scope::Finance)?;
    let (catalogue, now, mut tx) =
        (services.catalogue(), services.clock.now(), services.db.snapshot().await?);
    let own = |town: &&Arc<Municipality>| staff.municipality().is_none_or(|code| code == town.code);
    let mut books = Vec::new();
    for town in catalogue.municipalities.iter().filter(own) {
        books.push(Books::open_in(&mut tx, town, period, now).await?);
    }
    let from = books.iter().map(|own| own.from.map(|(_, at)| at)).min().flatten();
    let place = (from.unwrap_or(DateTime::UNIX_EPOCH), Uuid::nil());
    let until = books.iter().map(|own| own.until).max().unwrap_or(now);
    Ok(Export { tx, books, place: Some(place), until, begun: false })
}

impl Books {
    async fn open_in(
        tx: &mut Tx,
        town: &Arc<Municipality>,
        period: Period,
        now: DateTime<Utc>,
    ) -> Result<Self, ExportError> {
        let midnight = |date| LocalDay::new(date, town.zone).span().start().start();
        let today = now.with_timezone(&town.zone).date_naive();
        let day_after = period.to.unwrap_or(today).min(today) + Days::new(1);
        let until = midnight(day_after).min(up_to(now));
        let from = period.from.map(|date| (date, midnight(date)));
        if from.is_some_and(|(first, _)| first >= day_after) {
            return Err(ExportError::Backwards);
        }
        let before = match from {
            Some((_, at)) => balances_in(tx, Some(&town.code), at.min(until)).await?,
            None => Balances::default(),
        };
        let after = balances_in(tx, Some(&town.code), until).await?;
        let chart = chart_in(tx, &town.code).await?;
        Ok(Self { town: town.clone(), chart, from, until, day_after, before, after })
    }

    fn has(&self, booked: &Booked) -> bool {
        booked.at < self.until && self.from.is_none_or(|(_, from)| from <= booked.at)
    }

    fn head(&self) -> String {
        let own = self.after.lines().filter(|(entity, ..)| *entity == self.town.code);
        let last = self.day_after - Days::new(1);
        let opened = own.map(|(_, account, ..)| beancount::open(&self.town, account, &self.chart, last));
        let opening = self.from.map(|(day, _)| beancount::opening(&self.town, &self.before, day));
        opened.chain(opening).collect()
    }
}

impl Export {
    /// The next piece of text; `None` after the last. What is in memory doesn't grow with the books.
    ///
    /// # Errors
    /// When the database can't be read.
    pub async fn next(&mut self) -> Result<Option<String>, DbError> {
        if !self.begun {
            self.begun = true;
            let towns: Vec<&Municipality> = self.books.iter().map(|own| own.town.as_ref()).collect();
            let heads = self.books.iter().map(Books::head);
            return Ok(Some(std::iter::once(beancount::head(&towns)).chain(heads).collect()));
        }
        let Some(place) = self.place else { return Ok(None) };
        let stretch = read::next_in(&mut self.tx, place, self.until).await?;
        self.place = stretch.last().map(|last| (last.at, last.id));
        if self.place.is_none() {
            let closing = |own: &Books| beancount::closing(&own.town, &own.after, own.day_after);
            return Ok(Some(self.books.iter().map(closing).collect()));
        }
        Ok(Some(stretch.iter().map(|booked| self.written(booked)).collect()))
    }

    fn written(&self, booked: &Booked) -> String {
        let own = self.books.iter().filter(|own| own.has(booked));
        own.map(|own| beancount::transaction(&own.town, booked)).collect()
    }
}
