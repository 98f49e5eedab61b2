//! Step 2: who books, and what for.

use axum::{
    Form,
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;
use vayla_domain::booking::{Who, WhoFields};
use vayla_services::booking::{Booking, DetailsError, set_details};

use super::{
    held::{Step, held, steps, summary},
    problem,
};
use crate::ui::{Ctx, Errors, Field, Page, Sheet, Trouble, render};

pub(super) const FORM: &str = "details";

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct DetailsFields {
    name: String,
    email: String,
    phone: String,
    purpose: String,
    people: String,
    switch: String,
}

impl DetailsFields {
    fn of(booking: &Booking) -> Self {
        let Some(who) = &booking.who else { return Self::default() };
        Self {
            name: who.name.clone(),
            email: who.email.clone(),
            phone: who.phone.clone().unwrap_or_default(),
            purpose: who.purpose.clone().unwrap_or_default(),
            people: who.people.map(|count| count.to_string()).unwrap_or_default(),
            switch: String::new(),
        }
    }

    fn typed(&self) -> WhoFields<'_> {
        WhoFields {
            name: &self.name,
            email: &self.email,
            phone: &self.phone,
            purpose: &self.purpose,
            people: &self.people,
        }
    }
}

pub(super) async fn show(ctx: Ctx, Path(token): Path<String>) -> Response {
    match held(&ctx, &token).await {
        Ok(booking) => page(&ctx, &booking, &token, &DetailsFields::of(&booking), &Errors::default()),
        Err(response) => response,
    }
}

pub(super) async fn submit(
    ctx: Ctx,
    Path(token): Path<String>,
    Form(fields): Form<DetailsFields>,
) -> Response {
    let booking = match held(&ctx, &token).await {
        Ok(booking) => booking,
        Err(response) => return response,
    };
    if !fields.switch.is_empty() {
        return page(&ctx, &booking, &token, &fields, &Errors::default());
    }
    let who = match Who::parse(fields.typed(), ctx.language, booking.space.capacity) {
        Ok(who) => who,
        Err(problems) => return page(&ctx, &booking, &token, &fields, &problem::who(&ctx, problems)),
    };
    let next = match set_details(&ctx.services, booking.id, &who).await {
        Ok(()) => Page::Check(token),
        Err(DetailsError::NotHeld) => Page::Booking(token),
        Err(DetailsError::Db(error)) => return Trouble::from(error).page(&ctx),
    };
    Redirect::to(&next.path(ctx.language)).into_response()
}

/// The step with what was typed, after something else was done on it.
pub(super) async fn again(ctx: &Ctx, token: &str, fields: &DetailsFields) -> Response {
    match held(ctx, token).await {
        Ok(booking) => page(ctx, &booking, token, fields, &Errors::default()),
        Err(response) => response,
    }
}

fn page(ctx: &Ctx, booking: &Booking, token: &str, fields: &DetailsFields, errors: &Errors) -> Response {
    render(ctx, || {
        let w = ctx.words();
        let this = Page::Details(token.to_owned());
        let field = |id, label, value: &str| Field::text(id, label, value);
        let main = view! {
            {errors.summary(ctx)}
            {steps(ctx, Step::Details, Some((booking, token)))}
            <h1>{w.details_title()}</h1>
            {summary(ctx, booking, token, Step::Details).into_any()}
            <form id=FORM class="stack" method="post" action=this.path(ctx.language)>
                {Field { autocomplete: Some("name"), required: true, ..field("name", w.details_name(), &fields.name) }.view(errors)}
                {Field {
                    autocomplete: Some("email"),
                    inputmode: Some("email"),
                    kind: "email",
                    required: true,
                    hint: Some(w.details_email_hint()),
                    ..field("email", w.details_email(), &fields.email)
                }.view(errors)}
                {Field { autocomplete: Some("tel"), kind: "tel", ..field("phone", w.details_phone(), &fields.phone) }.view(errors)}
                {field("purpose", w.details_purpose(), &fields.purpose).view(errors)}
                {Field { inputmode: Some("numeric"), narrow: true, ..field("people", w.details_people(), &fields.people) }.view(errors)}
                <p class="quiet">{w.details_privacy()}</p>
                <p class="acts"><button class="btn" type="submit">{w.step_continue()}</button></p>
            </form>
        };
        let sheet = Sheet::new(this, w.details_title(), main).switched_by(FORM).with_islands();
        if errors.is_empty() { sheet } else { sheet.failed(ctx) }
    })
}
