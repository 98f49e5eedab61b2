//! Deposits in words, for pages, letters, papers and staff alike.

use vayla_domain::{
    Language,
    money::{Currency, Deposit, Money},
};
use vayla_locales::{format, words};

use super::HeldDeposit;
use crate::{
    booking::Booking,
    charge::{self, UseCharge},
    payment::Payment,
    tariff::amounts_text,
};

/// `Deposition`, or the list's own name.
#[must_use]
pub fn name(language: Language, deposit: &Deposit) -> String {
    deposit.name.as_ref().map_or_else(|| words(language).deposit_name(), |name| name.get(language).to_owned())
}

/// How much it is and when it comes back, for those who write price lists: `50,00 € / 500,00 kr, tillbaka efter 3 dagar`.
#[must_use]
pub fn terms_text(language: Language, deposit: &Deposit) -> String {
    words(language).deposit_terms(deposit.days, amounts_text(language, &deposit.amount))
}

/// What comes on top of a price: `Deposition: 50,00 € · 500,00 kr`, the facility's currency first.
#[must_use]
pub fn offer(language: Language, deposit: &Deposit, own: Currency) -> (String, String) {
    let amounts = deposit.of(own).into_iter().chain(deposit.amount.beside(own));
    let amounts: Vec<String> = amounts.map(|money| format::money(language, money)).collect();
    (name(language, deposit), amounts.join(" · "))
}

/// That it is no part of the price, and when it comes back.
#[must_use]
pub fn comes_back(language: Language, deposit: &Deposit) -> String {
    words(language).deposit_comes_back(deposit.days)
}

/// What has become of one that has been paid, a sentence for each thing: `payments` and `charges` are the booking's.
#[must_use]
pub fn standing<'a>(
    language: Language,
    booking: &Booking,
    held: &HeldDeposit,
    payments: &[Payment],
    charges: impl IntoIterator<Item = &'a UseCharge>,
) -> Vec<String> {
    let (w, money) = (words(language), |money: Money| format::money(language, money));
    let mut said = vec![w.deposit_paid(money(held.taken))];
    for charge in charges {
        if let Some(kept) = charge.kept.filter(|kept| !kept.undone) {
            said.push(w.deposit_kept(money(kept.paid), charge::name(language, &charge.entry)));
        }
    }
    let back =
        payments.iter().filter(|payment| payment.id == held.payment).flat_map(|payment| &payment.refunds);
    for refund in back.filter(|refund| refund.of_deposit) {
        let day = refund.at.with_timezone(&booking.space.zone()).date_naive();
        said.push(w.deposit_back(money(refund.amount), format::date_short(language, day)));
    }
    let comes_back = booking.deposit.as_ref().filter(|_| held.left().minor > 0);
    said.extend(comes_back.map(|deposit| w.deposit_left_comes_back(deposit.days)));
    said
}
