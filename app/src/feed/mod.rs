//! The links to one's bookings as a calendar: asked for here, sent by letter.

mod page;

use axum::{Form, response::Response};
use serde::Deserialize;
use vayla_domain::booking::{WhoProblem, read_email};
use vayla_services::feed::send_links;

use crate::ui::{Ctx, Errors, Trouble};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct FeedFields {
    email: String,
    switch: String,
}

pub(crate) async fn show(ctx: Ctx) -> Response {
    page::ask(&ctx, "", &Errors::default())
}

/// The answer is the same whether anybody has booked with the address or not.
pub(crate) async fn submit(ctx: Ctx, Form(fields): Form<FeedFields>) -> Response {
    if !fields.switch.is_empty() {
        return page::ask(&ctx, &fields.email, &Errors::default());
    }
    let email = match read_email(&fields.email) {
        Ok(email) => email,
        Err(problem) => return page::ask(&ctx, &fields.email, &errors(&ctx, problem)),
    };
    match send_links(&ctx.services, &email, ctx.language).await {
        Ok(()) => page::sent(&ctx, &email),
        Err(error) => Trouble::from(error).page(&ctx),
    }
}

fn errors(ctx: &Ctx, problem: WhoProblem) -> Errors {
    let (w, mut errors) = (ctx.words(), Errors::default());
    let message = match problem {
        WhoProblem::Missing => w.feeds_email_missing(),
        WhoProblem::TooLong { max } => w.problem_email_too_long(max),
        _ => w.problem_email_format(),
    };
    errors.add(page::EMAIL, message);
    errors
}
