//! What a grant pays of another time: the same rule as long as it holds, otherwise what it gave.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use vayla_domain::{
    grant::{GrantPart, GrantPrice, GrantedUse, back_of_move},
    money::{Beside, Difference, Money},
    time::Span,
};

use super::{
    GrantState, Granted, TownGrant,
    back::{back_in, given_in},
    budget, read, settle,
    usage::{self, NewUse, of_booking},
    voucher,
};
use crate::{
    Services,
    booking::{Booking, Change, ChangeQuote},
    catalogue::Space,
    db::{DbError, Tx},
};

/// What becomes of a grant with a move.
#[derive(Debug, Clone, Default)]
pub(crate) struct Moved {
    /// What it pays of what the new time is dearer by.
    pub more: Option<GrantPart>,
    /// Of what it is cheaper by, what comes back to it, in the smallest coins of the facility's currency.
    pub back: i64,
}

/// A new time and its price.
struct New<'a> {
    space: &'a Space,
    span: Span,
    total: Money,
    other: Option<&'a Beside>,
}

/// Says what would become of a confirmed booking's grant. `difference` is that of the prices, `payer_left` what its payer
/// has paid; of one who pays later, what they will be charged.
pub(crate) async fn quote_move(
    services: &Services,
    booking: &Booking,
    quote: &ChangeQuote,
    payer_left: Money,
) -> Result<Moved, DbError> {
    let mut granted = of_booking(&services.db, booking.id).await?;
    granted.retain(|granted| granted.state == GrantState::Given);
    let Some(first) = granted.first() else { return Ok(Moved::default()) };
    let kept = read::find(services, first.grant).await?;
    let new = New {
        space: &quote.space,
        span: quote.span,
        total: quote.price.total,
        other: quote.price.other.as_ref().ok(),
    };
    let cheaper_by = Money::new(-quote.difference.total.minor, quote.difference.total.currency);
    Ok(match cheaper_by.minor {
        0 => Moved::default(),
        1.. => {
            Moved { more: None, back: back(booking, &kept, &granted, &new, (cheaper_by, payer_left)).minor }
        }
        _ => {
            let left = voucher::left_for_more(services, first.voucher, kept.left()).await?;
            Moved { more: more(booking, &kept, &granted, &new, (&quote.difference, left)), back: 0 }
        }
    })
}

fn holds(booking: &Booking, kept: &TownGrant, new: &New<'_>) -> bool {
    let facility = &new.space.facility;
    let of = GrantedUse {
        municipality: &facility.municipality.code,
        facility: &facility.slug,
        group: booking.price_group,
        on: new.span.start().start().with_timezone(&new.space.zone()).date_naive(),
    };
    kept.closed_at.is_none() && kept.grant.check(&of).is_ok()
}

/// What has been paid of it and hasn't come back, in its own currency.
fn paid(granted: &[Granted], kept: &TownGrant) -> Money {
    let left = granted.iter().map(|granted| granted.standing().left().paid.minor);
    Money::new(left.sum(), kept.used.currency)
}

fn more(
    booking: &Booking,
    kept: &TownGrant,
    granted: &[Granted],
    new: &New<'_>,
    (difference, left): (&Difference, Money),
) -> Option<GrantPart> {
    if !holds(booking, kept, new) {
        return None;
    }
    kept.grant.rule().after(paid(granted, kept)).part(&GrantPrice::from(*difference), left)
}

fn back(
    booking: &Booking,
    kept: &TownGrant,
    granted: &[Granted],
    new: &New<'_>,
    (cheaper_by, payer_left): (Money, Money),
) -> Money {
    let left: i64 = granted.iter().map(|granted| granted.standing().left().gross.minor).sum();
    let left = Money::new(left, cheaper_by.currency);
    let pays_now = if holds(booking, kept, new) {
        let vat = Money::new(0, new.total.currency);
        let whole = GrantPrice { total: new.total, vat, other: new.other.map(|(money, _)| *money) };
        let part = kept.grant.rule().part(&whole, paid(granted, kept));
        part.map_or(0, |part| part.gross.minor)
    } else {
        left.minor.min(new.total.minor)
    };
    back_of_move(cheaper_by, payer_left, left, Money::new(pays_now, left.currency))
}

/// Reserves what was quoted for a move that is dearer; `false` where it isn't to be had any more.
pub(crate) async fn reserve_move_in(
    tx: &mut Tx,
    services: &Services,
    booking: &Booking,
    quote: &ChangeQuote,
    change: Uuid,
    now: DateTime<Utc>,
) -> Result<bool, DbError> {
    let Some(part) = &quote.granted else { return Ok(true) };
    let (granted, _) = given_in(tx, booking).await?;
    let Some(first) = granted.last() else { return Ok(false) };
    let kept = read::locked_in(tx, &services.catalogue(), first.grant).await?;
    let left = voucher::left_for_more_in(tx, first.voucher, kept.left()).await?;
    if kept.closed_at.is_some() || left.minor < part.paid.minor {
        return Ok(false);
    }
    let purse = first.purse();
    budget::take_in(tx, purse, part.paid, 0).await?;
    let rate = quote.price.rate();
    usage::insert_in(tx, &NewUse { purse, booking: booking.id, change: Some(change), part, rate }, now)
        .await?;
    Ok(true)
}

/// The booking moves: what was reserved for that is given, or what it is cheaper by comes back. How much of that is the
/// payer's.
pub(crate) async fn moved_in(
    tx: &mut Tx,
    services: &Services,
    booking: &Booking,
    change: &Change,
    payer_left: Money,
    now: DateTime<Utc>,
) -> Result<Money, DbError> {
    settle::give_reserved_in(tx, booking, Some(change.id), now).await?;
    let cheaper_by = Money::new(booking.total.minor - change.total.minor, booking.total.currency);
    let (granted, _) = given_in(tx, booking).await?;
    let Some(first) = granted.first().filter(|_| cheaper_by.minor > 0) else { return Ok(cheaper_by) };
    let kept = read::locked_in(tx, &services.catalogue(), first.grant).await?;
    let new =
        New { space: &change.space, span: change.span, total: change.total, other: change.other.as_ref() };
    let back = back(booking, &kept, &granted, &new, (cheaper_by, payer_left));
    back_in(tx, booking, &granted, back, "moved", now).await?;
    Ok(Money::new(cheaper_by.minor - back.minor, cheaper_by.currency))
}
