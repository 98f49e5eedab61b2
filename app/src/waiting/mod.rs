//! The waiting list: joining it, one's place in it, leaving it.

mod form;
mod join;
mod place;

pub(crate) use form::{link_for, link_from};

use axum::{Router, routing::get};
use vayla_domain::Language;

use crate::ui::{App, Page};

/// The pages of the waiting list, in a language's addresses.
pub(crate) fn router(language: Language) -> Router<App> {
    let place = Page::Waiting("{token}".to_owned()).path(language);
    Router::new()
        .route(&Page::Wait.path(language), get(join::show).post(join::submit))
        .route(&place, get(place::show).post(place::leave))
}
