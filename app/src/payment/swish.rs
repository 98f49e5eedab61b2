//! Swish: the payer's app is opened here, or reads a code from here, and the page waits for what it does.

use axum::{
    extract::Path,
    http::{HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use uuid::Uuid;
use vayla_locales::format;
use vayla_services::{
    paper::{Code, Modules},
    payment::{self, Order, Payment, PaymentState, give_up, look, order},
    wording,
};

use crate::{
    terminal::origin,
    ui::{Ctx, Page, Sheet, Trouble, picture, render},
};

/// After so long the page asks again what has become of it.
const REFRESH_SECONDS: u32 = 5;

/// A payment with what Swish is asked for, and by what the app knows that.
struct Swishing {
    payment: Payment,
    order: Order,
    token: String,
}

async fn find(ctx: &Ctx, id: &str) -> Result<Swishing, Trouble> {
    let id: Uuid = id.parse().map_err(|_| Trouble::NotFound)?;
    let payment = payment::find(&ctx.services, id).await?.filter(|payment| !payment.surplus);
    let payment = payment.ok_or(Trouble::NotFound)?;
    let order = order(&ctx.services, payment.order.ok_or(Trouble::NotFound)?).await?;
    let order = order.ok_or(Trouble::NotFound)?;
    let token = order.token.clone().ok_or(Trouble::NotFound)?;
    Ok(Swishing { payment, order, token })
}

/// Shows the way to pay as long as it is open; then the payer goes on to what became of it.
pub(crate) async fn show(ctx: Ctx, Path(id): Path<String>) -> Response {
    let found = match find(&ctx, &id).await {
        Ok(found) => found,
        Err(trouble) => return trouble.page(&ctx),
    };
    if found.payment.state == PaymentState::Pending {
        let over = found.order.expires_at.is_some_and(|end| end <= ctx.now);
        let looked = if over {
            give_up(&ctx.services, found.order.id).await
        } else {
            look(&ctx.services, &found.order).await.map(drop)
        };
        if let Err(error) = looked {
            tracing::warn!(%error, "what became of it isn't known yet");
        }
    }
    go_on_or(&ctx, &id, page).await
}

/// The payer doesn't want to pay after all.
pub(crate) async fn cancel(ctx: Ctx, Path(id): Path<String>) -> Response {
    let found = match find(&ctx, &id).await {
        Ok(found) => found,
        Err(trouble) => return trouble.page(&ctx),
    };
    if let Err(error) = give_up(&ctx.services, found.order.id).await {
        tracing::warn!(%error, "not cancelled");
    }
    Redirect::to(&found.payment.return_url).into_response()
}

/// Back to where the payer came from, once it is known what became of the payment.
async fn go_on_or(ctx: &Ctx, id: &str, page: impl Fn(&Ctx, &Swishing) -> Response) -> Response {
    match find(ctx, id).await {
        Ok(found) if found.payment.state == PaymentState::Pending => page(ctx, &found),
        Ok(found) => Redirect::to(&found.payment.return_url).into_response(),
        Err(trouble) => trouble.page(ctx),
    }
}

fn page(ctx: &Ctx, found: &Swishing) -> Response {
    let mut response = render(ctx, || {
        let (w, language) = (ctx.words(), ctx.language);
        let this = Page::Swish(found.payment.id.to_string());
        let here = this.path(language);
        let town = ctx.catalogue.municipality(&found.order.collector);
        let receiver = town.map_or("", |town| town.details.legal_name.as_str());
        let until = found.order.expires_at.zip(town).map(|(end, town)| {
            let (time, clock) = (wording::time(language, end, town.zone), w.clock_label(&town.country));
            view! { <p>{w.swish_until(time, clock)}</p> }
        });
        let main = view! {
            <div class="terminal swish">
                <h1>{w.swish_title()}</h1>
                <p class="big">{format::money(language, found.order.amount)}</p>
                <p>{w.terminal_receiver(receiver)}</p>
                <p><a class="btn" href=app(&found.token, &format!("{}{here}", ctx.services.base_url))>{w.swish_open()}</a></p>
                <p>{w.swish_scan()}</p>
                {Modules::squares(&format!("D{}", found.token)).map(|modules| picture(&Code { name: w.swish_code(), modules }))}
                {until}
                <p class="quiet">{w.swish_waits()}</p>
                <p><a class="btn quiet" href=here.clone()>{w.swish_look()}</a></p>
                <form method="post" action=here.clone()>
                    <button class="link" type="submit">{w.swish_cancel()}</button>
                </form>
            </div>
        };
        let leads_to = Some(origin(&found.payment.return_url));
        Sheet { leads_to, ..Sheet::new(this, w.swish_title(), main) }
    });
    // A header and not an element of the page: it waits without a script, too.
    let refresh = HeaderValue::from(REFRESH_SECONDS);
    response.headers_mut().insert(header::REFRESH, refresh);
    response
}

/// Opens the app on the same phone, which comes back here.
fn app(token: &str, back: &str) -> String {
    let query = [("token", token), ("callbackurl", back)];
    let query = serde_urlencoded::to_string(query).unwrap_or_default();
    format!("swish://paymentrequest?{query}")
}
