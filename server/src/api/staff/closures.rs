//! Closures and blocks: parts that staff close, and what becomes of what is booked there.

use std::collections::HashMap;

use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use vayla_services::{
    Services,
    catalogue::Facility,
    closure::{self, ClosurePlace, Fate, NewClosure, Settled},
};

use super::{
    super::{
        answers::{StaffClosed, StaffEnded, StaffListed},
        instant::{Instant, When},
        json::{Body, Nothing, Query, Whole},
        names::{Id, KindOf, Names},
        page::{Limit, Page},
        problem::{AffectedBooking, Problem},
    },
    Caller, facility,
    reason::ReasonGiven,
    refusal::not_closed,
};

pub fn looking() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(affected))
}

pub fn changing() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(make)).routes(routes!(end))
}

/// Parts that nobody can book for a time.
#[derive(Debug, Serialize, ToSchema)]
pub struct Closure {
    pub id: Uuid,
    pub facility: Uuid,
    pub kind: KindOf,
    pub parts: Vec<i64>,
    pub start: Instant,
    /// Null: until further notice.
    pub end: Option<Instant>,
    pub reason: Names,
}

impl Closure {
    fn new(closure: &closure::Closure, facility: &Facility) -> Self {
        let zone = facility.municipality.zone;
        Self {
            id: closure.id,
            facility: facility.id,
            kind: KindOf(closure.kind),
            parts: closure.parts.clone(),
            start: Instant::new(closure.time.start().start(), zone),
            end: closure.time.end().map(|end| Instant::new(end.start(), zone)),
            reason: (&closure.reason).into(),
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ClosuresAsked {
    facility: Id,
    #[serde(default)]
    #[param(value_type = Option<u32>, nullable = false, minimum = 1, maximum = 200, default = 50)]
    limit: Limit,
    /// `next` of the page before.
    #[param(nullable = false)]
    after: Option<String>,
}

/// The closures and blocks of a facility that are in force or to come, the earliest first. Scope: `closures`.
#[utoipa::path(
    get, path = "/closures", operation_id = "list_staff_closures", tag = "staff", params(ClosuresAsked),
    security(("staff_token" = [])),
    responses((status = 200, description = "A page of closures", body = Page<Closure>), StaffListed),
)]
async fn list(
    State(services): State<Services>,
    caller: Caller,
    Query(asked): Query<ClosuresAsked>,
) -> Result<Json<Page<Closure>>, Problem> {
    let facility = facility(&services, asked.facility)?;
    let closures = closure::list(&services, &caller.0, &facility).await;
    let closures = closures.map_err(|error| Problem::from(error).at(&facility))?;
    let key = |closure: &closure::Closure| closure.id.to_string();
    Page::of(&closures, asked.limit, asked.after.as_deref(), key, |closure| Closure::new(closure, &facility))
}

/// Where and when something might be closed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PlaceAsked {
    facility: Id,
    /// Parts of the facility; without it, all.
    #[serde(default)]
    #[schema(value_type = Vec<i64>)]
    parts: Vec<Whole>,
    start: When,
    /// Without it, until further notice.
    end: Option<When>,
}

impl PlaceAsked {
    fn read(self, facility: &Facility) -> Result<ClosurePlace, Problem> {
        let zone = facility.municipality.zone;
        Ok(ClosurePlace {
            facility: facility.id,
            parts: self.parts.into_iter().map(|part| part.0).collect(),
            start: self.start.at(zone, "start")?,
            end: self.end.map(|end| end.at(zone, "end")).transpose()?,
        })
    }
}

/// What is booked there.
#[derive(Debug, Serialize, ToSchema)]
struct AffectedBookings {
    /// The earliest first.
    items: Vec<AffectedBooking>,
}

/// What is booked where something might be closed. Changes nothing. Scope: `closures`.
#[utoipa::path(
    post, path = "/closures/affected", operation_id = "look_staff_closure", tag = "staff",
    request_body = PlaceAsked, security(("staff_token" = [])),
    responses((status = 200, description = "The bookings", body = AffectedBookings), StaffClosed),
)]
async fn affected(
    State(services): State<Services>,
    caller: Caller,
    Query(Nothing {}): Query<Nothing>,
    Body(asked): Body<PlaceAsked>,
) -> Result<Json<AffectedBookings>, Problem> {
    let facility = facility(&services, asked.facility)?;
    let place = asked.read(&facility).map_err(|problem| problem.at(&facility))?;
    let bookings = closure::affected(&services, &caller.0, &place).await;
    let bookings = bookings.map_err(|error| not_closed(&facility, error))?;
    Ok(Json(AffectedBookings { items: bookings.iter().map(Into::into).collect() }))
}

