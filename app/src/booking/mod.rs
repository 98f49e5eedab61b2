//! Booking in four steps, and what comes after.

mod alone;
mod alternatives;
mod calendar;
mod cancel;
mod change;
mod check;
mod choose;
mod details;
mod grant;
mod held;
mod pay;
mod problem;
mod receipt;
mod ticket;
mod when;

pub(crate) use change::move_link;
pub(crate) use pay::pay_buttons;
pub(crate) use problem::{refusal, who as who_errors};

use axum::{
    Router,
    routing::{get, post},
};
use vayla_domain::Language;

use crate::ui::{App, Page};

/// The pages about one booking, in a language's addresses.
pub(crate) fn router(language: Language) -> Router<App> {
    let path = |page: fn(String) -> Page| page("{token}".to_owned()).path(language);
    let choose = Page::Choose { facility: "{facility}".to_owned(), space: "{space}".to_owned() };
    let numbered = Page::NumberedReceipt { token: "{token}".to_owned(), number: "{number}".to_owned() };
    Router::new()
        .route(&choose.path(language), get(choose::show).post(choose::submit))
        .route(&path(Page::Booking), get(ticket::show))
        .route(&path(Page::Details), get(details::show).post(details::submit))
        .route(&path(Page::Check), get(check::show).post(check::submit))
        .route(&path(Page::Pay), get(pay::show).post(pay::submit))
        .route(&path(Page::OnAccount), post(pay::on_account))
        .route(&path(Page::Grant), post(grant::submit))
        .route(&path(Page::Extend), post(held::extend))
        .route(&path(Page::Move), get(change::show).post(change::submit))
        .route(&path(Page::Cancel), get(cancel::show).post(cancel::submit))
        .route(&path(Page::Receipt), get(receipt::show))
        .route(&numbered.path(language), get(receipt::show_numbered))
        .route(&path(Page::Calendar), get(calendar::show))
}
