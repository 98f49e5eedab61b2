//! The charges of a booking, on its page.

use leptos::prelude::*;
use vayla_locales::format;
use vayla_services::charge::{self, UseCharge};

use crate::ui::{Ctx, Page};

/// What the use has cost afterwards, each with the way to its page.
pub(crate) fn charge_list(ctx: &Ctx, charges: &[(UseCharge, bool)], token: &str) -> Option<AnyView> {
    let (w, language) = (ctx.words(), ctx.language);
    let items = charges.iter().map(|(charge, paid)| {
        let (what, amount) = (charge::name(language, &charge.entry), format::money(language, charge.gross));
        let text = match charge {
            _ if charge.credited.is_some() => w.charge_item_gone(what, amount),
            _ if charge.customer.is_some() => w.charge_item_invoiced(what, amount),
            _ if *paid => w.charge_item_paid(what, amount),
            _ => w.charge_item_open(what, format::money(language, charge.rest().gross)),
        };
        let page = Page::Charge { token: token.to_owned(), number: charge.number.to_string() };
        view! { <li><a href=page.path(language)>{text}</a></li> }
    });
    (!charges.is_empty()).then(|| {
        view! {
            <section class="note">
                <h2>{w.charge_listed()}</h2>
                <ul>{items.collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}
