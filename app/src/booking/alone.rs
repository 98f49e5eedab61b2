//! A date of a series that is paid by itself: less may be off than when all are paid together.

use leptos::prelude::*;
use vayla_domain::money::Money;
use vayla_locales::format;
use vayla_services::{booking::Booking, series};

use crate::ui::{Ctx, Page, Trouble};

/// A held booking at the price that it has by itself, and what it costs with all that is held of its series, where
/// that is less.
pub(super) async fn priced(ctx: &Ctx, booking: Booking) -> Result<(Booking, Option<Money>), Trouble> {
    let Some(id) = booking.series else { return Ok((booking, None)) };
    let services = &ctx.services;
    let held = series::find(services, id).await?.map(|series| series.held(ctx.now)).unwrap_or_default();
    let together = series::priced_together(services, held).await?;
    let together = together.iter().find(|one| one.id == booking.id).map(|one| one.total);
    let alone = series::priced_together(services, vec![booking.clone()]).await?.pop().unwrap_or(booking);
    let less = together.filter(|together| together.minor < alone.total.minor);
    Ok((alone, less))
}

/// The way to the lower price.
pub(super) fn note(ctx: &Ctx, booking: &Booking, together: Option<Money>) -> Option<AnyView> {
    let (w, language) = (ctx.words(), ctx.language);
    let (series, together) = booking.series.zip(together)?;
    let all = Page::PaySeries(ctx.services.secret.series_token(series)).path(language);
    let note = view! {
        <p class="note">
            {w.pay_series_alone(format::money(language, together))} " "
            <a href=all>{w.pay_series_together()}</a>
        </p>
    };
    Some(note.into_any())
}
