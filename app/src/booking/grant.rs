//! A voucher's code is put on a held booking, or taken off.

use axum::{
    Form,
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use vayla_services::grant::{self, PutError};

use super::pay::{Paying, page, paying};
use crate::{
    grant::{CODE, GrantFields, form},
    ui::{Ctx, Errors, Page, Trouble},
};

pub(super) async fn submit(ctx: Ctx, Path(token): Path<String>, Form(fields): Form<GrantFields>) -> Response {
    let paying = match paying(&ctx, &token).await {
        Ok(paying) => paying,
        Err(response) => return response,
    };
    let ids = [paying.booking.id];
    let done = match fields.off {
        Some(_) => grant::take_off(&ctx.services, &ids).await.map_err(PutError::Db),
        None => grant::put_on(&ctx.services, &ids, &fields.grant).await,
    };
    match done {
        Ok(()) | Err(PutError::NotHeld) => Redirect::to(&Page::Pay(token).path(ctx.language)).into_response(),
        Err(PutError::Db(error)) => Trouble::from(error).page(&ctx),
        Err(error) => {
            let errors = Errors::one(CODE, grant::why_not(ctx.language, &error));
            page(&ctx, &Paying { voucher: fields.grant, ..paying }, &token, &errors)
        }
    }
}

/// A municipality may pay a part; what a difference has of it follows from the booking's.
pub(super) fn voucher_form(ctx: &Ctx, paying: &Paying, token: &str, errors: &Errors) -> Option<AnyView> {
    let action = Page::Grant(token.to_owned()).path(ctx.language);
    let form = || form(ctx, action, &paying.voucher, &paying.granted, errors).into_any();
    paying.change.is_none().then(form)
}
