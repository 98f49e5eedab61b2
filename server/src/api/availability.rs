//! Free times: of one space's day, and over both towns.

use axum::{Json, extract::State};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use vayla_domain::{
    money::{PriceGroup, Use},
    time::{LocalDay, QuarterSet},
};
use vayla_locales::words;
use vayla_services::{
    Services,
    booking::{QuoteError, quote},
    occupancy::{DAYS_MAX, Hit, SpaceDay, Wish, day_of_spaces, search},
};

use super::{
    answers::{Listed, Looked},
    instant::{Day, Instant},
    json::Query,
    money::{Money, Rate},
    names::{Id, Names},
    page::{Limit, Page, no_such_place},
    problem::Problem,
};

pub fn router() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(day)).routes(routes!(find))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct DayAsked {
    /// The facility's local day.
    date: Day,
    space: Id,
}

/// A space's local day: each moment of it is free, closed or occupied.
#[derive(Debug, Serialize, ToSchema)]
pub struct Availability {
    pub space: Uuid,
    pub date: chrono::NaiveDate,
    /// How long the day is: 92, 96 or 100 quarters.
    #[schema(example = 96)]
    pub quarters: u32,
    pub free: Vec<Stretch>,
    pub closed: Vec<Closed>,
    /// By whom, nobody is told.
    pub occupied: Vec<Stretch>,
}

/// From `start`, up to but without `end`.
#[derive(Debug, Serialize, ToSchema)]
pub struct Stretch {
    pub start: Instant,
    pub end: Instant,
}

/// Time that nobody can book.
#[derive(Debug, Serialize, ToSchema)]
pub struct Closed {
    pub start: Instant,
    pub end: Instant,
    pub reason: Reason,
}

/// Why nobody can book it.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Outside the opening hours.
    Closed,
    InThePast,
    /// Farther ahead than one may book.
    TooEarly,
}

/// What of a space's day is free.
#[utoipa::path(
    get, path = "/availability", operation_id = "show_availability", tag = "times", params(DayAsked),
    responses((status = 200, description = "The day", body = Availability), Looked),
)]
async fn day(
    State(services): State<Services>,
    Query(asked): Query<DayAsked>,
) -> Result<Json<Availability>, Problem> {
    let date = asked.date.date("date")?;
    let space = services.catalogue().space(asked.space.0).cloned().ok_or_else(Problem::not_found)?;
    let zone = space.zone();
    let sheet =
        day_of_spaces(&services, date, zone, Some(space.facility.id), std::slice::from_ref(&space)).await?;
    let of_space = sheet.spaces.first().ok_or_else(Problem::not_found)?;
    let bookable = of_space.bookable;
    Ok(Json(availability(&sheet.day, of_space, bookable)))
}

fn availability(day: &LocalDay, of_space: &SpaceDay, bookable: bool) -> Availability {
    let (own, open, taken) = (day.own(), of_space.open, of_space.taken);
    let free = if bookable { of_space.free() & own } else { QuarterSet::EMPTY };
    let why = |set: QuarterSet, reason| {
        let closed = move |Stretch { start, end }| Closed { start, end, reason };
        stretches(day, set & own & !taken).into_iter().map(closed)
    };
    let ahead = if bookable { QuarterSet::EMPTY } else { open & !of_space.past };
    let mut closed: Vec<Closed> = why(!open, Reason::Closed)
        .chain(why(open & of_space.past, Reason::InThePast))
        .chain(why(ahead, Reason::TooEarly))
        .collect();
    closed.sort_by_key(|closed| closed.start);
    Availability {
        space: of_space.space.id,
        date: day.date(),
        quarters: day.quarters(),
        free: stretches(day, free),
        closed,
        occupied: stretches(day, taken & own),
    }
}

fn stretches(day: &LocalDay, set: QuarterSet) -> Vec<Stretch> {
    let at = |index: u32| Instant::new((day.span().start() + i64::from(index)).start(), day.zone());
    set.runs().map(|(first, length)| Stretch { start: at(first), end: at(first + length) }).collect()
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct SearchAsked {
    /// The first local day to look through.
    from: Day,
    /// The last, itself included; without it, one day. At most 31 days.
    #[param(nullable = false)]
    to: Option<Day>,
    /// How long a time is wanted.
    #[param(value_type = u32, minimum = 15, maximum = 1440, example = 60)]
    minutes: Minutes,
    /// A town's code.
    #[param(nullable = false, example = "tornio")]
    municipality: Option<String>,
    /// A kind of facility.
    #[param(nullable = false, example = "ice")]
    kind: Option<String>,
    /// How many people it must take.
    #[param(value_type = Option<u32>, nullable = false, minimum = 1, maximum = 5000)]
    people: Option<People>,
    #[serde(default)]
    #[param(value_type = Option<u32>, nullable = false, minimum = 1, maximum = 200, default = 50)]
    limit: Limit,
    /// `next` of the page before.
    #[param(nullable = false)]
    after: Option<String>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "i64")]
