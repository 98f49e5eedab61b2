//! The spaces: what one books.

use std::sync::Arc;

use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use vayla_domain::money::{PriceGroup, Unit};
use vayla_services::{Services, catalogue, feed::Feed};

use super::{
    answers::{Found, Listed},
    feed::Calendar,
    json::{Nothing, Query},
    money::Money,
    names::{Id, Names},
    page::{Limit, Page},
    problem::Problem,
};

pub fn router() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(show))
}

/// What one books: a set of parts.
#[derive(Debug, Serialize, ToSchema)]
pub struct Space {
    pub id: Uuid,
    pub name: Names,
    pub facility: Uuid,
    pub facility_name: Names,
    #[schema(example = "tornio")]
    pub municipality: String,
    #[schema(example = "ice")]
    pub kind: String,
    /// Two spaces that share a part are never booked at the same time.
    pub parts: Vec<Part>,
    pub raster: Raster,
    /// How many days ahead an adult may book.
    pub horizon_days: u64,
    /// How much it is of the largest space that has all its parts: 50 for half a hall.
    #[schema(minimum = 0, maximum = 100, example = 50)]
    pub share_percent: i64,
    /// How many people it takes, where that is known.
    pub capacity: Option<i64>,
    /// The lowest price of an hour that anyone pays.
    pub hour_from: Option<Money>,
    pub calendar: Calendar,
}

/// The smallest area that can't be split.
#[derive(Debug, Serialize, ToSchema)]
pub struct Part {
    #[schema(example = 1)]
    pub id: i64,
    pub name: Names,
}

/// Which times can be asked for.
#[derive(Debug, Serialize, ToSchema)]
pub struct Raster {
    #[schema(example = 60)]
    pub shortest_minutes: i64,
    #[schema(example = 180)]
    pub longest_minutes: i64,
    /// Lengths are whole numbers of steps.
    #[schema(example = 30)]
    pub step_minutes: i64,
    /// Starts lie whole numbers of steps after this minute of the facility's local day.
    #[schema(example = 0)]
    pub start_minute: i64,
    /// Occupied with each booking, before and after it.
    #[schema(example = 0)]
    pub before_minutes: i64,
    #[schema(example = 15)]
    pub after_minutes: i64,
    /// No booking may leave a gap beside it that is too short to be booked.
    pub no_gaps: bool,
}

impl Space {
    fn new(services: &Services, space: &catalogue::Space) -> Self {
        let (facility, rules) = (&space.facility, &space.rules);
        let parts = facility.parts.iter().filter(|part| space.parts.contains(&part.id));
        Self {
            id: space.id,
            name: (&space.name).into(),
            facility: facility.id,
            facility_name: (&facility.name).into(),
            municipality: facility.municipality.code.clone(),
            kind: facility.kind.clone(),
            parts: parts.map(|part| Part { id: part.id, name: (&part.name).into() }).collect(),
            raster: Raster {
                shortest_minutes: rules.minutes_min,
                longest_minutes: rules.minutes_max,
                step_minutes: rules.step_minutes,
                start_minute: rules.start_minute,
                before_minutes: rules.buffer.before * 15,
                after_minutes: rules.buffer.after * 15,
                no_gaps: rules.no_gaps,
            },
            horizon_days: rules.windows.horizon_days(PriceGroup::Adult).into(),
            share_percent: space.share_percent,
            capacity: space.capacity,
            hour_from: hour_from(services, space),
            calendar: Calendar::of(services, Feed::Space(space.id)),
        }
    }
}

/// The lowest price of an hour; `None` where nothing is priced by the hour.
fn hour_from(services: &Services, space: &catalogue::Space) -> Option<Money> {
    let applied = space.tariff_now(services.clock.now())?;
    let lowest = applied.lowest(space.priced_place().currency);
    lowest.filter(|(unit, _)| *unit == Unit::Hour).map(|(_, money)| money.into())
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// A town's code.
    #[param(nullable = false, example = "tornio")]
    municipality: Option<String>,
    /// A kind of facility.
    #[param(nullable = false, example = "ice")]
    kind: Option<String>,
    /// Part of the space's or the facility's name, in either language.
    #[param(nullable = false, example = "hall")]
    q: Option<String>,
    #[serde(default)]
    #[param(value_type = Option<u32>, nullable = false, minimum = 1, maximum = 200, default = 50)]
    limit: Limit,
    /// `next` of the page before.
    #[param(nullable = false)]
    after: Option<String>,
}

impl Asked {
    fn admits(&self, space: &catalogue::Space) -> bool {
        let facility = &space.facility;
        self.municipality.as_ref().is_none_or(|code| *code == facility.municipality.code)
            && self.kind.as_ref().is_none_or(|kind| *kind == facility.kind)
            && self.q.as_ref().is_none_or(|q| is_named(space, &q.trim().to_lowercase()))
    }
}

fn is_named(space: &catalogue::Space, part: &str) -> bool {
    let names = [&space.name, &space.facility.name];
    names.iter().flat_map(|name| [&name.sv, &name.fi]).any(|name| name.to_lowercase().contains(part))
}

/// What can be booked.
#[utoipa::path(
    get, path = "/spaces", operation_id = "list_spaces", tag = "places", params(Asked),
    responses((status = 200, description = "A page of spaces", body = Page<Space>), Listed),
)]
async fn list(
    State(services): State<Services>,
    Query(asked): Query<Asked>,
) -> Result<Json<Page<Space>>, Problem> {
    let catalogue = services.catalogue();
    let spaces: Vec<&Arc<catalogue::Space>> =
        catalogue.spaces.iter().filter(|space| asked.admits(space)).collect();
    Page::of(
        &spaces,
        asked.limit,
        asked.after.as_deref(),
        |space| space.id.to_string(),
        |space| Space::new(&services, space),
    )
}

/// A space.
#[utoipa::path(
    get, path = "/spaces/{id}", operation_id = "show_space", tag = "places", params(("id" = Id, Path)),
    responses((status = 200, description = "The space", body = Space), Found),
)]
async fn show(
    State(services): State<Services>,
    id: Id,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Json<Space>, Problem> {
    let catalogue = services.catalogue();
    let space = catalogue.space(id.0).ok_or_else(Problem::not_found)?;
    Ok(Json(Space::new(&services, space)))
}
