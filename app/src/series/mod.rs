//! The same time every so many weeks: laid out, booked, paid, given back.

mod lay;
mod own;

use axum::{
    Router,
    routing::{get, post},
};
use vayla_domain::Language;

use crate::ui::{App, Page};

/// The pages about series, in a language's addresses.
pub(crate) fn router(language: Language) -> Router<App> {
    let path = |page: fn(String) -> Page| page("{token}".to_owned()).path(language);
    let lay = Page::LaySeries { facility: "{facility}".to_owned(), space: "{space}".to_owned() };
    Router::new()
        .route(&lay.path(language), get(lay::show).post(lay::submit))
        .route(&path(Page::Series), get(own::show))
        .route(&path(Page::CancelSeries), post(own::cancel))
        .route(&path(Page::ExtendSeries), post(own::extend))
        .route(&path(Page::PaySeries), get(own::pay).post(own::submit_pay))
}
