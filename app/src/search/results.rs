//! Free times, gathered by facility and start.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use uuid::Uuid;
use vayla_domain::{
    money::{Money, PriceGroup, Rate, RateError, TariffDay},
    space::Weekdays,
    time::{Quarter, Span},
};
use vayla_services::{
    catalogue::Space,
    occupancy::{Hit, Wish, rank, search},
    rate,
};

use super::{
    form::SearchQuery,
    text::{Reading, read_into},
};
use crate::ui::{Ctx, Errors, Trouble};

/// How many are shown at a time.
const PAGE: usize = 12;
/// How far "nearest" looks.
const NEAREST_DAYS: u64 = 30;
/// How many starts count as near.
const NEAREST: usize = 60;
/// Sizes of one facility that stand beside each other.
const SIZES: usize = 3;

/// What a search has led to.
pub struct Found {
    pub query: SearchQuery,
    /// How the words were read, where there were any.
    pub reading: Option<Reading>,
    pub wish: Wish,
    pub errors: Errors,
    pub offers: Vec<Offer>,
    pub has_more: bool,
    /// Nothing met the wish: these are the nearest.
    pub nearest: bool,
    pub rate: Result<Rate, RateError>,
}

/// A free time in one facility, in the sizes that can be had.
pub struct Offer {
    pub span: Span,
    pub choices: Vec<Choice>,
}

pub struct Choice {
    pub space: Arc<Space>,
    pub total: Money,
    pub other: Result<Money, RateError>,
    /// Whether the price list fixes that, and no rate makes it so.
    pub fixed: bool,
}

pub async fn find(ctx: &Ctx, mut query: SearchQuery) -> Result<Found, Trouble> {
    let reading = read_into(ctx, &mut query);
    let (wish, errors) = query.wish(ctx);
    let rate = rate(ctx).await?;
    let mut hits = if errors.is_empty() { search(&ctx.services, &wish).await? } else { Vec::new() };
    let nearest = hits.is_empty() && errors.is_empty();
    if nearest {
        hits = search(&ctx.services, &wider(&wish)).await?;
        let wished = i64::from(wish.minute_from);
        hits.sort_by_key(|hit| distance(hit, wish.from, wished));
        hits.truncate(NEAREST);
        hits.sort_by_key(|hit| hit.span.start());
    } else if query.is_best_first() {
        rank(&wish, &mut hits);
    }
    let shown = PAGE * (usize::try_from(query.more).unwrap_or(0).min(20) + 1);
    let mut offers = gather(hits);
    let has_more = offers.len() > shown;
    offers.truncate(shown);
    let offers =
        offers.into_iter().map(|(span, spaces)| offer(span, &spaces, (wish.group, ctx.now), &rate)).collect();
    Ok(Found { query, reading, wish, errors, offers, has_more, nearest, rate })
}

/// The same kind and length for as many people on either bank, at any hour, for a month.
fn wider(wish: &Wish) -> Wish {
    Wish {
        to: wish.from + Days::new(NEAREST_DAYS),
        weekdays: Weekdays::ALL,
        minute_from: 0,
        minute_to: None,
        share_percent: 0,
        municipality: None,
        ..wish.clone()
    }
}

/// Minutes between a hit and what was wished for, on the facility's clock.
fn distance(hit: &Hit, date: NaiveDate, minute: i64) -> i64 {
    let wall = hit.span.start().start().with_timezone(&hit.space.zone()).naive_local();
    let wished = date.and_time(NaiveTime::MIN) + TimeDelta::minutes(minute);
    (wall - wished).num_minutes().abs()
}

async fn rate(ctx: &Ctx) -> Result<Result<Rate, RateError>, Trouble> {
    let mut currencies = ctx.catalogue.municipalities.iter().map(|town| town.currency);
    match (currencies.next(), currencies.next()) {
        (Some(one), Some(other)) if one != other => {
            Ok(rate::in_force(&ctx.services, one, other, ctx.now).await?)
        }
        _ => Ok(Err(RateError::Unknown)),
    }
}

/// One offer per facility and start, with starts that leave room for one another: whoever wants
/// another quarter of an hour finds it on the next page.
fn gather(hits: Vec<Hit>) -> Vec<(Span, Vec<Arc<Space>>)> {
    let mut next_start: HashMap<Uuid, Quarter> = HashMap::new();
    let mut offers: Vec<(Span, Vec<Arc<Space>>)> = Vec::new();
    for hit in hits {
        let facility = hit.space.facility.id;
        let same = offers.iter_mut().rev().take_while(|(span, _)| span.start() == hit.span.start());
        if let Some((_, spaces)) = { same }.find(|(_, spaces)| spaces[0].facility.id == facility) {
            spaces.push(hit.space);
        } else if next_start.get(&facility).is_none_or(|next| hit.span.start() >= *next) {
            next_start.insert(facility, hit.span.end());
            offers.push((hit.span, vec![hit.space]));
        }
    }
    offers
}

/// The first space of each size, largest first.
fn offer(
    span: Span,
    spaces: &[Arc<Space>],
    asked: (PriceGroup, DateTime<Utc>),
    rate: &Result<Rate, RateError>,
) -> Offer {
    let mut sizes: Vec<&Arc<Space>> = Vec::new();
    for space in spaces {
        if sizes.len() < SIZES && sizes.iter().all(|known| known.parts.len() != space.parts.len()) {
            sizes.push(space);
        }
    }
    Offer { span, choices: sizes.into_iter().filter_map(|space| choice(space, span, asked, rate)).collect() }
}

fn choice(
    space: &Arc<Space>,
    span: Span,
    (group, now): (PriceGroup, DateTime<Utc>),
    rate: &Result<Rate, RateError>,
) -> Option<Choice> {
    let date = |at: DateTime<Utc>| at.with_timezone(&space.zone()).date_naive();
    let day = TariffDay { booked: date(now), used: date(span.start().start()) };
    let priced = space.tariffs.on(day)?.price(space.priced_place(), span, &group.into(), 1).ok()?;
    let other = priced.fixed.map_or_else(|| rate.clone().and_then(|rate| rate.convert(priced.total)), Ok);
    let fixed = priced.fixed.is_some();
    Some(Choice { space: Arc::clone(space), total: priced.total, other, fixed })
}
