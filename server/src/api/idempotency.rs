//! A call that creates, sent twice with the same key, has one effect and one answer.

use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};
use vayla_locales::words;
use vayla_services::{
    Services,
    idempotency::{Answer, Attempt, Seen, begin, finish},
};

use super::{
    json::{BODY_BYTES_MAX, too_large},
    language,
    problem::{MEDIA_TYPE, Problem, rendered},
};

pub const KEY: HeaderName = HeaderName::from_static("idempotency-key");
const KEY_MAX: usize = 200;

/// Answers a repeated call with what was answered before; a call without a key goes through.
pub async fn once(State(services): State<Services>, request: Request, next: Next) -> Response {
    match key(request.headers()) {
        Ok(None) => next.run(request).await,
        Ok(Some(key)) => with_key(services, own(&key, request.headers()), request, next)
            .await
            .unwrap_or_else(Problem::into_response),
        Err(problem) => problem.into_response(),
    }
}

fn key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let Some(value) = headers.get(KEY) else { return Ok(None) };
    let fits =
        |key: &&str| (1..=KEY_MAX).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
    let key = value.to_str().ok().filter(fits).ok_or_else(|| {
        Problem::new(StatusCode::BAD_REQUEST, "idempotency_key", |language| {
            words(language).problem_idempotency_key(KEY_MAX)
        })
    })?;
    Ok(Some(key.to_owned()))
}

/// The key as it is kept. Each caller with a token has its own keys: two who count 1, 2, 3 don't meet.
fn own(key: &str, headers: &HeaderMap) -> String {
    match headers.get(header::AUTHORIZATION) {
        None => key.to_owned(),
        Some(bearer) => format!("{} {key}", hashed([bearer.as_bytes()])),
    }
}

async fn with_key(
    services: Services,
    key: String,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let wished = language::wished(request.headers());
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, BODY_BYTES_MAX).await.map_err(|_| too_large())?;
    let attempt = match begin(&services, &key, &hash(&parts, &body)).await? {
        Seen::New(attempt) => attempt,
        Seen::Answered(answer) => return Ok(repeated(answer)),
        Seen::Mismatch => return Err(mismatch()),
        Seen::InProgress => return Err(in_progress()),
        Seen::Lost => return Err(answer_lost()),
    };
    // By itself: a caller who hangs up doesn't leave a key without its answer.
    let work = tokio::spawn(async move {
        let request = Request::from_parts(parts, Body::from(body));
        let response = attempt.clone().run(next.run(request)).await;
        keep(&services, &attempt, rendered(response, wished)).await
    });
    work.await.map_err(|panic| {
        tracing::error!(%panic, "a call with a key");
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", |language| {
            words(language).problem_internal()
        })
    })
}

/// What has been done is told, also where the answer can't be kept.
async fn keep(services: &Services, attempt: &Attempt, response: Response) -> Response {
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let etag = parts.headers.get(header::ETAG).and_then(|tag| tag.to_str().ok());
    let answer = Answer {
        status: parts.status.as_u16(),
        response: String::from_utf8_lossy(&body).into_owned(),
        etag: etag.map(str::to_owned),
    };
    if let Err(error) = finish(services, attempt, &answer).await {
        tracing::error!(%error, "an answer isn't kept for its key");
    }
    Response::from_parts(parts, Body::from(body))
}

/// Names the call: who may repeat it is part of it, so that a key alone opens nothing.
fn hash(parts: &Parts, body: &[u8]) -> String {
    let path = parts.uri.path_and_query().map_or("", |path| path.as_str());
    let bearer = parts.headers.get(header::AUTHORIZATION).map_or(&b""[..], HeaderValue::as_bytes);
    hashed([parts.method.as_str().as_bytes(), path.as_bytes(), bearer, body])
}

fn hashed<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hash = Sha256::new();
    for piece in pieces {
        hash.update(piece.len().to_be_bytes());
        hash.update(piece);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn repeated(Answer { status, response, etag }: Answer) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let media_type = if status.is_success() { "application/json" } else { MEDIA_TYPE };
    let mut repeated = (status, [(header::CONTENT_TYPE, media_type)], response).into_response();
    let etag = etag.and_then(|tag| HeaderValue::from_str(&tag).ok());
    repeated.headers_mut().extend(etag.map(|tag| (header::ETAG, tag)));
    repeated
}

fn mismatch() -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "idempotency_mismatch", |language| {
        words(language).problem_idempotency_mismatch()
    })
}

fn in_progress() -> Problem {
    Problem::new(StatusCode::CONFLICT, "in_progress", |language| words(language).problem_in_progress())
}

fn answer_lost() -> Problem {
    Problem::new(StatusCode::CONFLICT, "answer_lost", |language| words(language).problem_answer_lost())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(key: &str) -> HeaderMap {
        HeaderMap::from_iter([(KEY, HeaderValue::from_str(key).expect("a header"))])
    }

    #[test]
    fn a_key_is_1_to_200_plain_letters() {
        assert_eq!(key(&HeaderMap::new()).expect("none"), None);
        assert_eq!(key(&headers("a-1")).expect("a key"), Some("a-1".to_owned()));
        assert!(key(&headers(&"a".repeat(200))).is_ok());
        for bad in [String::new(), "a b".to_owned(), "a".repeat(201)] {
            assert_eq!(key(&headers(&bad)).expect_err("no key").code, "idempotency_key");
        }
    }

    #[test]
    fn each_caller_has_its_own_keys() {
        let with = |bearer: &'static str| {
            HeaderMap::from_iter([(header::AUTHORIZATION, HeaderValue::from_static(bearer))])
        };
        assert_eq!(own("1", &HeaderMap::new()), "1");
        assert_eq!(own("1", &with("Bearer a")), own("1", &with("Bearer a")));
        assert_ne!(own("1", &with("Bearer a")), own("1", &with("Bearer b")));
        assert!(!own("1", &with("Bearer secret")).contains("secret"));
    }

    #[test]
    fn another_method_path_caller_or_body_is_another_call() {
        let hashed = |path: &str, bearer: &str, body: &str| {
            let request =
                Request::post(path).header(header::AUTHORIZATION, bearer).body(()).expect("a request");
            hash(&request.into_parts().0, body.as_bytes())
        };
        let one = hashed("/api/v1/bookings", "Bearer a", "{}");
        assert_eq!(one, hashed("/api/v1/bookings", "Bearer a", "{}"));
        assert_ne!(one, hashed("/api/v1/quotes", "Bearer a", "{}"));
        assert_ne!(one, hashed("/api/v1/bookings", "Bearer b", "{}"));
        assert_ne!(one, hashed("/api/v1/bookings", "Bearer a", "{ }"));
    }
}
