//! Free times: of one space's day, and over both towns.

use axum::{Json, extract::State};
use chrono::{NaiveTime, Timelike};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use vayla_domain::{
    Language,
    money::{PriceGroup, Use},
    space::Weekdays,
    time::{LocalDay, QuarterSet},
};
use vayla_locales::words;
use vayla_services::{
    Services,
    booking::{QuoteError, quote},
    catalogue::Space,
    occupancy::{DAYS_MAX, Hit, SpaceDay, Wish, day_of_spaces, points, rank, search},
    wording,
};

use super::{
    answers::{Listed, Looked},
    instant::{Day, Instant},
    json::Query,
    money::{Money, Rate},
    names::{Group, Id, Names},
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
    pub quarters: i64,
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
    /// The same as a sentence for people; null where the code says it all.
    pub text: Option<Names>,
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
    /// So near that it can't be booked any more.
    TooLate,
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
    Ok(Json(availability(&sheet.day, of_space)))
}

fn availability(day: &LocalDay, of_space: &SpaceDay) -> Availability {
    let (space, times, own) = (&of_space.space, &of_space.times, day.own());
    let open = times.hours.open & !times.taken;
    let ahead = if times.bookable { QuarterSet::EMPTY } else { open & !times.past };
    let late = open & times.too_late & !times.past & !ahead;
    let why = |set: QuarterSet, reason| {
        let closed = move |Stretch { start, end }| Closed { start, end, reason, text: None };
        stretches(day, set & own).into_iter().map(closed)
    };
    let mut closed: Vec<Closed> = outside_hours(day, space, !times.hours.open & !times.taken & own)
        .chain(why(open & times.past, Reason::InThePast))
        .chain(why(ahead, Reason::TooEarly))
        .chain(why(late, Reason::TooLate))
        .collect();
    closed.sort_by_key(|closed| closed.start);
    Availability {
        space: space.id,
        date: day.date(),
        quarters: day.quarters(),
        free: stretches(day, times.free() & !times.too_late & own),
        closed,
        occupied: stretches(day, times.taken & own),
    }
}

/// With the reason of each stretch, as its first moment has it.
fn outside_hours<'a>(
    day: &'a LocalDay,
    space: &'a Space,
    set: QuarterSet,
) -> impl Iterator<Item = Closed> + use<'a> {
    let first = day.span().start();
    set.runs().map(move |(from, length)| {
        let why = space.rules.opening.why_closed((first + from).start());
        let text = Language::ALL.map(|language| wording::why_closed(language, &why));
        let [sv, fi] = text;
        let Stretch { start, end } = stretch(day, from, length);
        Closed { start, end, reason: Reason::Closed, text: Some(Names { sv, fi }) }
    })
}

fn stretches(day: &LocalDay, set: QuarterSet) -> Vec<Stretch> {
    set.runs().map(|(first, length)| stretch(day, first, length)).collect()
}

fn stretch(day: &LocalDay, first: i64, length: i64) -> Stretch {
    let at = |index: i64| Instant::new((day.span().start() + index).start(), day.zone());
    Stretch { start: at(first), end: at(first + length) }
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
    /// Days of the week, Monday is 1; all where nothing is said.
    #[param(value_type = Option<String>, nullable = false, pattern = "^[1-7](,[1-7]){0,6}$", example = "2,4")]
    weekdays: Option<WeekdayList>,
    /// Starts at this time of the facility's day or later.
    #[param(value_type = Option<String>, nullable = false, pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$", example = "17:00")]
    earliest: Option<TimeOfDay>,
    /// Ends by this time.
    #[param(value_type = Option<String>, nullable = false, pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$", example = "21:00")]
    latest: Option<TimeOfDay>,
    /// At least this much of the whole hall or field, in per cent.
    #[param(value_type = Option<u32>, nullable = false, minimum = 1, maximum = 100, example = 50)]
    share: Option<Share>,
    /// By whose rules; `adult` where nothing is said.
    price_group: Option<Group>,
    #[serde(default)]
    order: Order,
    #[serde(default)]
    #[param(value_type = Option<u32>, nullable = false, minimum = 1, maximum = 200, default = 50)]
    limit: Limit,
    /// `next` of the page before.
    #[param(nullable = false)]
    after: Option<String>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "i64")]
pub struct Minutes(pub i64);

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

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "i64")]
pub struct Share(pub i64);

