//! A booking's receipt as a file.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use vayla_domain::Language;
use vayla_services::{
    DbError, Services,
    booking::Booking,
    paper,
    receipt::{self, Receipt},
};

use super::{
    super::{answers::Opened, etag, language, names::Id, problem::Problem},
    Access, TokenQuery,
};

/// The receipt of the latest payment, with what has gone back of it, as tagged PDF (PDF/UA-1): in the caller's
/// language, else the booker's. A receipt never changes but for what goes back.
#[utoipa::path(
    get, path = "/bookings/{id}/receipt.pdf", operation_id = "show_booking_receipt", tag = "bookings",
    params(
        ("id" = Id, Path), TokenQuery,
        ("If-None-Match" = Option<String>, Header, description = "The `ETag` of what the caller has"),
    ),
    security(("bearer" = []), ("manage_token" = [])),
    responses(
        (
            status = 200, description = "The file", body = Vec<u8>, content_type = "application/pdf",
            headers(("ETag" = String, description = "Of its content")),
        ),
        (status = 304, description = "The caller has it", headers(("ETag" = String))),
        Opened,
    ),
)]
pub async fn receipt(
    State(services): State<Services>,
    Access(booking): Access,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let language = language_of(&booking, &headers);
    let receipt = receipt::find(&services, booking, None).await?.ok_or_else(Problem::not_found)?;
    let text = receipt::paper(language, &services.catalogue(), &receipt);
    let bytes = paper::pdf(&text).map_err(|error| DbError::corrupt(unset(&receipt, &error)))?;
    Ok(file(&headers, &receipt.name(), bytes))
}

/// The caller's, else the booker's, else the town's.
pub fn language_of(booking: &Booking, headers: &HeaderMap) -> Language {
    let own = booking.who.as_ref().map(|who| who.language);
    let of_town = language::of_town(&booking.space.facility.municipality);
    language::wished(headers).or(own).unwrap_or(of_town)
}

fn unset(receipt: &Receipt, error: &paper::PaperError) -> String {
    format!("a receipt that can't be set, {}: {error}", receipt.name())
}

/// A PDF file, or that the caller has it.
pub fn file(headers: &HeaderMap, name: &str, bytes: Vec<u8>) -> Response {
    let tag = etag::of(&bytes);
    let known = etag::is_known(headers, &tag);
    let about = [(header::ETAG, tag), (header::CACHE_CONTROL, "private, no-cache".to_owned())];
    if known {
        return (StatusCode::NOT_MODIFIED, about).into_response();
    }
    let kind = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, format!("inline; filename=\"{name}.pdf\"")),
    ];
    (about, kind, bytes).into_response()
}
