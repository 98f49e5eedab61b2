//! Draws a settlement up, or says what it would be.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;
use vayla_domain::{
    ledger::{self, Event},
    money::{Money, Rate, RateError},
    settlement::Month,
};

use super::{
    Settlement, SettlementLine, SettlementTerms,
    line::lines_in,
    read::{drawn_in, later_in, may_in_either},
    reckon::{self, Reckoning},
};
use crate::{
    Batch, Services,
    audit::{self, Subject},
    catalogue::Municipality,
    db::{DbError, Tx, retried},
    ledger::{Entry, post_in},
    rate,
    staff::{LookError, Scope, Staff, looks},
};

/// One settlement is drawn up at a time.
const LOCK: i64 = 0x7365_7474;

/// Two towns, and up to when they settle.
#[derive(Debug, Clone)]
pub struct Pair<'a> {
    /// The codes of the towns, either first.
    pub towns: [&'a str; 2],
    pub month: Month,
}

/// Why there is no settlement.
#[derive(Debug, thiserror::Error)]
pub enum DrawError {
    #[error(transparent)]
    Look(#[from] LookError),
    #[error("a town settles with another town")]
    Alone,
    /// The treaty's stretch is longer.
    #[error("the towns settle for {0} months at a time")]
    NotTheEnd(u32),
    /// It can be drawn up from then on.
    #[error("the month ends at {0}")]
    NotOver(DateTime<Utc>),
    #[error("the towns have settled a later month")]
    Later,
    #[error("neither town owes the other anything")]
    Nothing,
    #[error(transparent)]
    Rate(#[from] RateError),
    #[error("the figures have changed since they were read")]
    Stale,
}

looks!(DrawError);

/// A pair that may settle: the towns by code, and the moment up to which they do.
struct Agreed {
    towns: [Arc<Municipality>; 2],
    terms: SettlementTerms,
    cut_off: DateTime<Utc>,
    /// At which they settle, where two currencies meet; a settlement that is drawn up has its own.
    rate: Result<Option<Rate>, RateError>,
}

/// Draws the settlement of two towns up, over all that they owe each other up to the end of a month that is over.
/// Where it has been drawn up, it stays as it is. With a version, only where its figures are still those.
///
/// # Errors
/// [`DrawError`]; then nothing has changed.
pub async fn draw(
    services: &Services,
    staff: &Staff,
    pair: &Pair<'_>,
    version: Option<&str>,
) -> Result<Settlement, DrawError> {
    let agreed = agree(services, staff, pair).await?;
    retried(|| try_draw(services, staff, pair.month, &agreed, version)).await
}

async fn try_draw(
    services: &Services,
    staff: &Staff,
    month: Month,
    agreed: &Agreed,
    version: Option<&str>,
) -> Result<Settlement, DrawError> {
    let mut tx = services.db.begin().await?;
    let (drawn, is_new) = drawn_up_in(&mut tx, services, month, agreed).await?;
    if version.is_some_and(|version| version != drawn.drawn_version()) {
        return Err(DrawError::Stale);
    }
    if !is_new {
        return Ok(drawn);
    }
    let number = drawn.number.ok_or_else(|| DbError::corrupt("a settlement without a number"))?;
    let postings = ledger::settlement(&drawn.facts())?;
    if !postings.is_empty() {
        let entry = Entry {
            rate: drawn.rate.as_ref(),
            ..Entry::new(drawn.drawn_at, Event::Settlement, format!("settlement:{number}"))
        };
        post_in(&mut tx, &entry, &postings).await?;
    }
    let change = Change { number, towns: &drawn.towns, through: month.to_string(), net: drawn.net };
    let subject = Subject::Settlement(drawn.id);
    audit::note_about_in(&mut tx, drawn.drawn_at, staff.actor(), "settlement_drawn", subject, &change)
        .await?;
    tx.commit().await?;
    Ok(drawn)
}

#[derive(Serialize)]
struct Change<'a> {
    number: u32,
    towns: &'a [String; 2],
    through: String,
    net: Money,
}

/// What it would be if it were drawn up now, with a stretch of its lines after a number; or what it is, where it has
/// been. It is drawn up and nothing of that is kept, so that nothing else can come of it later.
///
/// # Errors
/// [`DrawError`].
pub async fn preview(
    services: &Services,
    staff: &Staff,
    pair: &Pair<'_>,
    after: i64,
    limit: usize,
) -> Result<(Settlement, Batch<SettlementLine>), DrawError> {
    let agreed = agree(services, staff, pair).await?;
    retried(|| try_preview(services, pair.month, &agreed, after, limit)).await
}

async fn try_preview(
    services: &Services,
    month: Month,
    agreed: &Agreed,
    after: i64,
    limit: usize,
) -> Result<(Settlement, Batch<SettlementLine>), DrawError> {
    let mut tx = services.db.begin().await?;
    let (drawn, is_new) = drawn_up_in(&mut tx, services, month, agreed).await?;
    let lines = lines_in(&mut tx, &drawn, after, limit).await?;
    let number = drawn.number.filter(|_| !is_new);
    Ok((Settlement { number, ..drawn }, lines))
}

async fn agree(services: &Services, staff: &Staff, pair: &Pair<'_>) -> Result<Agreed, DrawError> {
    staff.has(Scope::Finance).map_err(LookError::from)?;
    let catalogue = services.catalogue();
    let known = |code: &str| catalogue.municipality(code).cloned().ok_or(LookError::Unknown);
    let mut towns = [known(pair.towns[0])?, known(pair.towns[1])?];
    towns.sort_by(|one, other| one.code.cmp(&other.code));
    may_in_either(staff, &towns[0], &towns[1])?;
    if towns[0].code == towns[1].code {
        return Err(DrawError::Alone);
    }
    let treaty = catalogue.treaty(pair.month.last_day()).ok_or(LookError::Unknown)?;
    let terms = treaty.settlement;
    if !pair.month.ends_every(terms.months) {
        return Err(DrawError::NotTheEnd(terms.months));
    }
    let cut_off = pair.month.ends_at(terms.zone);
    let over = reckon::over_from(cut_off);
    if services.clock.now() < over {
        return Err(DrawError::NotOver(over));
    }
    let currencies = [towns[0].currency, towns[1].currency];
    let rate = match currencies.iter().all(|own| *own == terms.currency) {
        true => Ok(None),
        false => rate::in_force(services, currencies[0], currencies[1], cut_off).await?.map(Some),
    };
    Ok(Agreed { towns, terms, cut_off, rate })
}

/// The settlement, and whether it is new.
async fn drawn_up_in(
    tx: &mut Tx,
    services: &Services,
    month: Month,
    agreed: &Agreed,
) -> Result<(Settlement, bool), DrawError> {
    tx.lock(LOCK).await?;
    let catalogue = services.catalogue();
    let [one, other] = &agreed.towns;
    if let Some(known) = drawn_in(tx, &catalogue, [&one.code, &other.code], month).await? {
        return Ok((known, false));
    }
    if later_in(tx, [&one.code, &other.code], month).await? {
        return Err(DrawError::Later);
    }
    let id: Uuid = services.new_id();
    let reckoning = Reckoning {
        id,
        towns: [one, other],
        month,
        cut_off: agreed.cut_off,
        terms: agreed.terms,
        rate: agreed.rate.clone()?,
        now: services.clock.now(),
    };
    let lines = reckoning.lay_lines_in(tx).await?;
    if lines == 0 {
        return Err(DrawError::Nothing);
    }
    reckoning.sum_up_in(tx, lines).await?;
    let drawn = drawn_in(tx, &catalogue, [&one.code, &other.code], month).await?;
    Ok((drawn.ok_or_else(|| DbError::corrupt(id))?, true))
}
