//! A space's local day.

use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use vayla_domain::{
    Language,
    time::{LocalDay, QuarterSet},
};
use vayla_services::{
    Services,
    catalogue::Space,
    occupancy::{SpaceDay, day_of_spaces},
    wording,
};

use super::super::{
    answers::Looked,
    instant::{Day, Instant},
    json::Query,
    names::{Group, Id, Names},
    problem::Problem,
};

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DayAsked {
    /// The facility's local day.
    date: Day,
    space: Id,
    /// By whose rules; `adult` where nothing is said.
    price_group: Option<Group>,
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
    /// By others' bookings, or by what this space's own would need before and after beside them. By whom, nobody is told.
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
    /// Closed for a time by staff, who say why.
    Closure,
}

/// What of a space's day is free.
#[utoipa::path(
    get, path = "/availability", operation_id = "show_availability", tag = "times", params(DayAsked),
    responses((status = 200, description = "The day", body = Availability), Looked),
)]
pub async fn show(
    State(services): State<Services>,
    Query(asked): Query<DayAsked>,
) -> Result<Json<Availability>, Problem> {
    let date = asked.date.date("date")?;
    let space = services.catalogue().space(asked.space.0).cloned().ok_or_else(Problem::not_found)?;
    let zone = space.zone();
    let (facility, spaces) = (Some(space.facility.id), std::slice::from_ref(&space));
    let group = asked.price_group.unwrap_or_default().0;
    let sheet = day_of_spaces(&services, date, zone, facility, spaces, Some(group)).await?;
    let of_space = sheet.spaces.first().ok_or_else(Problem::not_found)?;
    Ok(Json(availability(&sheet.day, of_space)))
}

fn availability(day: &LocalDay, of_space: &SpaceDay) -> Availability {
    let (space, times, own) = (&of_space.space, &of_space.times, day.own());
    let open = times.hours.open & !times.taken;
    let room = open & !times.blocked & !times.past;
    let ahead = if times.bookable { QuarterSet::EMPTY } else { room };
    let late = room & times.too_late & !ahead;
    let in_the_way = open & times.blocked & !times.past;
    let why = |set: QuarterSet, reason| {
        let closed = move |Stretch { start, end }| Closed { start, end, reason, text: None };
        stretches(day, set & own).into_iter().map(closed)
    };
    let mut closed: Vec<Closed> = outside_hours(day, space, !times.hours.open & !times.taken & own)
        .chain(shut(day, of_space))
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
        occupied: stretches(day, (times.taken | in_the_way) & !times.shut & own),
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

/// What closures cover of the day, each with its reason; where two lie over each other, the earlier's.
fn shut<'a>(day: &'a LocalDay, of_space: &'a SpaceDay) -> impl Iterator<Item = Closed> + use<'a> {
    of_space.closures.iter().enumerate().flat_map(move |(index, closure)| {
        let own = (0..day.quarters()).filter(|&quarter| of_space.closure_at(day, quarter) == Some(index));
        let of_closure = stretches(day, own.collect());
        of_closure.into_iter().map(|Stretch { start, end }| {
            let text = Some((&closure.reason).into());
            Closed { start, end, reason: Reason::Closure, text }
        })
    })
}

fn stretches(day: &LocalDay, set: QuarterSet) -> Vec<Stretch> {
    set.runs().map(|(first, length)| stretch(day, first, length)).collect()
}

fn stretch(day: &LocalDay, first: i64, length: i64) -> Stretch {
    let at = |index: i64| Instant::new((day.span().start() + index).start(), day.zone());
    Stretch { start: at(first), end: at(first + length) }
}
