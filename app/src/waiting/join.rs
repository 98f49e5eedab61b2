//! Joining the line.

use axum::{
    Form,
    extract::Query,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use vayla_domain::{money::PriceGroup, money::Use};
use vayla_services::{
    occupancy::Hit,
    waiting::{JoinError, LIVE_MAX, join},
    wording,
};

use super::form::{WaitFields, refusal};
use crate::{
    search::{days, kinds, lengths, shares, towns},
    ui::{
        Ctx, Errors, Field, Page, Sheet, Trouble, book_link, both_clocks, group_options, home_field, radios,
        render, select, use_options,
    },
};

const FORM: &str = "wait";

pub(super) async fn show(ctx: Ctx, Query(fields): Query<WaitFields>) -> Response {
    page(&ctx, &fields, &Errors::default(), &[])
}

pub(super) async fn submit(ctx: Ctx, Form(fields): Form<WaitFields>) -> Response {
    if !fields.switch.is_empty() {
        return page(&ctx, &fields, &Errors::default(), &[]);
    }
    let request = match fields.parse(&ctx) {
        Ok(request) => request,
        Err(errors) => return page(&ctx, &fields, &errors, &[]),
    };
    let (w, mut errors) = (ctx.words(), Errors::default());
    let mut free = Vec::new();
    match join(&ctx.services, &request).await {
        Ok(entry) => {
            let token = ctx.services.secret.waiting_token(entry.id);
            return Redirect::to(&Page::Waiting(token).path(ctx.language)).into_response();
        }
        Err(JoinError::Db(error)) => return Trouble::from(error).page(&ctx),
        Err(JoinError::Refused(problem)) => {
            let (field, message) = refusal(&ctx, problem);
            errors.add(field, message);
        }
        Err(JoinError::Free { hits }) => {
            errors.add("date", w.problem_wait_free());
            free = hits;
        }
        Err(JoinError::TooMany) => errors.add("email", w.problem_wait_too_many(LIVE_MAX)),
    }
    page(&ctx, &fields, &errors, &free)
}

fn page(ctx: &Ctx, fields: &WaitFields, errors: &Errors, free: &[Hit]) -> Response {
    render(ctx, || {
        let (w, language) = (ctx.words(), ctx.language);
        let attempt = match fields.attempt.as_str() {
            "" => ctx.services.new_id().to_string(),
            known => known.to_owned(),
        };
        let main = view! {
            {errors.summary(ctx)}
            <h1>{w.waiting_title()}</h1>
            <p class="lead">{w.waiting_lead()}</p>
            <p class="quiet">{w.waiting_given_back()}</p>
            {already_free(ctx, fields, free)}
            <form id=FORM class="stack" method="post" action=Page::Wait.path(language)>
                <input type="hidden" name="attempt" value=attempt />
                {what(ctx, fields, errors).into_any()}
                {when(ctx, fields, errors).into_any()}
                {who(ctx, fields, errors).into_any()}
                <p class="quiet">{w.details_privacy()}</p>
                <p class="acts"><button class="btn" type="submit">{w.waiting_join()}</button></p>
            </form>
        };
        let sheet = Sheet::new(Page::Wait, w.waiting_title(), main).switched_by(FORM);
        if errors.is_empty() { sheet } else { sheet.failed(ctx) }
    })
}

/// One space, or whatever meets the wish.
fn what(ctx: &Ctx, fields: &WaitFields, errors: &Errors) -> impl IntoView + use<> {
    let (w, query) = (ctx.words(), &fields.wish);
    if let Some(space) = fields.space(ctx) {
        return view! {
            <p class="strong">{wording::place(ctx.language, &space)}</p>
            <input type="hidden" name="space" value=fields.space.clone() />
        }
        .into_any();
    }
    view! {
        <div class="row">
            {select("kind", w.search_what(), kinds(ctx), &query.kind, errors)}
            {select("share", w.search_share(), shares(ctx, query), &query.share_percent().to_string(), errors)}
            {select("town", w.search_where(), towns(ctx), &query.town, errors)}
        </div>
    }
    .into_any()
}

fn when(ctx: &Ctx, fields: &WaitFields, errors: &Errors) -> impl IntoView + use<> {
    let (w, query) = (ctx.words(), &fields.wish);
    let typed = |id, label, value: &str| Field { autocomplete: Some("off"), ..Field::text(id, label, value) };
    view! {
        <div class="row">
            {typed("date", w.search_date(), &query.date).view(errors)}
            {typed("until", w.search_until(), &query.until).view(errors)}
        </div>
        <div class="finder-more">{days(ctx, query).into_any()}</div>
        <div class="row">
            {typed("from", w.search_from(), &query.from).view(errors)}
            {typed("to", w.search_to(), &query.to).view(errors)}
            {select("minutes", w.search_length(), lengths(ctx, query), &query.minutes().to_string(), errors)}
        </div>
    }
}

fn who(ctx: &Ctx, fields: &WaitFields, errors: &Errors) -> impl IntoView + use<> {
    let (w, language) = (ctx.words(), ctx.language);
    let chosen =
        |value: &str, default: &str| if value.is_empty() { default.to_owned() } else { value.to_owned() };
    let group = chosen(&fields.group, PriceGroup::Adult.code());
    let use_of = chosen(&fields.use_of, Use::Sport.code());
    let one = fields.space(ctx);
    let spaces: Vec<_> =
        one.as_ref().map_or_else(|| ctx.catalogue.spaces.iter().collect(), |space| vec![space]);
    let field = |id, label, value: &str| Field::text(id, label, value);
    view! {
        {radios("group", w.choose_group(), group_options(language), &group, errors)}
        {home_field(ctx, &spaces, &fields.home, errors)}
        {radios("use", w.choose_use(), use_options(language, one.as_deref()), &use_of, errors)}
        {Field { autocomplete: Some("name"), required: true, ..field("name", w.details_name(), &fields.name) }.view(errors)}
        {Field {
            autocomplete: Some("email"),
            inputmode: Some("email"),
            kind: "email",
            required: true,
            hint: Some(w.waiting_email_hint()),
            ..field("email", w.details_email(), &fields.email)
        }.view(errors)}
        {Field { autocomplete: Some("tel"), kind: "tel", ..field("phone", w.details_phone(), &fields.phone) }.view(errors)}
    }
}

/// What needn't be waited for.
fn already_free(ctx: &Ctx, fields: &WaitFields, free: &[Hit]) -> Option<impl IntoView + use<>> {
    let (w, language) = (ctx.words(), ctx.language);
    let WaitFields { group, home, use_of, .. } = fields;
    let chosen = [("group", group.as_str()), ("home", home.as_str()), ("use", use_of.as_str())];
    let links = free.iter().map(|hit| {
        let href = book_link(language, &hit.space, hit.span, &chosen);
        let date = hit.span.start().start().with_timezone(&hit.space.zone()).date_naive();
        let date = vayla_locales::format::date_weekday(language, date);
        view! {
            <li>
                <a href=href>{wording::place(language, &hit.space)}</a>
                " "
                {date}
                " "
                {both_clocks(ctx, &hit.space, hit.span)}
            </li>
        }
    });
    let links = links.collect_view();
    (!free.is_empty()).then(|| {
        view! {
            <section class="alternatives">
                <h2>{w.waiting_free()}</h2>
                <ul>{links}</ul>
            </section>
        }
    })
}
