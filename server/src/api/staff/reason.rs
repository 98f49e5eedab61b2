//! Why staff do what others have to put up with.

use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;
use vayla_domain::{Bilingual, Language, Reason, ReasonProblem};
use vayla_locales::words;

use super::super::problem::{FieldProblem, Problem};

/// For those whom it concerns: each reads it in their language.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReasonGiven {
    #[schema(min_length = 1, max_length = 500, example = "Ismaskinen är trasig.")]
    sv: String,
    #[schema(min_length = 1, max_length = 500, example = "Jääkone on rikki.")]
    fi: String,
}

impl ReasonGiven {
    /// The reason in the body's field `reason`.
    pub fn read(self) -> Result<Reason, Problem> {
        Reason::parse(&Bilingual { sv: self.sv, fi: self.fi }).map_err(refused)
    }
}

fn refused(problems: Vec<(Language, ReasonProblem)>) -> Problem {
    let errors = problems.into_iter().map(|(of, problem)| {
        FieldProblem::new(format!("reason.{}", of.code()), code(problem), move |language| {
            text(language, problem)
        })
    });
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", |language| words(language).problem_invalid())
        .with_errors(errors.collect())
}

const fn code(problem: ReasonProblem) -> &'static str {
    match problem {
        ReasonProblem::Missing => "missing",
        ReasonProblem::TooLong { .. } => "too_long",
    }
}

fn text(language: Language, problem: ReasonProblem) -> String {
    match problem {
        ReasonProblem::Missing => words(language).problem_reason_missing(),
        ReasonProblem::TooLong { max } => words(language).problem_reason_too_long(max),
    }
}
