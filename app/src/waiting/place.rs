//! One's place in line. A link in a mail never leaves it by itself.

use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use vayla_services::{
    booking::Booking,
    waiting::{self, Entry, WaitingState, WantedText, describe},
    wording,
};

use crate::ui::{Ctx, Page, Sheet, Trouble, both_clocks, render};

/// What the page tells.
struct Standing {
    entry: Entry,
    /// 1 for the first.
    place: usize,
    offer: Option<Booking>,
}

pub(super) async fn show(ctx: Ctx, Path(token): Path<String>) -> Response {
    match find(&ctx, &token).await {
        Ok(standing) => page(&ctx, &standing, &token),
        Err(trouble) => trouble.page(&ctx),
    }
}

pub(super) async fn leave(ctx: Ctx, Path(token): Path<String>) -> Response {
    match give_up(&ctx, &token).await {
        Ok(()) => Redirect::to(&Page::Waiting(token).path(ctx.language)).into_response(),
        Err(trouble) => trouble.page(&ctx),
    }
}

async fn give_up(ctx: &Ctx, token: &str) -> Result<(), Trouble> {
    let entry = entry_of(ctx, token).await?;
    Ok(waiting::leave(&ctx.services, entry.id).await?)
}

/// The place that a link is for.
async fn entry_of(ctx: &Ctx, token: &str) -> Result<Entry, Trouble> {
    let id = ctx.services.secret.read_waiting_token(token).ok_or(Trouble::NotFound)?;
    waiting::find(&ctx.services, id).await?.ok_or(Trouble::NotFound)
}

async fn find(ctx: &Ctx, token: &str) -> Result<Standing, Trouble> {
    let entry = entry_of(ctx, token).await?;
    let place = waiting::place(&ctx.services, &entry).await?;
    let offer = waiting::offered_to(&ctx.services, entry.id).await?;
    Ok(Standing { entry, place, offer })
}

fn page(ctx: &Ctx, standing: &Standing, token: &str) -> Response {
    render(ctx, || {
        let (w, language, state) = (ctx.words(), ctx.language, standing.entry.state_at(ctx.now));
        let this = Page::Waiting(token.to_owned());
        let place = i64::try_from(standing.place).unwrap_or(i64::MAX);
        let (title, lead) = match (state, &standing.offer) {
            (WaitingState::Offered, Some(booking)) => {
                (w.waiting_offered(), w.waiting_offered_lead(until(ctx, booking)))
            }
            (WaitingState::Waiting | WaitingState::Offered, _) => {
                (w.waiting_in_line(), w.waiting_place(place))
            }
            (WaitingState::Done, _) => (w.waiting_done(), w.waiting_done_lead()),
            (WaitingState::Withdrawn, _) => (w.waiting_left(), w.waiting_left_lead()),
            (WaitingState::Over, _) => (w.waiting_over(), w.waiting_over_lead()),
        };
        let main = view! {
            <h1>{title.clone()}</h1>
            <p class="lead">{lead}</p>
            {standing.offer.as_ref().map(|booking| offer(ctx, booking).into_any())}
            {wanted(ctx, &standing.entry)}
            {state.is_live().then(|| leave_form(ctx, &this, standing.offer.is_some()))}
            <p><a href=Page::Search.path(language)>{w.trouble_to_search()}</a></p>
        };
        Sheet::new(this, title, main)
    })
}

fn until(ctx: &Ctx, booking: &Booking) -> String {
    wording::moment(ctx.language, booking.hold_expires_at, &booking.space.facility.municipality)
}

/// The time that is held, and the way to it.
fn offer(ctx: &Ctx, booking: &Booking) -> impl IntoView + use<> {
    let (w, language, space) = (ctx.words(), ctx.language, &booking.space);
    let date = booking.starts_at().with_timezone(&space.zone()).date_naive();
    let href = Page::Details(ctx.services.secret.manage_token(booking.id)).path(language);
    view! {
        <p class="strong">{wording::place(language, space)}</p>
        <p class="date">{vayla_locales::format::date_long(language, date)}</p>
        {both_clocks(ctx, space, booking.span)}
        <p class="acts"><a class="btn" href=href>{w.waiting_take()}</a></p>
    }
}

fn wanted(ctx: &Ctx, entry: &Entry) -> impl IntoView + use<> {
    let w = ctx.words();
    let WantedText { what, days, hours } = describe(ctx.language, &ctx.catalogue, &entry.wanted);
    view! {
        <h2>{w.waiting_for()}</h2>
        <dl class="answers">
            <div><dt>{w.waiting_what()}</dt><dd>{what}</dd></div>
            <div><dt>{w.waiting_days()}</dt><dd>{days}</dd></div>
            <div><dt>{w.waiting_hours()}</dt><dd>{hours}</dd></div>
        </dl>
    }
}

fn leave_form(ctx: &Ctx, this: &Page, offered: bool) -> impl IntoView + use<> {
    let w = ctx.words();
    let note = if offered { w.waiting_leave_offered() } else { w.waiting_stay() };
    view! {
        <p class="quiet">{note}</p>
        <form method="post" action=this.path(ctx.language)>
            <p class="acts"><button class="btn quiet" type="submit">{w.waiting_leave()}</button></p>
        </form>
    }
}
