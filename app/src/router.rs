//! All pages, in both languages.

use std::sync::Arc;

use axum::{
    Extension, Router,
    extract::{Request, State},
    http::StatusCode,
    middleware::{Next, from_fn_with_state},
    response::Response,
    routing::get,
};
use vayla_domain::Language;
use vayla_services::Services;

use crate::{
    about, booking, day, facility, search, terminal,
    ui::{App, Page, Site, not_found},
};

/// One router of pages.
pub fn router(services: Services, site: Site) -> Router {
    let app = App { services, site: Arc::new(site) };
    Language::ALL
        .into_iter()
        .fold(Router::new().route("/", get(search::first_visit)), |router, language| {
            router.merge(pages(language).layer(Extension(language)))
        })
        .fallback(not_found)
        .layer(from_fn_with_state(app.clone(), readable))
        .with_state(app)
}

/// An address that can't be read leads nowhere: people are told so as of any other.
async fn readable(app: State<App>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let response = next.run(Request::from_parts(parts.clone(), body)).await;
    match response.status() {
        StatusCode::BAD_REQUEST => not_found(app, parts).await,
        _ => response,
    }
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
        .route(&path(Page::Accessibility), get(about::accessibility))
        .merge(booking::router(language))
}
