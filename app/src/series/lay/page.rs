//! The page on which a series is laid out.

use axum::response::Response;
use leptos::prelude::*;

use super::{
    Laying,
    dates::dates,
    fields::{LayFields, skip_box},
};
use crate::{
    series::CHECKED,
    ui::{
        Ctx, Field, Page, Sheet, checks, duration_options, group_options, home_field, plan, radios, render,
        select, use_options,
    },
};

const FORM: &str = "series";

pub(super) fn page(ctx: &Ctx, laying: &Laying) -> Response {
    render(ctx, || {
        let (w, language, space) = (ctx.words(), ctx.language, &laying.space);
        let facility = &space.facility;
        let this = Page::LaySeries { facility: facility.slug.clone(), space: space.slug.clone() };
        let title = w.series_title(space.name.get(language), facility.name.get(language));
        let failed = !laying.errors.is_empty() && laying.fields.switch.is_empty();
        let action = this.path(language);
        // Before the dates are shown there is nothing to book: then that is the one button.
        let shown = laying.outline.as_ref();
        let class = if shown.is_some() { "btn quiet" } else { "btn" };
        let main = view! {
            {laying.errors.summary(ctx)}
            <h1>{w.series_heading()}</h1>
            <p class="lead">
                {space.name.get(language).to_owned()}
                " · "
                <a href=Page::Facility(facility.slug.clone()).path(language)>{facility.name.get(language).to_owned()}</a>
                " · "
                {facility.municipality.name.get(language).to_owned()}
            </p>
            <p>{w.series_lead()}</p>
            <form id=FORM class="columns" method="post" action=action>
                <div>
                    {times(ctx, laying).into_any()}
                    <p class="acts"><button class=class type="submit" name="act" value="show" formnovalidate>{w.series_show()}</button></p>
                    {shown.map(|outline| dates(ctx, laying, outline).into_any())}
                    {match shown.filter(|outline| outline.free().next().is_some()) {
                        Some(_) => who(ctx, laying).into_any(),
                        None => kept(laying).into_any(),
                    }}
                </div>
                {plan(language, facility, Some(space)).map(|plan| view! { <div class="side">{plan}</div> })}
            </form>
        };
        let sheet = Sheet::new(this, title, main).switched_by(FORM);
        if failed { sheet.failed(ctx) } else { sheet }
    })
}

fn times(ctx: &Ctx, laying: &Laying) -> impl IntoView + use<> {
    let (w, language, errors) = (ctx.words(), ctx.language, &laying.errors);
    let LayFields { date, time, minutes, every, until, count, which, group, home, use_of, .. } =
        &laying.fields;
    let (rules, town) = (&laying.space.rules, &laying.space.facility.municipality);
    let lengths = duration_options(language, rules.minutes_min, rules.minutes_max, rules.step_minutes);
    let weeks = (1..=4i64).map(|weeks| (weeks.to_string(), w.series_every_weeks(weeks))).collect();
    let twice = laying.asks_which().then(|| {
        let options = vec![("a".to_owned(), w.choose_first()), ("b".to_owned(), w.choose_second())];
        radios("which", w.choose_which(), options, which, errors)
    });
    let skip = [
        ("holidays", w.series_skip_holidays(), laying.fields.holidays == CHECKED),
        ("breaks", w.series_skip_breaks(town.name.get(language)), laying.fields.breaks == CHECKED),
    ];
    view! {
        <div class="row">
            {Field { autocomplete: Some("off"), required: true, ..Field::text("date", w.series_first(), date) }.view(errors)}
            {Field { autocomplete: Some("off"), required: true, ..Field::text("time", w.choose_time(w.clock_label(&town.country)), time) }.view(errors)}
            {select("minutes", w.choose_length(), lengths, minutes, errors)}
        </div>
        {select("every", w.series_every(), weeks, every, errors)}
        <div class="row">
            {Field { autocomplete: Some("off"), hint: Some(w.series_until_hint()), ..Field::text("until", w.series_until(), until) }.view(errors)}
            {Field { autocomplete: Some("off"), inputmode: Some("numeric"), narrow: true, ..Field::text("count", w.series_count(), count) }.view(errors)}
        </div>
        {checks(w.series_skip(), CHECKED, &skip)}
        {twice}
        {radios("group", w.choose_group(), group_options(language), group, errors)}
        {home_field(ctx, &[&laying.space], home, errors)}
        {radios("use", w.choose_use(), use_options(language, Some(&laying.space)), use_of, errors)}
    }
}

/// Who books, and the dates that are left out, while no date can be booked: nothing typed is lost.
fn kept(laying: &Laying) -> impl IntoView + use<> {
    let fields = &laying.fields;
    let who = [
        ("name", &fields.name),
        ("email", &fields.email),
        ("phone", &fields.phone),
        ("purpose", &fields.purpose),
        ("people", &fields.people),
    ];
    let who = who.into_iter().filter(|(_, typed)| !typed.is_empty()).map(|(name, typed)| {
        view! { <input type="hidden" name=name value=typed.clone() /> }
    });
    let laid_out = laying.outline.is_some();
    let skipped = fields.skipped().into_iter().filter(|_| !laid_out).map(|date| {
        view! { <input type="hidden" name=skip_box(date) value=CHECKED /> }
    });
    view! { {who.collect_view()} {skipped.collect_view()} }
}

fn who(ctx: &Ctx, laying: &Laying) -> impl IntoView + use<> {
    let (w, errors) = (ctx.words(), &laying.errors);
    let LayFields { name, email, phone, purpose, people, .. } = &laying.fields;
    view! {
        <h2>{w.details_title()}</h2>
        {Field { autocomplete: Some("name"), ..Field::text("name", w.details_name(), name) }.view(errors)}
        {Field {
            autocomplete: Some("email"),
            inputmode: Some("email"),
            kind: "email",
            hint: Some(w.details_email_hint()),
            ..Field::text("email", w.details_email(), email)
        }.view(errors)}
        {Field { autocomplete: Some("tel"), kind: "tel", ..Field::text("phone", w.details_phone(), phone) }.view(errors)}
        {Field::text("purpose", w.details_purpose(), purpose).view(errors)}
        {Field { inputmode: Some("numeric"), narrow: true, ..Field::text("people", w.details_people(), people) }.view(errors)}
        <p class="quiet">{w.details_privacy()}</p>
        <p class="acts"><button class="btn" type="submit" name="act" value="book">{w.series_book()}</button></p>
        <p class="quiet">{w.series_hold_note(vayla_services::booking::HOLD_MINUTES)}</p>
    }
}
