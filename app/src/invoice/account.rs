//! Associations and companies may pay later, by the code of a customer: the same for a booking and for a series.

use leptos::prelude::*;
use serde::Deserialize;
use vayla_domain::money::PriceGroup;
use vayla_services::invoice::OnAccountError;

use crate::ui::{Ctx, Errors, Field};

/// The field of a customer's code.
pub(crate) const CODE: &str = "code";

/// The code of a customer who pays later.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct AccountFields {
    pub code: String,
    /// The price that the page has shown, in the facility's smallest coins.
    pub shown: Option<i64>,
}

/// Asks for a customer's code; nothing where the price is that of people who pay at once.
pub(crate) fn form(
    ctx: &Ctx,
    action: String,
    group: PriceGroup,
    typed: &str,
    shown: i64,
    errors: &Errors,
) -> Option<AnyView> {
    let w = ctx.words();
    let field = Field { hint: Some(w.account_hint()), ..Field::text(CODE, w.account_code(), typed) };
    matches!(group, PriceGroup::Club | PriceGroup::Company).then(|| {
        view! {
            <form class="pay" method="post" action=action>
                <h2>{w.account_title()}</h2>
                <input type="hidden" name="shown" value=shown.to_string() />
                {field.view(errors)}
                <p class="acts"><button class="btn quiet" type="submit">{w.account_submit()}</button></p>
            </form>
        }
        .into_any()
    })
}

/// Why it isn't put on that customer's account, as the payer reads it.
pub(crate) fn why_not(ctx: &Ctx, error: &OnAccountError) -> String {
    let w = ctx.words();
    match error {
        OnAccountError::Look(_) | OnAccountError::Code | OnAccountError::Closed => w.problem_account_code(),
        OnAccountError::OtherTown => w.problem_account_town(),
        OnAccountError::PriceGroup => w.problem_account_group(),
        OnAccountError::Credit => w.problem_account_credit(),
        OnAccountError::Dearer => w.problem_series_fewer(),
        OnAccountError::NotHeld => w.problem_not_held(),
        OnAccountError::NoDetails => w.problem_no_details(),
        OnAccountError::Free => w.problem_free(),
    }
}
