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
        Refusal::InThePast => ("time", w.refused_in_the_past()),
        Refusal::OffRaster { step_minutes } => ("time", w.refused_off_raster(step_minutes)),
        Refusal::TooShort { minutes_min } => ("minutes", w.refused_too_short(length(minutes_min))),
        Refusal::TooLong { minutes_max } => ("minutes", w.refused_too_long(length(minutes_max))),
        Refusal::TooEarly { last } => ("date", w.refused_too_early(format::date_short(language, last))),
        Refusal::Closed => ("time", w.refused_closed()),
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
    match (problem, field) {
        (WhoProblem::Missing, WhoField::Email) => w.who_email_missing(),
        (WhoProblem::Missing, _) => w.who_name_missing(),
        (WhoProblem::TooLong { max }, _) => w.who_too_long(max as i64),
        (WhoProblem::NotAnEmail, _) => w.who_not_an_email(),
        (WhoProblem::NotAPhone, _) => w.who_not_a_phone(),
        (WhoProblem::NotACount { .. }, _) => w.who_not_a_count(),
        (WhoProblem::TooMany { capacity }, _) => w.who_too_many(capacity),
    }
}
