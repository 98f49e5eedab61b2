//! Money goes back.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use vayla_domain::{
    Reason,
    booking::Back,
    ledger::{self, Event, Share, Standing, give_back, repay},
    money::Money,
};

use super::{Payment, RefundState, Repay, SANDBOX, read::paying_in};
use crate::{
    booking::Booking,
    db::{DbError, Tx, within},
    deposit, grant,
    ledger::{Entry, post_in},
    outbox::{self, Message},
};

/// Why money goes back: a code, and what staff say.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RefundWhy<'a> {
    pub code: &'a str,
    pub reason: Option<&'a Reason>,
}

impl<'a> RefundWhy<'a> {
    /// By a rule.
    pub(crate) const fn rule(code: &'a str) -> Self {
        Self { code, reason: None }
    }
}

/// Writes a refund of what was paid of a price down, and has the provider asked for it. Returns its id.
pub(super) async fn insert_in(
    tx: &mut Tx,
    payment: &Payment,
    share: &Share,
    why: RefundWhy<'_>,
    now: DateTime<Utc>,
) -> Result<Uuid, DbError> {
    write_in(tx, payment, share, false, why, now).await
}

async fn write_in(
    tx: &mut Tx,
    payment: &Payment,
    share: &Share,
    of_deposit: bool,
    why: RefundWhy<'_>,
    now: DateTime<Utc>,
) -> Result<Uuid, DbError> {
    let id = crate::new_id(now);
    // The built-in terminal has given it back already, and nothing is a share that rounds to nothing.
    let done = payment.provider == SANDBOX || share.paid.minor == 0;
    let state = if done { RefundState::Done } else { RefundState::Asked };
    within!(&mut *tx, c => sqlx::query(
        "INSERT INTO refund (id, payment_id, minor, gross_minor, vat_minor, reason, created_at, state, asked_as,
                             reason_sv, reason_fi, of_deposit)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $1, $9, $10, $11)")
        .bind(id).bind(payment.id).bind(share.paid.minor).bind(share.gross.minor).bind(share.vat.minor)
        .bind(why.code).bind(now).bind(state.code()).bind(why.reason.map(|reason| &reason.texts().sv))
        .bind(why.reason.map(|reason| &reason.texts().fi)).bind(of_deposit).execute(c).await.map(drop))?;
    if !done {
        outbox::add_in(tx, &Message::Repay(Repay { refund: id, looked_for: false }), now, now).await?;
    }
    Ok(id)
}

/// Has the provider give a booking's deposit back, or some of it, with the payment that it came with.
pub(crate) async fn refund_deposit_in(
    tx: &mut Tx,
    booking: &Booking,
    payment: Uuid,
    amount: Money,
    why: RefundWhy<'_>,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    let paying = paying_in(tx, booking.id).await?;
    let payment =
        paying.into_iter().find(|paying| paying.id == payment).ok_or_else(|| DbError::corrupt(payment))?;
    let nothing = Money::new(0, payment.gross.currency);
    let share = Share { gross: nothing, vat: nothing, paid: amount };
    let refund = write_in(tx, &payment, &share, true, why, now).await?;
    let entry = payment.entry(Event::DepositReturned, Some(refund), now);
    post_in(tx, &entry, &ledger::deposit_returned(&payment.collector, amount)).await.map(drop)
}

/// Gives back what the facility's rule gives for a booking cancelled now, and its deposit, by currency; nothing where
/// nothing was paid.
pub(crate) async fn refund_cancelled_in(
    tx: &mut Tx,
    booking: &Booking,
    now: DateTime<Utc>,
) -> Result<Vec<Money>, DbError> {
    give_back_in(tx, booking, &booking.back(now), now).await
}

/// Gives back all that was paid, whatever the facility's rule, and the deposit; nothing where nothing was.
pub(crate) async fn refund_all_in(
    tx: &mut Tx,
    booking: &Booking,
    now: DateTime<Utc>,
) -> Result<Vec<Money>, DbError> {
    give_back_in(tx, booking, &Back::ALL, now).await
}

/// Of what hasn't gone back before; the deposit wholly, whatever the rule says of the price.
async fn give_back_in(
    tx: &mut Tx,
    booking: &Booking,
    back: &Back,
    now: DateTime<Utc>,
) -> Result<Vec<Money>, DbError> {
    let payments = paying_in(tx, booking.id).await?;
    let shares = shares_of_cancelling(&payments, back);
    let standings = payments.iter().map(Payment::standing).zip(shares.iter().copied());
    grant::cancelled_in(tx, booking, &standings.collect::<Vec<_>>(), back, now).await?;
    let why = RefundWhy::rule("cancelled");
    let refunds = give_in(tx, booking, payments, shares, why, now).await?;
    let deposit = deposit::return_all_in(tx, booking, why, now).await?;
    Ok(Money::by_currency(refunds.into_iter().chain(deposit)))
}

/// What would go back if a booking with these payments were cancelled, by currency.
pub(crate) fn refunds_of_cancelling(payments: &[Payment], back: &Back) -> Vec<Money> {
    Money::by_currency(shares_of_cancelling(payments, back).iter().map(|share| share.paid))
}

fn shares_of_cancelling(payments: &[Payment], back: &Back) -> Vec<Share> {
    give_back(&payments.iter().map(Payment::standing).collect::<Vec<Standing>>(), back)
}

/// Gives back what a booking has become cheaper by, by currency.
pub(crate) async fn refund_moved_in(
    tx: &mut Tx,
    booking: &Booking,
    cheaper_by: Money,
    now: DateTime<Utc>,
) -> Result<Vec<Money>, DbError> {
    let mut payments = paying_in(tx, booking.id).await?;
    payments.reverse();
    let shares = shares_of_move(&payments, cheaper_by);
    give_in(tx, booking, payments, shares, RefundWhy::rule("moved"), now).await
}

/// What would go back if a booking with these payments, as [`super::paying`] reads them, became cheaper
/// by so much.
pub(crate) fn refunds_of_move(mut payments: Vec<Payment>, cheaper_by: Money) -> Vec<Money> {
    payments.reverse();
    Money::by_currency(shares_of_move(&payments, cheaper_by).iter().map(|share| share.paid))
}

/// The latest payment goes back first.
fn shares_of_move(latest_first: &[Payment], cheaper_by: Money) -> Vec<Share> {
    repay(&latest_first.iter().map(Payment::standing).collect::<Vec<Standing>>(), cheaper_by)
}

/// Gives back of each payment its share.
pub(super) async fn give_in(
    tx: &mut Tx,
    booking: &Booking,
    payments: Vec<Payment>,
    shares: Vec<Share>,
    why: RefundWhy<'_>,
    now: DateTime<Utc>,
) -> Result<Vec<Money>, DbError> {
    let owner = &booking.space.facility.municipality.code;
    for (payment, share) in payments.iter().zip(&shares) {
        if share.paid.minor == 0 && share.gross.minor == 0 {
            continue;
        }
        let refund = insert_in(tx, payment, share, why, now).await?;
        let entry = Entry { rate: payment.rate.as_ref(), ..payment.entry(Event::Refund, Some(refund), now) };
        post_in(tx, &entry, &payment.returned(owner, share)).await?;
    }
    Ok(Money::by_currency(shares.iter().map(|share| share.paid)))
}
