//! The token that a caller shows.

use axum::http::{HeaderMap, StatusCode, header};
use vayla_domain::Language;

use super::problem::Problem;

/// The token of an `Authorization: Bearer`.
pub fn token(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim()).filter(|token| !token.is_empty())
}

pub fn missing(detail: impl Fn(Language) -> String + Send + Sync + 'static) -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, "token_missing", detail)
}

pub fn invalid(detail: impl Fn(Language) -> String + Send + Sync + 'static) -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, "token_invalid", detail)
}

#[cfg(test)]
mod tests {
    use axum::extract::Request;

    use super::*;

    #[test]
    fn only_a_bearer_brings_a_token() {
        let check = |value: &str, expected| {
            let request = Request::get("/").header(header::AUTHORIZATION, value).body(()).expect("a request");
            assert_eq!(token(request.headers()), expected, "{value}");
        };
        check("Bearer abc", Some("abc"));
        check("bearer  abc ", Some("abc"));
        check("Basic abc", None);
        check("Bearer ", None);
        check("Bearer", None);
    }
}
