//! The calendars of a place that anybody may follow.

use std::sync::Arc;

use leptos::prelude::*;
use vayla_services::{
    catalogue::{Facility, Space},
    feed::Feed,
};

use crate::ui::{Ctx, Page};

/// The links: of the whole place, of each of its spaces, and to where one asks for one's own.
pub fn section(ctx: &Ctx, facility: &Facility, spaces: &[&Arc<Space>]) -> impl IntoView + use<> {
    let (w, language) = (ctx.words(), ctx.language);
    let whole = (Feed::Facility(facility.id), w.feeds_of_whole_facility());
    let each = spaces.iter().map(|space| (Feed::Space(space.id), space.name.get(language).to_owned()));
    let links = std::iter::once(whole).chain(each).map(|(feed, name)| {
        view! { <li><a href=feed.url(&ctx.services, language)>{name}</a></li> }
    });
    view! {
        <details>
            <summary>{w.feeds_of_facility()}</summary>
            <p>{w.feeds_of_facility_how()}</p>
            <ul>{links.collect_view()}</ul>
            <p><a href=Page::Feeds.path(language)>{w.feeds_from_ticket()}</a></p>
        </details>
    }
}
