//! Which language the caller reads.

use axum::http::{HeaderMap, header};
use vayla_domain::Language;
use vayla_services::catalogue::Municipality;

/// The caller's own wish, where it is one of ours.
pub fn wished(headers: &HeaderMap) -> Option<Language> {
    headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok().and_then(Language::preferred)
}

/// The language of the town, for callers who name none of ours.
pub fn of_town(town: &Municipality) -> Language {
    match town.country.as_str() {
        "FI" => Language::Fi,
        _ => Language::Sv,
    }
}
