//! The booking as a calendar file.

use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use vayla_domain::booking::BookingState;
use vayla_services::booking::{CalendarText, calendar};

use super::held::booking_of;
use crate::ui::{Ctx, Page};

pub(super) async fn show(ctx: Ctx, Path(token): Path<String>) -> Response {
    let booking = match booking_of(&ctx, &token).await {
        Ok(booking) => booking,
        Err(trouble) => return trouble.page(&ctx),
    };
    // What was never booked has no place in a calendar.
    if booking.confirmed_at.is_none() {
        return Redirect::to(&Page::Booking(token).path(ctx.language)).into_response();
    }
    let url = format!("{}{}", ctx.services.base_url, Page::Booking(token).path(ctx.language));
    let text = CalendarText {
        language: ctx.language,
        description: &booking.reference,
        url: &url,
        cancelled: booking.state_at(ctx.now) == BookingState::Cancelled,
        organizer: ctx.services.post.address(),
    };
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}.ics\"", booking.reference)),
    ];
    (headers, calendar(&booking, text)).into_response()
}
