//! Step 3: check your answers.

use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use vayla_domain::money::QuoteLine;
use vayla_locales::format;
use vayla_services::{
    booking::{self, Booking},
    deposit,
    grant::{self, Granted},
    payment::{FreeError, confirm_free},
};

use super::held::{Step, held, steps, summary};
use crate::ui::{
    Ctx, Page, Sheet, Trouble, group_options, lines_of, price_lines, rate_of, render, tax_line, to_pay_sums,
    use_name,
};

pub(super) async fn show(ctx: Ctx, Path(token): Path<String>) -> Response {
    let booking = match held(&ctx, &token).await {
        Ok(booking) => booking,
        Err(response) => return response,
    };
    if booking.who.is_none() {
        return Redirect::to(&Page::Details(token).path(ctx.language)).into_response();
    }
    let granted = grant::of_booking(&ctx.services.db, booking.id).await;
    match (booking::lines(&ctx.services.db, &booking).await, granted) {
        (Ok(lines), Ok(granted)) => page(&ctx, &booking, &lines, &granted, &token),
        (Err(error), _) | (_, Err(error)) => Trouble::from(error).page(&ctx),
    }
}

/// A booking that costs nothing is confirmed here; any other goes on to be paid.
pub(super) async fn submit(ctx: Ctx, Path(token): Path<String>) -> Response {
    let booking = match held(&ctx, &token).await {
        Ok(booking) => booking,
        Err(response) => return response,
    };
    confirm(&ctx, &booking, token).await
}

/// Confirms what nothing is left to pay of; whatever else leads on.
pub(super) async fn confirm(ctx: &Ctx, booking: &Booking, token: String) -> Response {
    let next = match confirm_free(&ctx.services, booking).await {
        Ok(()) | Err(FreeError::NotHeld) => Page::Booking(token),
        Err(FreeError::NotFree) => Page::Pay(token),
        Err(FreeError::NoDetails) => Page::Details(token),
        Err(FreeError::Db(error)) => return Trouble::from(error).page(ctx),
    };
    Redirect::to(&next.path(ctx.language)).into_response()
}

fn page(ctx: &Ctx, booking: &Booking, lines: &[QuoteLine], granted: &[Granted], token: &str) -> Response {
    render(ctx, || {
        let (w, language) = (ctx.words(), ctx.language);
        let this = Page::Check(token.to_owned());
        let submit = if booking.is_free() { w.check_submit_free() } else { w.check_submit() };
        let main = view! {
            {steps(ctx, Step::Check, Some((booking, token)))}
            <h1>{w.check_title()}</h1>
            {summary(ctx, booking, token, Step::Check).into_any()}
            <dl class="answers">{answers(ctx, booking, lines, token).into_any()}</dl>
            {price_lines(ctx, &booking.space, lines)}
            {to_pay_sums(ctx, &[deposit::to_pay(booking, granted)], granted)}
            <form method="post" action=this.path(language)>
                <p class="acts"><button class="btn" type="submit">{submit}</button></p>
            </form>
        };
        Sheet::new(this, w.check_title(), main).with_islands()
    })
}

fn answers(ctx: &Ctx, booking: &Booking, lines: &[QuoteLine], token: &str) -> impl IntoView + use<> {
    let (w, language) = (ctx.words(), ctx.language);
    let change = Page::Details(token.to_owned()).path(language);
    let named = |options: Vec<(String, String)>, code: &str| {
        options.into_iter().find(|(known, _)| known == code).map(|(_, name)| name).unwrap_or_default()
    };
    let mut rows: Vec<(String, String, Option<String>)> = Vec::new();
    if let Some(who) = &booking.who {
        rows.push((w.details_name(), who.name.clone(), Some(change.clone())));
        rows.push((w.details_email(), who.email.clone(), Some(change.clone())));
        rows.extend(who.phone.clone().map(|phone| (w.answer_phone(), phone, Some(change.clone()))));
        rows.extend(who.purpose.clone().map(|purpose| (w.answer_purpose(), purpose, Some(change.clone()))));
        rows.extend(who.people.map(|count| (w.answer_people(), count.to_string(), Some(change.clone()))));
    }
    rows.push((w.choose_group(), named(group_options(language), booking.price_group.code()), None));
    rows.push((w.choose_use(), use_name(language, booking.use_of), None));
    if booking.total.minor > 0 {
        rows.push((w.check_price(), price(ctx, booking, lines), None));
    }
    let cancel = (booking.total.minor > 0)
        .then(|| view! { <div><dt>{w.check_cancel()}</dt><dd>{cancel_rule(ctx, booking)}</dd></div> });
    let rows = rows
        .into_iter()
        .map(|(name, value, change)| {
            let change = change.map(|href| {
                view! { " " <a class="change" href=href>{w.check_change()} <span class="hidden">{format!(": {name}")}</span></a> }
            });
            view! { <div><dt>{name.clone()}</dt><dd>{value} {change}</dd></div> }
        })
        .collect_view();
    view! { {rows} {cancel} }
}

fn price(ctx: &Ctx, booking: &Booking, lines: &[QuoteLine]) -> String {
    let (w, language) = (ctx.words(), ctx.language);
    let other = booking.other.as_ref().map(|other| {
        let rate = rate_of(language, Some(other)).map(|rate| format!(" {rate}."));
        format!(" {} {}.{}", w.check_or(), format::money(language, other.0), rate.unwrap_or_default())
    });
    let other = other.unwrap_or_else(|| ".".to_owned());
    format!("{}{other} {}", format::money(language, booking.total), tax_line(language, lines))
}

/// Until which exact moments how much comes back.
pub(super) fn cancel_rule(ctx: &Ctx, booking: &Booking) -> impl IntoView + use<> {
    lines_of(booking::cancel_rule(ctx.language, &ctx.catalogue, booking, ctx.now))
}
