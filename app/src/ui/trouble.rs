//! Pages for when something can't be had.

use axum::{
    extract::{FromRequestParts, Request},
    http::{Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use leptos::prelude::*;
use vayla_services::DbError;

use super::{App, Ctx, Page, Sheet, render};

/// Why there is no page.
#[derive(Debug)]
pub enum Trouble {
    NotFound,
    /// What was sent can't be read: a form or address that none of our pages makes.
    Unreadable(StatusCode),
    Unavailable(DbError),
}

impl From<DbError> for Trouble {
    fn from(error: DbError) -> Self {
        Self::Unavailable(error)
    }
}

impl Trouble {
    /// The page that says so. What went wrong inside stays in the log.
    pub fn page(&self, ctx: &Ctx) -> Response {
        let w = ctx.words();
        let (status, title, text) = match self {
            Self::NotFound => (StatusCode::NOT_FOUND, w.trouble_not_found(), w.trouble_not_found_text()),
            Self::Unreadable(StatusCode::PAYLOAD_TOO_LARGE) => {
                (StatusCode::PAYLOAD_TOO_LARGE, w.trouble_too_large(), w.trouble_too_large_text())
            }
            Self::Unreadable(status) => (*status, w.trouble_unreadable(), w.trouble_unreadable_text()),
            Self::Unavailable(error) => {
                tracing::error!(%error, "no page");
                (StatusCode::SERVICE_UNAVAILABLE, w.trouble_unavailable(), w.trouble_unavailable_text())
            }
        };
        let search = Page::Search.path(ctx.language);
        let mut response = render(ctx, || {
            let main = view! {
                <h1>{title.clone()}</h1>
                <p class="lead">{text}</p>
                <p><a class="btn quiet" href=search>{w.trouble_to_search()}</a></p>
            };
            Sheet { status, ..Sheet::new(Page::Search, title, main) }
        });
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("5"));
        }
        response
    }
}

/// For addresses that lead nowhere.
pub async fn not_found(app: axum::extract::State<App>, mut parts: Parts) -> Response {
    let language = parts.uri.path().split('/').nth(1).and_then(|code| code.parse().ok());
    if let Some(language) = language {
        let language: vayla_domain::Language = language;
        parts.extensions.insert(language);
    }
    match Ctx::from_request_parts(&mut parts, &app.0).await {
        Ok(ctx) => Trouble::NotFound.page(&ctx).into_response(),
    }
}

/// Gives the framework's own refusals (a form too large, a field twice, a wrong method) a page. An
/// address that can't be read leads nowhere, as any other that isn't ours.
pub async fn pages_for_refusals(ctx: Ctx, request: Request, next: Next) -> Response {
    let asked = request.method() == Method::GET;
    let response = next.run(request).await;
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let is_page = kind.is_some_and(|kind| kind.starts_with("text/html"));
    match response.status() {
        _ if is_page => response,
        StatusCode::BAD_REQUEST if asked => Trouble::NotFound.page(&ctx),
        status if status.is_client_error() => Trouble::Unreadable(status).page(&ctx),
        _ => response,
    }
}
