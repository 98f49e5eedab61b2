//! What a municipality pays of a price, as the payer reads it: the same for a booking and for a series.

use leptos::prelude::*;
use serde::Deserialize;
use vayla_services::grant::Granted;

use crate::ui::{Ctx, Errors, Field};

/// The field of a voucher's code.
pub(crate) const CODE: &str = "grant";

/// A voucher's code, or the wish to be rid of it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct GrantFields {
    pub grant: String,
    pub off: Option<String>,
}

/// Asks for a voucher's code, or has what was put on taken off.
pub(crate) fn form(
    ctx: &Ctx,
    action: String,
    typed: &str,
    granted: &[Granted],
    errors: &Errors,
) -> impl IntoView + use<> {
    let w = ctx.words();
    if let Some(first) = granted.first() {
        let name = first.name.get(ctx.language).to_owned();
        return view! {
            <form class="pay" method="post" action=action>
                <h2>{w.grant_label()}</h2>
                <p>{name}</p>
                <p class="acts">
                    <button class="btn quiet" type="submit" name="off" value="1">{w.grant_remove()}</button>
                </p>
            </form>
        }
        .into_any();
    }
    let field = Field { hint: Some(w.grant_hint()), ..Field::text(CODE, w.grant_code(), typed) };
    view! {
        <form class="pay" method="post" action=action>
            <h2>{w.grant_title()}</h2>
            {field.view(errors)}
            <p class="acts"><button class="btn quiet" type="submit">{w.grant_submit()}</button></p>
        </form>
    }
    .into_any()
}

/// The form's buttons where nothing is left to pay: it is booked as what is free.
pub(crate) fn covered(ctx: &Ctx) -> impl IntoView + use<> {
    let w = ctx.words();
    view! {
        <p>{w.grant_covered()}</p>
        <p class="acts"><button class="btn" type="submit">{w.grant_book()}</button></p>
    }
}
