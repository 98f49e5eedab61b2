//! Reads what callers send: bodies and queries, strictly.

use std::fmt::Display;

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request},
    http::{HeaderMap, StatusCode, header, request::Parts},
};
use serde::{
    Deserialize, Deserializer,
    de::{self, DeserializeOwned},
};
use serde_json::{Number, Value};
use vayla_locales::words;

use super::problem::{FieldProblem, Problem};

/// A body is never larger.
pub const BODY_BYTES_MAX: usize = 1024 * 1024;

/// A JSON body.
pub struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        if !says_json(request.headers()) {
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not_json", |language| {
                words(language).problem_not_json()
            }));
        }
        let bytes =
            Bytes::from_request(request, state).await.map_err(|rejection| match rejection.status() {
                StatusCode::PAYLOAD_TOO_LARGE => too_large(),
                _ => bad_json(),
            })?;
        read(&bytes).map(Self)
    }
}

/// A document of rules: what its description allows and the rules don't, they refuse.
pub struct Document<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Document<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        Body::from_request(request, state)
            .await
            .map(|Body(document)| Self(document))
            .map_err(Problem::by_rules)
    }
}

fn says_json(headers: &HeaderMap) -> bool {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    media == "application/json" || (media.starts_with("application/") && media.ends_with("+json"))
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let value: Value = serde_json::from_slice(bytes).map_err(|_| bad_json())?;
    serde_path_to_error::deserialize(value).map_err(|error| field(&error))
}

/// A query of named parameters.
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        read_query(parts.uri.query().unwrap_or_default()).map(Self)
    }
}

fn read_query<T: DeserializeOwned>(query: &str) -> Result<T, Problem> {
    let pairs = serde_urlencoded::Deserializer::new(form_urlencoded::parse(query.as_bytes()));
    serde_path_to_error::deserialize(pairs).map_err(|error| field(&error))
}

/// A whole number, also as `12.0`: JSON has only one kind of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whole(pub i64);

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = Number::deserialize(deserializer)?;
        let from_decimal = || number.to_string().strip_suffix(".0")?.parse().ok();
        number.as_i64().or_else(from_decimal).map(Self).ok_or_else(|| de::Error::custom("not a whole number"))
    }
}

/// Where nothing can be asked for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

pub fn too_large() -> Problem {
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", |language| words(language).problem_too_large())
}

fn bad_json() -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "bad_json", |language| words(language).problem_bad_json())
}

/// Serde names the field that is missing or unknown in its message only; the path ends above it.
fn field<E: Display>(error: &serde_path_to_error::Error<E>) -> Problem {
    let (message, path) = (error.inner().to_string(), error.path().to_string());
    let path = if path == "." { String::new() } else { path };
    let named = |kind: &str| message.strip_prefix(kind).and_then(|rest| rest.split('`').next());
    if let Some(name) = named("unknown field `") {
        let field = below(&path, name);
        return Problem::unreadable(
            "unknown_field",
            FieldProblem::new(field.clone(), "unknown_field", move |language| {
                words(language).problem_unknown_field(&field)
            }),
        );
    }
    if let Some(name) = named("missing field `") {
        let field = below(&path, name);
        return Problem::unreadable(
            "invalid",
            FieldProblem::new(field.clone(), "missing", move |language| {
                words(language).problem_field_missing(&field)
            }),
        );
    }
    if path.is_empty() {
        return Problem::new(StatusCode::BAD_REQUEST, "invalid", |language| {
            words(language).problem_invalid()
        });
    }
    let shown = path.clone();
    Problem::unreadable(
        "invalid",
        FieldProblem::new(path, "invalid", move |language| words(language).problem_field_invalid(&shown)),
    )
}

fn below(path: &str, name: &str) -> String {
    let ends_with_it = path == name || path.ends_with(&format!(".{name}"));
    match path {
        "" => name.to_owned(),
        path if ends_with_it => path.to_owned(),
        path => format!("{path}.{name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only read")]
    struct Outer {
        inner: Inner,
        count: Option<u32>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only read")]
    struct Inner {
        name: String,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only read")]
    struct Asked {
        limit: Option<u32>,
    }

    #[test]
    fn a_problem_names_its_field() {
        let check = |body: &str, code: &str, field: &[&str]| {
            let problem = read::<Outer>(body.as_bytes()).expect_err(body);
            assert_eq!((problem.code, problem.fields()), (code, field.to_vec()), "{body}");
        };
        check("{", "bad_json", &[]);
        check("[1] 2", "bad_json", &[]);
        check("[]", "invalid", &[]);
        check("{}", "invalid", &["inner"]);
        check(r#"{"inner":{}}"#, "invalid", &["inner.name"]);
        check(r#"{"inner":{"name":1}}"#, "invalid", &["inner.name"]);
        check(r#"{"inner":{"name":"a","nick":"b"}}"#, "unknown_field", &["inner.nick"]);
        check(r#"{"inner":{"name":"a"},"other":1}"#, "unknown_field", &["other"]);
        check(r#"{"inner":{"name":"a"},"count":-1}"#, "invalid", &["count"]);
        assert!(read::<Outer>(br#"{"inner":{"name":"a"},"count":null}"#).is_ok());
    }

    #[test]
    fn a_whole_number_may_have_a_point() {
        let check =
            |text: &str, expected| assert_eq!(read::<Whole>(text.as_bytes()).ok(), expected, "{text}");
        check("12", Some(Whole(12)));
        check("12.0", Some(Whole(12)));
        check("12.5", None);
        check("1e300", None);
        check("\"12\"", None);
    }

    #[test]
    fn queries_are_read_as_strictly() {
        let check = |query: &str, code: &str, field: &[&str]| {
            let problem = read_query::<Asked>(query).expect_err(query);
            assert_eq!((problem.code, problem.fields()), (code, field.to_vec()), "{query}");
        };
        check("offset=1", "unknown_field", &["offset"]);
        check("limit=many", "invalid", &["limit"]);
        check("limit=1&limit=2", "invalid", &[]);
        assert!(read_query::<Asked>("limit=7").is_ok());
        assert!(read_query::<Nothing>("").is_ok());
        assert!(read_query::<Nothing>("a=").is_err());
    }
}
