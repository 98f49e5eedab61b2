//! Free times over both towns.

use axum::{Json, extract::State};
use chrono_tz::Tz;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use vayla_domain::money::{PriceGroup, Use};
use vayla_services::{
    Services,
    booking::{PriceFor, QuoteError, quote},
    occupancy::{Hit, points, rank, search},
};

use super::{
    super::{
        answers::Listed,
        instant::Instant,
        json::Query,
        money::{Money, Rate},
        names::Names,
        page::{Page, no_such_place},
        problem::Problem,
    },
    asked::{Order, SearchAsked},
};

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
pub async fn find(
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
    let price = match quote(services, space, hit.span, &PriceFor::new(group, Use::Sport)).await {
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
        rate: other.and_then(|(_, rate)| rate.as_ref()).map(Into::into),
    })
}
