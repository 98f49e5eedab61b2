//! What stands in the way (RFC 9457), written in the caller's language at the very end.

use std::{any::Any, fmt, sync::Arc};

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use vayla_domain::Language;
use vayla_locales::words;
use vayla_services::{
    DbError,
    catalogue::{Facility, Municipality},
    closure::Affected,
};

use super::{
    instant::Instant,
    language,
    names::{Names, Status},
};

pub const MEDIA_TYPE: &str = "application/problem+json";
/// After so long, one may try again.
const RETRY_SECONDS: &str = "5";

type Text = Arc<dyn Fn(Language) -> String + Send + Sync>;

/// A problem in no language yet: [`render`] writes it.
#[derive(Clone)]
pub struct Problem {
    status: StatusCode,
    /// Stable: callers' programs may decide by it.
    pub code: &'static str,
    detail: Text,
    errors: Vec<FieldProblem>,
    alternatives: Option<Vec<Alternative>>,
    bookings: Option<Vec<AffectedBooking>>,
    /// Where the caller has named no language of ours.
    fallback: Language,
}

/// What is wrong with one field.
#[derive(Clone)]
pub struct FieldProblem {
    field: String,
    code: &'static str,
    detail: Text,
}

impl FieldProblem {
    pub fn new(
        field: impl Into<String>,
        code: &'static str,
        detail: impl Fn(Language) -> String + Send + Sync + 'static,
    ) -> Self {
        Self { field: field.into(), code, detail: Arc::new(detail) }
    }
}

impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.status, self.code)
    }
}

impl Problem {
    pub fn new(
        status: StatusCode,
        code: &'static str,
        detail: impl Fn(Language) -> String + Send + Sync + 'static,
    ) -> Self {
        let (errors, alternatives, bookings) = (Vec::new(), None, None);
        let (detail, fallback) = (Arc::new(detail), Language::Sv);
        Self { status, code, detail, errors, alternatives, bookings, fallback }
    }

    /// The rules refuse the value of a field.
    pub fn refused(
        code: &'static str,
        field: &str,
        detail: impl Fn(Language) -> String + Send + Sync + 'static,
    ) -> Self {
        let mut problem = Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, detail);
        problem.errors =
            vec![FieldProblem { field: field.to_owned(), code, detail: Arc::clone(&problem.detail) }];
        problem
    }

    /// The request can't be read because of a field.
    pub fn unreadable(code: &'static str, error: FieldProblem) -> Self {
        let mut problem = Self::new(StatusCode::BAD_REQUEST, code, |_| String::new());
        problem.detail = Arc::clone(&error.detail);
        problem.errors = vec![error];
        problem
    }

    /// A value that can be read but makes no sense is refused, where rules are finer than their description.
    pub fn by_rules(self) -> Self {
        let status = if self.code == "invalid" { StatusCode::UNPROCESSABLE_ENTITY } else { self.status };
        Self { status, ..self }
    }

    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", |language| words(language).problem_not_found())
    }

    pub fn with_errors(mut self, errors: Vec<FieldProblem>) -> Self {
        self.errors = errors;
        self
    }

    pub fn with_alternatives(mut self, alternatives: Vec<Alternative>) -> Self {
        self.alternatives = Some(alternatives);
        self
    }

    pub fn with_bookings(mut self, bookings: Vec<AffectedBooking>) -> Self {
        self.bookings = Some(bookings);
        self
    }

    /// The same about what stands in a field of the body.
    pub fn below(mut self, field: &str) -> Self {
        for error in &mut self.errors {
            error.field = format!("{field}.{}", error.field);
        }
        self
    }

    /// About this facility: its town's language, where the caller has named none of ours.
    pub fn at(self, facility: &Facility) -> Self {
        self.within(&facility.municipality)
    }

    /// The same about this town.
    pub fn within(mut self, town: &Municipality) -> Self {
        self.fallback = language::of_town(town);
        self
    }

    #[cfg(test)]
    pub fn fields(&self) -> Vec<&str> {
        self.errors.iter().map(|error| error.field.as_str()).collect()
    }

    fn body(&self, language: Language) -> ProblemBody {
        let error = |error: &FieldProblem| FieldErrorBody {
            field: error.field.clone(),
            code: error.code,
            detail: (error.detail)(language),
        };
        ProblemBody {
            kind: format!("urn:problem-type:vayla:{}", self.code),
            title: title(self.status, language),
            status: self.status.as_u16(),
            detail: (self.detail)(language),
            code: self.code,
            errors: self.errors.iter().map(error).collect(),
            alternatives: self.alternatives.clone(),
            bookings: self.bookings.clone(),
        }
    }
}

