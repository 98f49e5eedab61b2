//! The same time every so many weeks: laid out, booked, paid, moved, given back.

mod lay;
mod own;
mod shift;

use axum::{
    Router,
    routing::{get, post},
};
use uuid::Uuid;
use vayla_domain::{Language, series::Which};

use crate::ui::{App, Page};

/// What a checked box sends.
const CHECKED: &str = "1";

/// Which of two times is meant, as a form says it: `a` or `b`.
fn chosen_which(code: &str) -> Option<Which> {
    match code {
        "a" => Some(Which::First),
        "b" => Some(Which::Second),
        _ => None,
    }
}

/// The name of the box that chooses a booking; it is sent as [`CHECKED`].
fn box_of(booking: Uuid) -> String {
    format!("date-{booking}")
}

/// The booking that a box is for.
fn chosen_by(name: &str) -> Option<Uuid> {
    name.strip_prefix("date-")?.parse().ok()
}

/// The pages about series, in a language's addresses.
pub(crate) fn router(language: Language) -> Router<App> {
    let path = |page: fn(String) -> Page| page("{token}".to_owned()).path(language);
    let lay = Page::LaySeries { facility: "{facility}".to_owned(), space: "{space}".to_owned() };
    Router::new()
        .route(&lay.path(language), get(lay::show).post(lay::submit))
        .route(&path(Page::Series), get(own::show))
        .route(&path(Page::CancelSeries), post(own::cancel))
        .route(&path(Page::MoveSeries), get(shift::show).post(shift::submit))
        .route(&path(Page::ExtendSeries), post(own::extend))
        .route(&path(Page::PaySeries), get(own::pay).post(own::submit_pay))
        .route(&path(Page::GrantSeries), post(own::submit_grant))
        .route(&path(Page::SeriesOnAccount), post(own::submit_account))
}
