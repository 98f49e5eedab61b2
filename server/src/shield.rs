//! Headers that every answer has, and the check that every form comes from our own pages.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};

/// Pages bring a policy of their own, with a nonce; everything else may load nothing.
const NOTHING: &str = "default-src 'none'; frame-ancestors 'none'";

pub async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut default = |name: HeaderName, value| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    default(header::CONTENT_SECURITY_POLICY, NOTHING);
    // Answers are about one booking at one moment; what may be kept says so itself.
    default(header::CACHE_CONTROL, "no-store");
    default(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    // Links in mails are keys: no other site learns of them.
    default(header::REFERRER_POLICY, "same-origin");
    default(header::X_FRAME_OPTIONS, "DENY");
    response
}

/// A page for what must never happen, in both languages because nothing is known any more. What it
/// was stands in the log.
pub fn panicked(panic: Box<dyn std::any::Any + Send>) -> Response {
    let what = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
    tracing::error!(what, "a handler panicked");
    let page = "<!DOCTYPE html><html lang=\"sv\"><head><meta charset=\"utf-8\"><title>Väylä</title></head><body>\
                <p>Något gick fel hos oss. Ladda om sidan om en stund.</p>\
                <p lang=\"fi\">Meillä tapahtui virhe. Lataa sivu hetken kuluttua uudelleen.</p></body></html>";
    (StatusCode::INTERNAL_SERVER_ERROR, Html(page)).into_response()
}

/// Refuses a form that another site has sent in somebody's name.
pub async fn same_origin(request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || is_ours(request.headers()) {
        next.run(request).await
    } else {
        StatusCode::FORBIDDEN.into_response()
    }
}

fn is_ours(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (text("sec-fetch-site"), text("origin"), text("host")) {
        (Some(site), ..) => matches!(site, "same-origin" | "none"),
        (None, Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, from)| from == host),
        (None, Some(_), None) => false,
        (None, None, _) => true, // no browser sent it: there is no one to trick
    }
}
