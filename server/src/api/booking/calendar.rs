//! A booking for the booker's calendar.

use axum::{
    extract::State,
    http::{HeaderMap, header},
    response::IntoResponse,
};
use vayla_domain::booking::BookingState;
use vayla_locales::words;
use vayla_services::{
    Services,
    booking::{self, CalendarText},
    mail,
};

use super::{
    super::{answers::Changed, language, names::Id, problem::Problem, refusal::conflict},
    Access, TokenQuery,
};

/// A confirmed or cancelled booking as a calendar file (RFC 5545).
#[utoipa::path(
    get, path = "/bookings/{id}/calendar.ics", operation_id = "show_booking_calendar", tag = "bookings",
    params(("id" = Id, Path), TokenQuery), security(("bearer" = []), ("manage_token" = [])),
    responses((status = 200, description = "The file", body = String, content_type = "text/calendar"), Changed),
)]
pub async fn calendar(
    State(services): State<Services>,
    Access(booking): Access,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Problem> {
    let facility = &booking.space.facility;
    if booking.confirmed_at.is_none() {
        return Err(
            conflict("not_confirmed", |language| words(language).problem_not_confirmed()).at(facility)
        );
    }
    let own = booking.who.as_ref().map(|who| who.language);
    let language =
        language::wished(&headers).or(own).unwrap_or_else(|| language::of_town(&facility.municipality));
    let text = CalendarText {
        language,
        description: &booking.reference,
        url: &mail::manage_url(&services, booking.id, language),
        cancelled: booking.state_at(services.clock.now()) == BookingState::Cancelled,
        organizer: services.post.address(),
    };
    let file = booking::calendar(&booking, text);
    let name = format!("attachment; filename=\"{}.ics\"", booking.reference);
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, file))
}
