//! The built site, out of the program itself.

use axum::{
    Router,
    extract::Path,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};

include!(concat!(env!("OUT_DIR"), "/site.rs"));

/// The names of script and style as the bundle wrote them; `None` where it hasn't run: pages work
/// without either.
pub fn names() -> (Option<String>, Option<String>) {
    let names: Option<serde_json::Value> =
        file("site.json").and_then(|json| serde_json::from_slice(json).ok());
    let name = |key| names.as_ref().and_then(|names| names[key].as_str()).map(str::to_owned);
    (name("script"), name("style"))
}

pub fn router() -> Router {
    Router::new().route("/assets/{name}", get(asset)).route("/favicon.ico", get(favicon))
}

async fn favicon(headers: HeaderMap) -> Response {
    asset(Path("favicon.svg".to_owned()), headers).await
}

async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(plain) = file(&name).filter(|_| name != "site.json") else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
    let packed = [("br", "br"), ("gzip", "gz")].into_iter().find_map(|(encoding, ending)| {
        let wanted = accepted.split(',').any(|one| one.trim().split(';').next() == Some(encoding));
        Some((encoding, file(&format!("{name}.{ending}")).filter(|_| wanted)?))
    });
    let (encoding, body) = packed.map_or((None, plain), |(encoding, body)| (Some(encoding), body));
    let mut response = body.into_response();
    let mut set = |key, value| response.headers_mut().insert(key, header::HeaderValue::from_static(value));
    set(header::CONTENT_TYPE, kind(&name));
    set(header::VARY, "accept-encoding");
    // A name with a hash in it means one content for ever.
    let lasting =
        if name.starts_with("vayla-") { "public, max-age=31536000, immutable" } else { "max-age=3600" };
    set(header::CACHE_CONTROL, lasting);
    encoding.map(|encoding| set(header::CONTENT_ENCODING, encoding));
    response
}

fn file(name: &str) -> Option<&'static [u8]> {
    FILES.iter().find(|(known, _)| *known == name).map(|(_, bytes)| *bytes)
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}
