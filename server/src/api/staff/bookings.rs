//! Others' bookings: who has booked what, and cancelling for them.

use axum::{Json, extract::State};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use vayla_domain::time::Quarter;
use vayla_locales::words;
use vayla_services::{
    Services,
    booking::{self, Beginning, cancel_by_staff, find_for_staff, list_for_staff},
};

use super::{
    super::{
        answers::{StaffChanged, StaffListed, StaffOpened},
        booking::{BookerSeen, Booking},
        instant::{Day, Instant},
        json::{Body, Nothing, Query},
        money::Money,
        names::{Id, Names, Status},
        page::{Limit, Page, no_such_place},
        problem::Problem,
    },
    Caller, facility,
    reason::ReasonGiven,
};

pub fn looking() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(show))
}

pub fn changing() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(cancel))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct BookingsAsked {
    facility: Id,
    /// The first local day on which they begin.
    from: Day,
    /// The last, itself included; without it, one day.
    #[param(nullable = false)]
    to: Option<Day>,
    #[serde(default)]
    #[param(value_type = Option<u32>, nullable = false, minimum = 1, maximum = 200, default = 50)]
    limit: Limit,
    /// `next` of the page before.
    #[param(nullable = false)]
    after: Option<String>,
}

impl BookingsAsked {
    fn days(&self) -> Result<(NaiveDate, NaiveDate), Problem> {
        let from = self.from.date("from")?;
        let to = self.to.map_or(Ok(from), |to| to.date("to"))?;
        if to < from {
            let backwards = |language| words(language).problem_field_invalid("to");
            return Err(Problem::refused("invalid", "to", backwards));
        }
        Ok((from, to))
    }
}

/// Who has booked what.
#[derive(Debug, Serialize, ToSchema)]
pub struct StaffBooking {
    pub id: Uuid,
    /// What people say on the phone.
    #[schema(example = "HT-4K7M-2QX")]
    pub reference: String,
    pub status: Status,
    pub space: Uuid,
    pub space_name: Names,
    pub start: Instant,
    pub end: Instant,
    /// Null while the time is held for somebody who hasn't said who they are.
    pub booker: Option<BookerSeen>,
    pub purpose: Option<String>,
    pub people: Option<i64>,
}

impl StaffBooking {
    fn new(services: &Services, booking: &booking::Booking) -> Self {
        let (space, who) = (&booking.space, booking.who.as_ref());
        Self {
            id: booking.id,
            reference: booking.reference.clone(),
            status: Status(booking.state_at(services.clock.now())),
            space: space.id,
            space_name: (&space.name).into(),
            start: Instant::new(booking.starts_at(), space.zone()),
            end: Instant::new(booking.ends_at(), space.zone()),
            booker: who.map(Into::into),
            purpose: who.and_then(|who| who.purpose.clone()),
            people: who.and_then(|who| who.people),
        }
    }
}

/// Who has booked what at a facility, the earliest first; also what has been cancelled since.
/// Looking is written to the audit log. Scope: `bookings`.
#[utoipa::path(
    get, path = "/bookings", operation_id = "list_staff_bookings", tag = "staff", params(BookingsAsked),
    security(("staff_token" = [])),
    responses((status = 200, description = "A page of bookings", body = Page<StaffBooking>), StaffListed),
)]
async fn list(
    State(services): State<Services>,
    caller: Caller,
    Query(asked): Query<BookingsAsked>,
) -> Result<Json<Page<StaffBooking>>, Problem> {
    let (from, to) = asked.days()?;
    let after = asked.after.as_deref().map(read_cursor).transpose()?;
    let facility = facility(&services, asked.facility)?;
    let asked = Beginning { facility: &facility, from, to, after, limit: asked.limit.0 };
    let batch = list_for_staff(&services, &caller.0, &asked).await;
    let batch = batch.map_err(|error| Problem::from(error).at(&facility))?;
    Ok(Page::from_batch(batch, cursor, |booking| StaffBooking::new(&services, &booking)))
}

fn cursor(booking: &booking::Booking) -> String {
    format!("{}.{}", booking.span.start().0, booking.id)
}

fn read_cursor(cursor: &str) -> Result<(Quarter, Uuid), Problem> {
    let parts = cursor.split_once('.').and_then(|(quarter, id)| {
        let quarter = quarter.parse().ok()?;
        Some((Quarter(quarter), id.parse().ok()?))
    });
    parts.ok_or_else(no_such_place)
}

/// A booking, with its price and payments. Looking is written to the audit log. Scope: `bookings`.
#[utoipa::path(
    get, path = "/bookings/{id}", operation_id = "show_staff_booking", tag = "staff", params(("id" = Id, Path)),
    security(("staff_token" = [])),
    responses((status = 200, description = "The booking", body = Booking), StaffOpened),
)]
async fn show(
    State(services): State<Services>,
    caller: Caller,
    id: Id,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Json<Booking>, Problem> {
    let booking = find_for_staff(&services, &caller.0, id.0).await;
    let booking = booking.map_err(|error| caller.problem(&services, error))?;
    Ok(Json(Booking::read(&services, &booking).await?))
}

/// Why the town cancels.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StaffCancelling {
    reason: ReasonGiven,
}

/// What came of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct StaffCancelled {
    /// All that was paid, in the currency it came in; null where nothing was.
    pub refund: Option<Money>,
    /// An amount for each currency it came in; empty where nothing goes back.
    pub refunds: Vec<Money>,
}

/// Cancels a booking for the town: all that was paid goes back, whatever the facility's rule, and the
/// booker gets a letter that says why. Scope: `bookings`.
#[utoipa::path(
    post, path = "/bookings/{id}/cancel", operation_id = "cancel_staff_booking", tag = "staff",
    params(("id" = Id, Path)), request_body = StaffCancelling, security(("staff_token" = [])),
    responses((status = 200, description = "It is cancelled", body = StaffCancelled), StaffChanged),
)]
async fn cancel(
    State(services): State<Services>,
    caller: Caller,
    id: Id,
    Query(Nothing {}): Query<Nothing>,
    Body(asked): Body<StaffCancelling>,
) -> Result<Json<StaffCancelled>, Problem> {
    let reason = asked.reason.read().map_err(|problem| caller.problem(&services, problem))?;
    let cancelled = cancel_by_staff(&services, &caller.0, id.0, &reason).await;
    let cancelled = cancelled.map_err(|error| caller.problem(&services, error))?;
    Ok(Json(StaffCancelled {
        refund: cancelled.refunds.first().copied().map(Into::into),
        refunds: cancelled.refunds.into_iter().map(Into::into).collect(),
    }))
}
