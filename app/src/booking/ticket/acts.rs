//! What can be done with it.

use leptos::prelude::*;
use vayla_domain::booking::BookingState;
use vayla_services::receipt;

use super::Found;
use crate::ui::{Ctx, Page};

/// One is called a receipt; several are called by their numbers. What grants pay whole has a proof of that.
fn receipts(ctx: &Ctx, found: &Found, token: &str) -> Vec<(Page, String)> {
    let (w, booking, payments) = (ctx.words(), &found.booking, found.payments.as_slice());
    let granted: i64 = found.granted.iter().map(|granted| granted.gross.minor).sum();
    let mut numbers: Vec<i64> = payments.iter().filter_map(|payment| payment.receipt_number).collect();
    numbers.sort_unstable();
    if numbers.is_empty() && granted > 0 && granted >= booking.total.minor {
        return vec![(Page::Receipt(token.to_owned()), w.covered_link())];
    }
    if let [_] = numbers.as_slice() {
        return vec![(Page::Receipt(token.to_owned()), w.ticket_receipt())];
    }
    let named = numbers.into_iter().map(|number| {
        let page = Page::NumberedReceipt { token: token.to_owned(), number: number.to_string() };
        (page, w.receipt_title(receipt::name(booking, number)))
    });
    named.collect()
}

pub fn acts(ctx: &Ctx, found: &Found, token: &str, state: BookingState) -> impl IntoView + use<> {
    let (w, language, booking) = (ctx.words(), ctx.language, &found.booking);
    let receipts = receipts(ctx, found, token);
    let link = |page: Page, text: String, class: &'static str| {
        view! { <a class=class href=page.path(language)>{text}</a> " " }.into_any()
    };
    let token = || token.to_owned();
    let mut acts = Vec::new();
    match state {
        BookingState::Confirmed => {
            acts.push(link(Page::Calendar(token()), w.ticket_calendar(), "btn quiet"));
            acts.extend(receipts.into_iter().map(|(page, name)| link(page, name, "btn quiet")));
            if booking.check_move(ctx.now).is_ok() {
                acts.push(link(Page::Move(token()), w.ticket_move(), "btn quiet"));
            }
            if booking.starts_at() > ctx.now {
                acts.push(link(Page::Cancel(token()), w.ticket_cancel(), "btn quiet"));
            }
        }
        BookingState::Held => {
            let next = if booking.who.is_some() { Page::Pay(token()) } else { Page::Details(token()) };
            acts.push(link(next, w.ticket_go_on(), "btn"));
            acts.push(link(Page::Cancel(token()), w.ticket_give_back(), "btn quiet"));
        }
        BookingState::Cancelled | BookingState::Expired | BookingState::NoShow => {
            acts.extend(receipts.into_iter().map(|(page, name)| link(page, name, "btn quiet")));
            acts.push(link(Page::Search, w.trouble_to_search(), "btn"));
        }
    }
    acts.into_iter().collect_view()
}
