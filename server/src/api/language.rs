//! Which language the caller reads.

use axum::http::{HeaderMap, header};
use vayla_domain::Language;
use vayla_services::catalogue::Facility;

/// The caller's own wish, where it is one of ours.
pub fn wished(headers: &HeaderMap) -> Option<Language> {
    headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok().and_then(Language::preferred)
}

/// The language of the town that the facility is in, for callers who name none of ours.
pub fn of_town(facility: &Facility) -> Language {
    match facility.municipality.country.as_str() {
        "FI" => Language::Fi,
        _ => Language::Sv,
    }
}