impl TryFrom<i64> for Share {
    type Error = &'static str;

    fn try_from(percent: i64) -> Result<Self, &'static str> {
        if (1..=100).contains(&percent) { Ok(Self(percent)) } else { Err("1 to 100") }
    }
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
struct WeekdayList(Weekdays);

impl TryFrom<String> for WeekdayList {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        let days: Option<Vec<u32>> =
            text.split(',').map(|day| day.parse().ok().filter(|_| day.len() == 1)).collect();
        let days = days.filter(|days| days.len() <= 7);
        days.and_then(|days| days.try_into().ok()).map(Self).ok_or("numbers from 1 to 7")
    }
}

/// Minutes after midnight.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
pub struct TimeOfDay(pub u32);

impl TryFrom<String> for TimeOfDay {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        let time = NaiveTime::parse_from_str(&text, "%H:%M").map_err(|_| "HH:MM")?;
        if text.len() == 5 { Ok(Self(time.hour() * 60 + time.minute())) } else { Err("HH:MM") }
    }
}

/// What comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Order {
    #[default]
    Earliest,
    /// What suits the wish best: soon, near the hour, no larger than asked.
    Best,
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
            weekdays: self.weekdays.map_or(Weekdays::ALL, |days| days.0),
            minute_from: self.earliest.map_or(0, |time| time.0),
            minute_to: self.latest.map(|time| time.0),
            share_percent: self.share.map_or(0, |share| share.0),
            municipality: self.municipality.clone(),
            kind: self.kind.clone(),
            people: self.people.map(|people| people.0),
            group: self.price_group.unwrap_or_default().0,
            ..Wish::any_time(from, to, self.minutes.0)
        })
    }
}

/// A free time and what it costs the price group for sport.
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

/// Free times over both towns, earliest or best first, with the price in both currencies.
#[utoipa::path(
    get, path = "/availability/search", operation_id = "search_availability", tag = "times", params(SearchAsked),
    responses((status = 200, description = "A page of free times", body = Page<FreeTime>), Listed),
)]
async fn find(
    State(services): State<Services>,
    Query(asked): Query<SearchAsked>,
) -> Result<Json<Page<FreeTime>>, Problem> {
    let wish = asked.wish()?;
    let mut hits = search(&services, &wish).await?;
    if asked.order == Order::Best {
        rank(&wish, &mut hits);
    }
    let weight = |hit: &Hit| if asked.order == Order::Best { points(&wish, hit) } else { 0 };
    let first = match asked.after.as_deref() {
        None => 0,
        Some(after) => place_after(&services, &hits, weight, after).ok_or_else(no_such_place)?,
    };
    let (rest, limit) = (&hits[first..], asked.limit.0);
    let mut items = Vec::with_capacity(limit.min(rest.len()));
    for hit in rest.iter().take(limit) {
        items.push(priced(&services, hit, wish.group).await?);
    }
    let next = rest.get(..limit).filter(|_| rest.len() > limit).and_then(<[Hit]>::last);
    let next = next.map(|hit| format!("{}.{}.{}", weight(hit), hit.span.start().0, hit.space.id));
    Ok(Json(Page { items, next }))
}

/// How many hits come before the next page. A cursor is a hit's weight, start and space, so that the place
/// stays when what was there has been booked.
fn place_after(
    services: &Services,
    hits: &[Hit],
    weight: impl Fn(&Hit) -> i64,
    cursor: &str,
) -> Option<usize> {
    let (last_weight, rest) = cursor.split_once('.')?;
    let (quarter, space) = rest.split_once('.')?;
    let (quarter, space): (i64, Uuid) = (quarter.parse().ok()?, space.parse().ok()?);
    let catalogue = services.catalogue();
    let place = |id: Uuid| catalogue.spaces.iter().position(|space| space.id == id);
    let last = (last_weight.parse().ok()?, quarter, place(space)?);
    let of = |hit: &Hit| (weight(hit), hit.span.start().0, place(hit.space.id).unwrap_or_default());
    Some(hits.partition_point(|hit| of(hit) <= last))
}

async fn priced(services: &Services, hit: &Hit, group: PriceGroup) -> Result<FreeTime, Problem> {
    let (space, zone): (_, Tz) = (&hit.space, hit.space.zone());
    let price = match quote(services, space, hit.span, group, Use::Sport).await {
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