fn title(status: StatusCode, language: Language) -> String {
    let words = words(language);
    match status.as_u16() {
        400 | 415 => words.problem_title_unreadable(),
        401 => words.problem_title_unauthorized(),
        403 => words.problem_title_forbidden(),
        404 => words.problem_title_not_found(),
        405 => words.problem_title_method(),
        409 | 412 => words.problem_title_conflict(),
        413 => words.problem_title_too_large(),
        500.. => words.problem_title_failed(),
        _ => words.problem_title_refused(),
    }
}

impl From<DbError> for Problem {
    fn from(error: DbError) -> Self {
        tracing::error!(%error, "the database");
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", |language| {
            words(language).problem_unavailable()
        })
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        let header = match self.status {
            StatusCode::UNAUTHORIZED => Some((header::WWW_AUTHENTICATE, "Bearer")),
            StatusCode::SERVICE_UNAVAILABLE => Some((header::RETRY_AFTER, RETRY_SECONDS)),
            _ => None,
        };
        response.headers_mut().extend(header.map(|(name, value)| (name, HeaderValue::from_static(value))));
        response.extensions_mut().insert(self);
        response
    }
}

/// Writes the problem of an answer, if it has one.
pub async fn render(request: Request, next: Next) -> Response {
    let wished = language::wished(request.headers());
    let mut response = rendered(next.run(request).await, wished);
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// The same for an answer in hand.
pub fn rendered(mut response: Response, wished: Option<Language>) -> Response {
    let Some(problem) = response.extensions_mut().remove::<Problem>() else { return response };
    let language = wished.unwrap_or(problem.fallback);
    let body = serde_json::to_vec(&problem.body(language)).unwrap_or_default();
    *response.body_mut() = Body::from(body);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.code()));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Language"));
    response
}

pub async fn no_such_path() -> Problem {
    Problem::not_found()
}

pub async fn no_such_method(method: Method) -> Problem {
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", move |language| {
        words(language).problem_method(method.as_str())
    })
}

/// A mistake of ours: logged, and told without its details.
pub fn panicked(_: Box<dyn Any + Send>) -> Response {
    tracing::error!("a handler of the API panicked");
    let internal = |language| words(language).problem_internal();
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", internal).into_response()
}

/// What stands in the way, and what to do about it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody {
    #[serde(rename = "type")]
    #[schema(format = "uri", example = "urn:problem-type:vayla:occupied")]
    pub kind: String,
    /// In the caller's language, as all text.
    #[schema(example = "Det går inte just nu")]
    pub title: String,
    #[schema(minimum = 400, maximum = 599, example = 409)]
    pub status: u16,
    #[schema(example = "Någon annan har hunnit boka tiden. Välj en annan tid.")]
    pub detail: String,
    /// Stable: decide by this.
    #[schema(pattern = "^[a-z_]+$", example = "occupied")]
    pub code: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub errors: Vec<FieldErrorBody>,
    /// With `occupied`: the nearest free times.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub alternatives: Option<Vec<Alternative>>,
    /// With `undecided`: what is booked there, and nothing has been said of.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub bookings: Option<Vec<AffectedBooking>>,
}

/// What is wrong with one field.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FieldError)]
pub struct FieldErrorBody {
    #[schema(example = "booker.email")]
    pub field: String,
    #[schema(pattern = "^[a-z_]+$", example = "not_an_email")]
    pub code: &'static str,
    pub detail: String,
}

/// A free time near the one that is taken.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Alternative {
    pub space: Uuid,
    pub space_name: Names,
    pub facility_name: Names,
    pub start: Instant,
    pub end: Instant,
}

/// A booking where something is closed; by whom, only the scope `bookings` tells.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AffectedBooking {
    pub id: Uuid,
    /// What people say on the phone.
    #[schema(example = "HT-4K7M-2QX")]
    pub reference: String,
    pub status: Status,
    pub space: Uuid,
    pub space_name: Names,
    pub start: Instant,
    pub end: Instant,
}

impl From<&Affected> for AffectedBooking {
    fn from(booking: &Affected) -> Self {
        let space = &booking.space;
        Self {
            id: booking.id,
            reference: booking.reference.clone(),
            status: Status(booking.state),
            space: space.id,
            space_name: (&space.name).into(),
            start: Instant::new(booking.span.start().start(), space.zone()),
            end: Instant::new(booking.span.end().start(), space.zone()),
        }
    }
}
