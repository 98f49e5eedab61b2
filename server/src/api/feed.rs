//! Bookings as calendars that are followed.

use axum::{
    extract::{Path, State, rejection::PathRejection},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use vayla_domain::Language;
use vayla_services::{
    Services,
    feed::{self, Feed},
};

use super::{
    answers::Found,
    etag,
    json::{Nothing, Query},
    problem::Problem,
};

#[derive(OpenApi)]
#[openapi(paths(show))]
struct Described;

pub fn router() -> OpenApiRouter<Services> {
    // The router takes whatever stands up to the next slash: only the description says how it ends.
    OpenApiRouter::with_openapi(Described::openapi()).route("/feeds/{file}", get(show))
}

/// Where calendar programs follow when it is taken, by language.
#[derive(Debug, Serialize, ToSchema)]
pub struct Calendar {
    #[schema(format = "uri", example = "https://example.se/api/v1/feeds/c3N2.ics")]
    sv: String,
    #[schema(format = "uri", example = "https://example.se/api/v1/feeds/c2Zp.ics")]
    fi: String,
}

impl Calendar {
    pub fn of(services: &Services, feed: Feed) -> Self {
        Self { sv: feed.url(services, Language::Sv), fi: feed.url(services, Language::Fi) }
    }
}

/// The bookings that a link opens (RFC 5545): from a month back, at most 2,000. The calendars of spaces and
/// facilities also tell what staff keep closed there.
#[utoipa::path(
    get, path = "/feeds/{token}.ics", operation_id = "show_feed", tag = "feeds",
    params(
        ("token" = String, Path, description = "From `calendar` of a space or facility, or from a letter"),
        ("If-None-Match" = Option<String>, Header, description = "The `ETag` of what the caller has"),
    ),
    responses(
        (
            status = 200, description = "The calendar, in the link's language", body = String,
            content_type = "text/calendar", headers(("ETag" = String, description = "Of its content")),
        ),
        (status = 304, description = "The caller has it", headers(("ETag" = String))),
        Found,
    ),
)]
async fn show(
    State(services): State<Services>,
    name: Result<Path<String>, PathRejection>,
    Query(Nothing {}): Query<Nothing>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Path(name) = name.map_err(|_| Problem::not_found())?;
    let token = name.strip_suffix(".ics").ok_or_else(Problem::not_found)?;
    let file = feed::file(&services, token).await?.ok_or_else(Problem::not_found)?;
    let tag = etag::of(file.text.as_bytes());
    let known = etag::is_known(&headers, &tag);
    let keep = if file.public { "public, max-age=300" } else { "private, max-age=300" };
    let about = [(header::ETAG, tag), (header::CACHE_CONTROL, keep.to_owned())];
    if known {
        return Ok((StatusCode::NOT_MODIFIED, about).into_response());
    }
    let kind = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"vayla.ics\""),
    ];
    Ok((about, kind, file.text).into_response())
}