struct Minutes(i64);

impl TryFrom<i64> for Minutes {
    type Error = &'static str;

    fn try_from(minutes: i64) -> Result<Self, &'static str> {
        if (15..=1440).contains(&minutes) { Ok(Self(minutes)) } else { Err("15 to 1440") }
    }
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "i64")]
struct People(i64);

impl TryFrom<i64> for People {
    type Error = &'static str;

    fn try_from(people: i64) -> Result<Self, &'static str> {
        if (1..=5000).contains(&people) { Ok(Self(people)) } else { Err("1 to 5000") }
    }
}

impl SearchAsked {
    fn wish(&self) -> Result<Wish, Problem> {
        let from = self.from.date("from")?;
        let to = self.to.map_or(Ok(from), |to| to.date("to"))?;
        if (to - from).num_days() >= i64::try_from(DAYS_MAX).unwrap_or(i64::MAX) {
            return Err(Problem::refused("invalid", "to", |language| {
                words(language).problem_search_too_long(DAYS_MAX)
            }));
        }
        Ok(Wish {
            from,
            to,
            minute_from: 0,
            minutes: self.minutes.0,
            municipality: self.municipality.clone(),
            kind: self.kind.clone(),
            people: self.people.map(|people| people.0),
        })
    }
}

/// A free time and what it costs an adult for sport.
#[derive(Debug, Serialize, ToSchema)]
pub struct FreeTime {
    pub space: Uuid,
    pub space_name: Names,
    pub facility: Uuid,
    pub facility_name: Names,
    #[schema(example = "tornio")]
    pub municipality: String,
    pub start: Instant,
    pub end: Instant,
    /// In the facility's currency; null where the price list says nothing.
    pub total: Option<Money>,
    /// In the neighbour's; null where no rate is in force.
    pub total_other: Option<Money>,
    pub rate: Option<Rate>,
}

/// Free times over both towns, earliest first, with the price in both currencies.
#[utoipa::path(
    get, path = "/availability/search", operation_id = "search_availability", tag = "times", params(SearchAsked),
    responses((status = 200, description = "A page of free times", body = Page<FreeTime>), Listed),
)]
async fn find(
    State(services): State<Services>,
    Query(asked): Query<SearchAsked>,
) -> Result<Json<Page<FreeTime>>, Problem> {
    let hits = search(&services, &asked.wish()?).await?;
    let first = match asked.after.as_deref() {
        None => 0,
        Some(after) => place_after(&services, &hits, after).ok_or_else(no_such_place)?,
    };
    let (rest, limit) = (&hits[first..], asked.limit.0);
    let mut items = Vec::with_capacity(limit.min(rest.len()));
    for hit in rest.iter().take(limit) {
        items.push(priced(&services, hit).await?);
    }
    let next = rest.get(..limit).filter(|_| rest.len() > limit).and_then(<[Hit]>::last).map(cursor);
    Ok(Json(Page { items, next }))
}

/// The start and the space, so that the place stays when what was there has been booked.
fn cursor(hit: &Hit) -> String {
    format!("{}.{}", hit.span.start().0, hit.space.id)
}

/// How many hits come before the next page: those that start earlier, or at the same time in a
/// space that stands before or at the cursor's in the catalogue.
fn place_after(services: &Services, hits: &[Hit], cursor: &str) -> Option<usize> {
    let (quarter, space) = cursor.split_once('.')?;
    let (quarter, space): (i64, Uuid) = (quarter.parse().ok()?, space.parse().ok()?);
    let catalogue = services.catalogue();
    let place = |id: Uuid| catalogue.spaces.iter().position(|space| space.id == id);
    let last = (quarter, place(space)?);
    Some(hits.partition_point(|hit| (hit.span.start().0, place(hit.space.id).unwrap_or_default()) <= last))
}

async fn priced(services: &Services, hit: &Hit) -> Result<FreeTime, Problem> {
    let (space, zone): (_, Tz) = (&hit.space, hit.space.zone());
    let price = match quote(services, space, hit.span, PriceGroup::Adult, Use::Sport).await {
        Ok(price) => Some(price),
        Err(QuoteError::Db(error)) => return Err(error.into()),
        Err(QuoteError::NoPrice(_) | QuoteError::NoVat) => None,
    };
    let other = price.as_ref().and_then(|price| price.other.as_ref().ok());
    Ok(FreeTime {
        space: space.id,
        space_name: (&space.name).into(),
        facility: space.facility.id,
        facility_name: (&space.facility.name).into(),
        municipality: space.facility.municipality.code.clone(),
        start: Instant::new(hit.span.start().start(), zone),
        end: Instant::new(hit.span.end().start(), zone),
        total: price.as_ref().map(|price| price.total.into()),
        total_other: other.map(|(money, _)| (*money).into()),
        rate: other.map(|(_, rate)| rate.into()),
    })
}
