//! All pages, in both languages.

use std::sync::Arc;

use axum::{Extension, Router, extract::DefaultBodyLimit, middleware::from_fn_with_state, routing::get};
use vayla_domain::Language;
use vayla_services::Services;

use crate::{
    about, booking, charge, day, facility, feed, invoice, payment, search, series, terminal,
    ui::{App, Page, Site, not_found, pages_for_refusals},
    waiting,
};

/// A page's form is never larger.
const FORM_BYTES_MAX: usize = 64 * 1024;

/// One router of pages.
pub fn router(services: Services, site: Site) -> Router {
    let app = App { services, site: Arc::new(site) };
    Language::ALL
        .into_iter()
        .fold(Router::new().route("/", get(search::first_visit)), |router, language| {
            let refusals = from_fn_with_state(app.clone(), pages_for_refusals);
            router.merge(pages(language).layer(refusals).layer(Extension(language)))
        })
        .layer(DefaultBodyLimit::max(FORM_BYTES_MAX))
        .fallback(not_found)
        .with_state(app)
}

fn pages(language: Language) -> Router<App> {
    let path = |page: Page| page.path(language);
    let day = Page::Day { place: "{place}".to_owned(), date: "{date}".to_owned() };
    Router::new()
        .route(&path(Page::Search), get(search::show))
        .route(&path(Page::Facilities), get(facility::list))
        .route(&path(Page::Facility("{slug}".to_owned())), get(facility::show))
        .route(&path(Page::Today("{place}".to_owned())), get(day::today))
        .route(&path(day), get(day::show))
        .route(&path(Page::Terminal("{payment}".to_owned())), get(terminal::show).post(terminal::submit))
        .route(&path(Page::Swish("{payment}".to_owned())), get(payment::show).post(payment::cancel))
        .route(&path(Page::Returned), get(payment::back))
        .route(&path(Page::Feeds), get(feed::show).post(feed::submit))
        .route(&path(Page::Accessibility), get(about::accessibility))
        .merge(booking::router(language))
        .merge(charge::router(language))
        .merge(invoice::router(language))
        .merge(series::router(language))
        .merge(waiting::router(language))
}
