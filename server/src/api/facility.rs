//! The facilities.

use axum::{Json, extract::State};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use vayla_domain::space::{self, Access};
use vayla_services::{
    Services,
    catalogue::{self, Catalogue},
    feed::Feed,
};

use super::{
    answers::{Found, Listed},
    feed::Calendar,
    json::{Nothing, Query},
    names::{Id, Names},
    page::{Page, Turn},
    problem::Problem,
};

pub fn router() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(show))
}

/// A place with one address and one set of opening hours.
#[derive(Debug, Serialize, ToSchema)]
pub struct Facility {
    pub id: Uuid,
    /// Its town's code.
    #[schema(example = "tornio")]
    pub municipality: String,
    /// What people search by.
    #[schema(example = "ice")]
    pub kind: String,
    pub name: Names,
    pub text: Names,
    /// The type's code in LIPAS, and what it is called there.
    #[schema(example = 2520)]
    pub lipas_code: Option<i64>,
    pub lipas_name: Option<Names>,
    pub address: Option<Address>,
    pub position: Option<Position>,
    /// The hours of an ordinary week now; holidays, seasons and exceptions stand in `opening_rules`.
    pub opening: Vec<Opening>,
    /// All rules, the later before the earlier and the more special before the less.
    #[schema(value_type = Vec<Object>)]
    pub opening_rules: serde_json::Value,
    /// What bookings are made under now, should they be cancelled.
    #[schema(value_type = Vec<Object>)]
    pub cancelling_rules: serde_json::Value,
    /// What holds for those who come.
    pub rules: Vec<Names>,
    pub equipment: Vec<Names>,
    pub assumed: Assumed,
    pub spaces: Vec<Uuid>,
    pub calendar: Calendar,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Address {
    pub street: String,
    pub postcode: Option<String>,
    pub city: String,
}

/// WGS 84.
#[derive(Debug, Serialize, ToSchema)]
pub struct Position {
    #[schema(minimum = -90, maximum = 90, example = 65.85)]
    pub lat: f64,
    #[schema(minimum = -180, maximum = 180, example = 24.15)]
    pub lon: f64,
}

/// One opening, by the facility's clock.
#[derive(Debug, Serialize, ToSchema)]
pub struct Opening {
    /// ISO: Monday is 1.
    #[schema(minimum = 1, maximum = 7)]
    pub weekday: u32,
    #[schema(pattern = "^[0-9]{2}:[0-9]{2}$", example = "08:00")]
    pub opens: String,
    /// Past 24:00 where it is open over midnight: `25:30` is half past one the next day.
    #[schema(pattern = "^[0-9]{2}:[0-9]{2}$", example = "22:00")]
    pub closes: String,
    /// Nobody is there: the door opens by a code.
    pub door_code: bool,
}

/// What no source says and we have assumed.
#[derive(Debug, Serialize, ToSchema)]
pub struct Assumed {
    /// The facility altogether.
    pub entry: bool,
    pub hours: bool,
    pub prices: bool,
}

impl Facility {
    fn new(services: &Services, catalogue: &Catalogue, facility: &catalogue::Facility) -> Self {
        let (details, today) = (&facility.details, today(services, facility));
        let lipas = facility.lipas_code.and_then(|code| catalogue.facility_kinds.get(&code));
        Self {
            id: facility.id,
            municipality: facility.municipality.code.clone(),
            kind: facility.kind.clone(),
            name: (&facility.name).into(),
            text: (&facility.text).into(),
            lipas_code: facility.lipas_code,
            lipas_name: lipas.map(Into::into),
            address: details.address.as_ref().map(Into::into),
            position: details.position.as_ref().and_then(Position::read),
            opening: ordinary_week(&facility.opening, today),
            opening_rules: serde_json::to_value(&facility.rules.opening).unwrap_or_default(),
            cancelling_rules: serde_json::to_value(&facility.rules.cancelling).unwrap_or_default(),
            rules: details.rules.iter().map(Into::into).collect(),
            equipment: details.equipment.iter().map(Into::into).collect(),
            assumed: Assumed {
                entry: details.placeholder.entry,
                hours: details.placeholder.hours,
                prices: details.placeholder.prices,
            },
            spaces: catalogue.spaces_of(facility).map(|space| space.id).collect(),
            calendar: Calendar::of(services, Feed::Facility(facility.id)),
        }
    }
}

impl From<&catalogue::Address> for Address {
    fn from(address: &catalogue::Address) -> Self {
        Self {
            street: address.street.clone(),
            postcode: address.postcode.clone(),
            city: address.city.clone(),
        }
    }
}

impl Position {
    fn read(position: &catalogue::Position) -> Option<Self> {
        Some(Self { lat: position.lat.parse().ok()?, lon: position.lon.parse().ok()? })
    }
}

/// The regular hours that hold on a date, or the first where none does.
fn ordinary_week(opening: &space::Opening, today: NaiveDate) -> Vec<Opening> {
    let regular = opening.regular();
    let rule = regular.iter().find(|rule| rule.on.holds(today, &opening.country)).or(regular.first());
    let hours = rule.map(|rule| rule.hours.as_slice()).unwrap_or_default();
    let mut week: Vec<Opening> = hours
        .iter()
        .flat_map(|hours| hours.days.iter().map(move |weekday| (weekday, hours)))
        .map(|(weekday, hours)| Opening {
            weekday,
            opens: hours.opens.to_string(),
            closes: hours.closes.to_string(),
            door_code: hours.access == Access::DoorCode,
        })
        .collect();
    week.sort_by(|one, other| (one.weekday, &one.opens).cmp(&(other.weekday, &other.opens)));
    week
}

/// The facilities of both towns.
#[utoipa::path(
    get, path = "/facilities", operation_id = "list_facilities", tag = "places", params(Turn),
    responses((status = 200, description = "A page of facilities", body = Page<Facility>), Listed),
)]
async fn list(
    State(services): State<Services>,
    Query(turn): Query<Turn>,
) -> Result<Json<Page<Facility>>, Problem> {
    let catalogue = services.catalogue();
    Page::of(
        &catalogue.facilities,
        turn.limit,
        turn.after.as_deref(),
        |facility| facility.id.to_string(),
        |facility| Facility::new(&services, &catalogue, facility),
    )
}

/// A facility.
#[utoipa::path(
    get, path = "/facilities/{id}", operation_id = "show_facility", tag = "places", params(("id" = Id, Path)),
    responses((status = 200, description = "The facility", body = Facility), Found),
)]
async fn show(
    State(services): State<Services>,
    id: Id,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Json<Facility>, Problem> {
    let catalogue = services.catalogue();
    let facility = catalogue.facility(id.0).ok_or_else(Problem::not_found)?;
    Ok(Json(Facility::new(&services, &catalogue, facility)))
}

fn today(services: &Services, facility: &catalogue::Facility) -> NaiveDate {
    services.clock.now().with_timezone(&facility.municipality.zone).date_naive()
}
