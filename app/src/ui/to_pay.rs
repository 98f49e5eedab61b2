//! The sum to pay: the price, what grants pay of it, the deposit.

use leptos::prelude::*;
use vayla_domain::{deposit::ToPay, money::Money};
use vayla_locales::format;
use vayla_services::{
    deposit,
    grant::{self, Granted},
};

use super::Ctx;

/// What is paid for several bookings together, in the facility's currency and the neighbour's; `None` where one can't be
/// paid in that one.
pub fn sum_of(all: &[ToPay]) -> Option<(Money, Option<Money>)> {
    let first = all.first()?;
    let paid = || all.iter().filter(|to_pay| !to_pay.is_nothing());
    let minor = paid().map(|to_pay| to_pay.total().minor).sum();
    let others: Option<Vec<Money>> = paid().map(ToPay::total_other).collect();
    let others = others.unwrap_or_default();
    let other =
        others.first().map(|one| Money::new(others.iter().map(|other| other.minor).sum(), one.currency));
    Some((Money::new(minor, first.price.currency), other))
}

/// How a sum comes about, in both currencies; nothing where it is the price.
pub fn to_pay_sums(ctx: &Ctx, all: &[ToPay], granted: &[Granted]) -> Option<impl IntoView + use<>> {
    let (total, total_other) = sum_of(all)?;
    let asked = all.iter().find_map(|to_pay| to_pay.deposit.as_ref());
    if asked.is_none() && granted.is_empty() {
        return None;
    }
    let w = ctx.words();
    let both = |minor: i64, other: i64| {
        let main = format::money(ctx.language, Money::new(minor, total.currency));
        let other = total_other.map(|money| Money::new(other, money.currency));
        let other = other.map(|other| format!(" · {}", format::money(ctx.language, other)));
        format!("{main}{}", other.unwrap_or_default())
    };
    let part = granted.iter().map(|granted| granted.gross.minor).sum::<i64>();
    let part_other = granted.iter().filter_map(|granted| granted.other).map(|other| other.minor).sum::<i64>();
    let deposits = all.iter().filter_map(|to_pay| to_pay.deposit.as_ref());
    let (held, held_other) = deposits.fold((0, 0), |(own, other), deposit| {
        let minor = |money: Option<Money>| money.map_or(0, |money| money.minor);
        (own + minor(deposit.of(total.currency)), other + minor(deposit.amount.beside(total.currency)))
    });
    let left_other = total_other.map_or(0, |money| money.minor);
    let price = both(total.minor - held + part, left_other - held_other + part_other);
    let mut rows = vec![(w.grant_price(), price)];
    rows.extend(granted.first().map(|first| {
        (w.grant_from(grant::payer(ctx.language, &ctx.catalogue, first)), both(-part, -part_other))
    }));
    rows.extend(asked.map(|asked| (deposit::name(ctx.language, asked), both(held, held_other))));
    rows.push((w.grant_rest(), both(total.minor, left_other)));
    let rows = rows.into_iter().map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> });
    let comes_back = asked.map(|asked| {
        let said = deposit::comes_back(ctx.language, asked);
        view! { <p class="quiet">{said}</p> }
    });
    Some(view! {
        <dl class="sums granted">{rows.collect_view()}</dl>
        {comes_back}
    })
}
