//! Why a time can't be had, in words that say what to do.

use vayla_domain::{
    booking::{WhoField, WhoProblem},
    space::Refusal,
};
use vayla_locales::format;

use crate::ui::{Ctx, Errors};

/// The field that a refusal is about, and what to do.
pub(crate) fn refusal(ctx: &Ctx, refusal: Refusal) -> (&'static str, String) {
    let (w, language) = (ctx.words(), ctx.language);
    let length = |minutes: i64| format::duration(language, u32::try_from(minutes).unwrap_or(0));
    match refusal {
        Refusal::InThePast => ("time", w.problem_in_the_past()),
        Refusal::OffRaster { step_minutes } => ("time", w.problem_off_raster(length(step_minutes))),
        Refusal::TooShort { minutes_min } => ("minutes", w.problem_too_short(length(minutes_min))),
        Refusal::TooLong { minutes_max } => ("minutes", w.problem_too_long(length(minutes_max))),
        Refusal::TooEarly { last } => ("date", w.problem_too_early(format::date_short(language, last))),
        Refusal::Closed => ("time", w.problem_closed()),
    }
}

/// What is wrong with who and what.
pub(super) fn who(ctx: &Ctx, problems: Vec<(WhoField, WhoProblem)>) -> Errors {
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
