//! What the steps after the first share: the held booking, its clock, its place in the row.

use axum::{
    Form,
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use serde::Deserialize;
use vayla_domain::booking::BookingState;
use vayla_services::{
    booking::{self, Booking},
    catalogue::Municipality,
    wording,
};

use super::details::{self, DetailsFields};
use crate::islands::HoldClock;
use crate::ui::{Ctx, Page, Trouble, book_link, both_clocks, both_prices};

/// The four steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Choose,
    Details,
    Check,
    Pay,
}

/// The booking that a link manages.
pub async fn booking_of(ctx: &Ctx, token: &str) -> Result<Booking, Trouble> {
    let id = ctx.services.secret.read_token(token).ok_or(Trouble::NotFound)?;
    booking::find(&ctx.services, id).await?.ok_or(Trouble::NotFound)
}

/// The booking, while its time is held; otherwise the page that tells what became of it.
pub async fn held(ctx: &Ctx, token: &str) -> Result<Booking, Response> {
    let booking = booking_of(ctx, token).await.map_err(|trouble| trouble.page(ctx))?;
    if booking.state_at(ctx.now) == BookingState::Held {
        Ok(booking)
    } else {
        Err(Redirect::to(&Page::Booking(token.to_owned()).path(ctx.language)).into_response())
    }
}

/// A little more time, once. Step 2 comes back with what was typed in it; the others are read anew.
pub async fn extend(ctx: Ctx, Path(token): Path<String>, Form(fields): Form<ExtendFields>) -> Response {
    let booking = match held(&ctx, &token).await {
        Ok(booking) => booking,
        Err(response) => return response,
    };
    if let Err(booking::DetailsError::Db(error)) = booking::extend(&ctx.services, &booking).await {
        return Trouble::from(error).page(&ctx);
    }
    let next = match fields.step.as_str() {
        "details" => return details::again(&ctx, &token, &fields.details).await,
        "pay" => Page::Pay(token),
        _ => Page::Check(token),
    };
    Redirect::to(&next.path(ctx.language)).into_response()
}

/// The step that more time was asked for on, with its fields.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ExtendFields {
    step: String,
    #[serde(flatten)]
    details: DetailsFields,
}

/// Where one is in the row of steps, and the way back.
pub fn steps(ctx: &Ctx, now: Step, held: Option<(&Booking, &str)>) -> impl IntoView + use<> {
    let (w, language) = (ctx.words(), ctx.language);
    let named = [
        (Step::Choose, w.step_choose()),
        (Step::Details, w.step_details()),
        (Step::Check, w.step_check()),
        (Step::Pay, w.step_pay()),
    ];
    let current = named.iter().position(|(step, _)| *step == now).unwrap_or_default();
    let items = named.into_iter().enumerate().map(|(place, (step, name))| {
        let back = held.filter(|_| place < current).map(|(booking, token)| match step {
            Step::Choose => choose_again(ctx, booking, token),
            Step::Details => Page::Details(token.to_owned()).path(language),
            Step::Check | Step::Pay => Page::Check(token.to_owned()).path(language),
        });
        let class = if place < current { "done" } else { "" };
        let name = match back {
            Some(href) => view! { <a href=href>{name}</a> }.into_any(),
            None => view! { <span>{name}</span> }.into_any(),
        };
        view! { <li class=class aria-current=(place == current).then_some("step")>{name}</li> }
    });
    view! { <nav aria-label=w.steps_label()><ol class="steps">{items.collect_view()}</ol></nav> }
}

/// Back to the first step with all that was chosen; the hold stays until another is had.
pub fn choose_again(ctx: &Ctx, booking: &Booking, token: &str) -> String {
    let home = booking.home.as_ref().map_or("", |home| home.code());
    let (group, use_of) = (booking.price_group.code(), booking.use_of.code());
    let chosen = [("group", group), ("home", home), ("use", use_of), ("earlier", token)];
    book_link(ctx.language, &booking.space, booking.span, &chosen)
}

/// What is held, until when, and the button for a little more time.
pub fn summary(ctx: &Ctx, booking: &Booking, token: &str, step: Step) -> impl IntoView + use<> {
    let (w, language, space) = (ctx.words(), ctx.language, &booking.space);
    let town = &space.facility.municipality;
    let date = booking.starts_at().with_timezone(&town.zone).date_naive();
    let extend = (!booking.hold_extended).then(|| extend_button(ctx, token, step).into_any());
    let other = booking.other.as_ref().map(|(money, _)| money);
    view! {
        <section class="held" aria-label=w.hold_label()>
            <div>
                <b>{wording::place(language, space)}</b>
                <span class="date">{vayla_locales::format::date_long(language, date)}</span>
                {both_clocks(ctx, space, booking.span)}
            </div>
            {both_prices(language, booking.total, other.ok_or(vayla_domain::money::RateError::Unknown), true)}
            <div class="hold">{clock(ctx, town, booking.hold_expires_at)} {extend}</div>
        </section>
    }
}

/// Until when a time is held, and how long that still is.
pub fn clock(ctx: &Ctx, town: &Municipality, ends_at: DateTime<Utc>) -> impl IntoView + use<> {
    let (w, until) = (ctx.words(), wording::time(ctx.language, ends_at, town.zone));
    let left = (ends_at - ctx.now).num_minutes();
    let labels: Vec<String> = (0..=left).map(|minutes| w.hold_minutes_left(minutes)).collect();
    view! {
        <span>{w.hold_until(until)} " " <span class="clock-label">{w.clock_label(&town.country)}</span></span>
        <HoldClock
            ends_at_ms=ends_at.timestamp_millis()
            now_ms=ctx.now.timestamp_millis()
            first=left
            labels
            over=w.hold_over()
        />
    }
}

/// On step 2 it sends that step's form along, so that nothing typed is lost.
fn extend_button(ctx: &Ctx, token: &str, step: Step) -> impl IntoView + use<> {
    let text = ctx.words().hold_extend(booking::EXTENSION_MINUTES);
    let action = Page::Extend(token.to_owned()).path(ctx.language);
    match step {
        Step::Details => view! {
            <button class="link" type="submit" form=details::FORM formaction=action formnovalidate name="step" value="details">
                {text}
            </button>
        }
        .into_any(),
        _ => {
            let step = if step == Step::Pay { "pay" } else { "check" };
            view! {
                <form method="post" action=action>
                    <button class="link" type="submit" name="step" value=step>{text}</button>
                </form>
            }
            .into_any()
        }
    }
}