/// A closure to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ClosureAsked {
    facility: Id,
    /// Parts of the facility; without it, all.
    #[serde(default)]
    #[schema(value_type = Vec<i64>)]
    parts: Vec<Whole>,
    start: When,
    /// Without it, until further notice.
    end: Option<When>,
    kind: KindOf,
    reason: ReasonGiven,
    /// What becomes of each booking there.
    #[serde(default)]
    bookings: Vec<FateGiven>,
}

/// What becomes of a booking.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FateGiven {
    booking: Id,
    #[schema(inline)]
    fate: FateCode,
    /// With `move`: where it is moved to.
    space: Option<Id>,
    /// With `move`: when it begins there; it is as long as it was, and costs the same.
    start: Option<When>,
}

#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum FateCode {
    /// It stands, and the place is closed around it.
    Keep,
    /// All that was paid goes back.
    Cancel,
    Move,
}

impl FateGiven {
    fn read(self, services: &Services) -> Result<(Uuid, Fate), Problem> {
        let fate = match (self.fate, self.space, self.start) {
            (FateCode::Keep, None, None) => Fate::Keep,
            (FateCode::Cancel, None, None) => Fate::Cancel,
            (FateCode::Move, Some(space), Some(start)) => {
                let space = services.catalogue().space(space.0).cloned().ok_or_else(Problem::not_found)?;
                let start = start.at(space.zone(), "bookings")?;
                Fate::Move { space, start }
            }
            _ => {
                return Err(Problem::refused("invalid", "bookings", |language| {
                    vayla_locales::words(language).problem_field_invalid("bookings")
                }));
            }
        };
        Ok((self.booking.0, fate))
    }
}

impl ClosureAsked {
    fn read(self, services: &Services, facility: &Facility) -> Result<NewClosure, Problem> {
        let Self { facility: id, parts, start, end, kind, reason, bookings } = self;
        let place = PlaceAsked { facility: id, parts, start, end }.read(facility)?;
        let fates = bookings.into_iter().map(|given| given.read(services));
        let fates: HashMap<Uuid, Fate> = fates.collect::<Result<_, _>>()?;
        Ok(NewClosure { place, kind: kind.0, reason: reason.read()?, fates })
    }
}

/// What has been closed, and what became of how many bookings.
#[derive(Debug, Serialize, ToSchema)]
struct ClosureMade {
    closure: Closure,
    kept: usize,
    cancelled: usize,
    moved: usize,
}

/// Closes parts of a facility. Each booking there is kept, cancelled or moved as `bookings` says, and its
/// booker gets a letter; where one is left out, nothing is closed. Scope: `closures`.
#[utoipa::path(
    post, path = "/closures", operation_id = "make_staff_closure", tag = "staff", request_body = ClosureAsked,
    security(("staff_token" = [])),
    responses((status = 201, description = "It is closed", body = ClosureMade), StaffClosed),
)]
async fn make(
    State(services): State<Services>,
    caller: Caller,
    Query(Nothing {}): Query<Nothing>,
    Body(asked): Body<ClosureAsked>,
) -> Result<(StatusCode, Json<ClosureMade>), Problem> {
    let facility = facility(&services, asked.facility)?;
    let new = asked.read(&services, &facility).map_err(|problem| problem.at(&facility))?;
    let made = closure::make(&services, &caller.0, &new).await;
    let made = made.map_err(|error| not_closed(&facility, error))?;
    let Settled { kept, cancelled, moved } = made.settled;
    let closure = Closure::new(&made.closure, &facility);
    Ok((StatusCode::CREATED, Json(ClosureMade { closure, kept, cancelled, moved })))
}

/// Ends a closure: what it closed can be booked from now on. Scope: `closures`.
#[utoipa::path(
    delete, path = "/closures/{id}", operation_id = "end_staff_closure", tag = "staff",
    params(("id" = Id, Path)), security(("staff_token" = [])),
    responses((status = 200, description = "It is ended", body = Closure), StaffEnded),
)]
async fn end(
    State(services): State<Services>,
    caller: Caller,
    id: Id,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Json<Closure>, Problem> {
    let ended = closure::end(&services, &caller.0, id.0).await;
    let ended = ended.map_err(|error| caller.problem(&services, error))?;
    let facility = facility(&services, Id(ended.facility))?;
    Ok(Json(Closure::new(&ended, &facility)))
}
