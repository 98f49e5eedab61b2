//! What a use has cost afterwards, as its booker reads and pays it.

mod list;
mod page;
mod receipt;

pub(crate) use list::charge_list;

use axum::{Router, routing::get};
use vayla_domain::Language;
use vayla_services::{
    booking::{self, Booking},
    charge::{self, UseCharge},
    payment::{self, Payment},
};

use crate::ui::{App, Ctx, Page, Trouble};

/// The pages about one charge, in a language's addresses.
pub(crate) fn router(language: Language) -> Router<App> {
    let (token, number) = ("{token}".to_owned(), "{number}".to_owned());
    let page = Page::Charge { token: token.clone(), number: number.clone() };
    let receipt = Page::ChargeReceipt { token: token.clone(), number: number.clone() };
    let file = Page::ChargeReceiptFile { token, number };
    Router::new()
        .route(&page.path(language), get(page::show).post(page::submit))
        .route(&receipt.path(language), get(receipt::show))
        .route(&file.path(language), get(receipt::file))
}

/// A charge with its booking and what has been paid.
struct Charged {
    booking: Booking,
    charge: UseCharge,
    /// Oldest first.
    payments: Vec<Payment>,
}

impl Charged {
    /// The payment that pays it.
    fn paid(&self) -> Option<&Payment> {
        self.payments.iter().find(|payment| payment.pays())
    }
}

/// The charge of that number, of the booking that the link manages.
async fn find(ctx: &Ctx, token: &str, number: &str) -> Result<Charged, Trouble> {
    let id = ctx.services.secret.read_token(token).ok_or(Trouble::NotFound)?;
    let number: i64 = number.parse().map_err(|_| Trouble::NotFound)?;
    let booking = booking::find(&ctx.services, id).await?.ok_or(Trouble::NotFound)?;
    let charge = charge::find(&ctx.services.db, booking.id, number).await?.ok_or(Trouble::NotFound)?;
    let payments = payment::of_use_charge(&ctx.services.db, charge.id).await?;
    Ok(Charged { booking, charge, payments })
}
