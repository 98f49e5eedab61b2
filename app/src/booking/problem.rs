//! Why a time can't be had, in words that say what to do.

use vayla_domain::{
    booking::{WhoField, WhoProblem},
    space::Refusal,
};
use vayla_services::{catalogue::Space, wording};

use crate::ui::{Ctx, Errors};

/// The field that a refusal is about, and what to do.
pub(crate) fn refusal(ctx: &Ctx, space: &Space, refusal: &Refusal) -> (&'static str, String) {
    let field = match refusal {
        Refusal::TooShort { .. } | Refusal::TooLong { .. } => "minutes",
        Refusal::TooEarly { .. } => "date",
        _ => "time",
    };
    (field, wording::refusal(ctx.language, refusal, &space.facility.municipality))
}

/// What is wrong with who and what.
pub(crate) fn who(ctx: &Ctx, problems: Vec<(WhoField, WhoProblem)>) -> Errors {
    let mut errors = Errors::default();
    for (field, problem) in problems {
        errors.add(field_id(field), who_text(ctx, field, problem));
    }
    errors
}

const fn field_id(field: WhoField) -> &'static str {
    match field {
        WhoField::Name => "name",
        WhoField::Email => "email",
        WhoField::Phone => "phone",
        WhoField::Purpose => "purpose",
        WhoField::People => "people",
    }
}

fn who_text(ctx: &Ctx, field: WhoField, problem: WhoProblem) -> String {
    let w = ctx.words();
    match (field, problem) {
        (WhoField::Email, WhoProblem::Missing) => w.problem_email_missing(),
        (_, WhoProblem::Missing) => w.problem_name_missing(),
        (WhoField::Email, WhoProblem::TooLong { max }) => w.problem_email_too_long(max),
        (WhoField::Phone, WhoProblem::TooLong { max }) => w.problem_phone_too_long(max),
        (WhoField::Purpose, WhoProblem::TooLong { max }) => w.problem_purpose_too_long(max),
        (_, WhoProblem::TooLong { max }) => w.problem_name_too_long(max),
        (_, WhoProblem::NotAnEmail) => w.problem_email_format(),
        (_, WhoProblem::NotAPhone) => w.problem_phone_format(),
        (_, WhoProblem::NotACount { max }) => w.problem_people_format(max),
        (_, WhoProblem::TooMany { capacity }) => w.problem_people_too_many(capacity),
    }
}
