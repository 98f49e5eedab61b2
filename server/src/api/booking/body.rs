//! A booking on the wire.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use vayla_domain::booking::Who;
use vayla_services::{
    DbError, Services, booking,
    catalogue::Municipality,
    deposit,
    payment::{self, PaymentState, RefundState},
};

use super::{
    super::{
        cancelling::CancelStep,
        deposit::{DepositAsked, DepositHeld},
        instant::Instant,
        money::{Line, Money, Rate},
        names::{Group, Names, Status, Tongue, UseOf},
    },
    grant::{BookingGrant, Rest},
    moving::Move,
};

/// A booking as it stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct Booking {
    pub id: Uuid,
    /// What people say on the phone.
    #[schema(example = "HT-4K7M-2QX")]
    pub reference: String,
    pub status: Status,
    pub space: Uuid,
    pub space_name: Names,
    pub facility: Uuid,
    pub facility_name: Names,
    pub start: Instant,
    pub end: Instant,
    /// The same time on the clocks of both towns, the facility's first.
    pub times: Vec<LocalTime>,
    /// Until then the time is held; what it was, once the hold is over.
    pub hold_expires_at: Instant,
    pub price_group: Group,
    #[serde(rename = "use")]
    pub use_of: UseOf,
    /// In the facility's currency.
    pub total: Money,
    /// In the neighbour's; null where no rate was in force.
    pub total_other: Option<Money>,
    pub rate: Option<Rate>,
    pub lines: Vec<Line>,
    /// Names the price, as in quotes.
    #[schema(pattern = "^[0-9a-f]{24}$", example = "6f1c0a9d2be34755a1c0ffee")]
    pub quote: String,
    /// What municipalities pay of it, or are to pay once it is booked.
    pub grants: Vec<BookingGrant>,
    /// What is paid besides and comes back; null where nothing is, or somebody pays later.
    pub deposit: Option<DepositAsked>,
    /// What has become of it, once it has been paid.
    pub deposit_held: Option<DepositHeld>,
    /// What its payer pays, in both currencies: what grants leave of the total, and the deposit.
    pub to_pay: Money,
    pub to_pay_other: Option<Money>,
    pub payments: Vec<BookingPayment>,
    pub booker: Option<BookerSeen>,
    pub purpose: Option<String>,
    pub people: Option<i64>,
    /// The last moment at which everything is given back; null where something always stays.
    pub cancel_free_until: Option<Instant>,
    /// By the rule that it was made under.
    pub cancel_steps: Vec<CancelStep>,
    /// Given when it is paid; later payments have their own.
    pub receipt_number: Option<i64>,
    /// A move that waits for its payment; in the answer to a move, that move.
    pub change: Option<Move>,
    /// Opens the booking. Only in the answer that makes it: keep it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub manage_token: Option<String>,
}

/// A time on one town's clocks.
#[derive(Debug, Serialize, ToSchema)]
pub struct LocalTime {
    #[schema(example = "Europe/Helsinki")]
    pub zone: String,
    #[schema(pattern = "^[A-Z]{2}$", example = "FI")]
    pub country: String,
    pub start: Instant,
    pub end: Instant,
}

/// Who books.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Booker)]
pub struct BookerSeen {
    pub name: String,
    pub email: String,
    pub phone: Option<String>,
    pub language: Tongue,
}

/// A payment of a booking.
#[derive(Debug, Serialize, ToSchema)]
pub struct BookingPayment {
    pub id: Uuid,
    pub status: PaymentStatus,
    pub amount: Money,
    /// How much of the amount is the deposit.
    pub deposit: Money,
    /// What it pays of the price, in the facility's currency.
    pub pays: Money,
    /// Paid for nothing (twice, or too late): it goes back.
    pub surplus: bool,
    /// Given when it pays for something.
    pub receipt_number: Option<i64>,
    /// Oldest first.
    pub refunds: Vec<Refund>,
}

#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaymentStatus {
    Pending,
    Paid,
    Failed,
    /// The payer's time to pay is over.
    Expired,
}

/// Money given back.
#[derive(Debug, Serialize, ToSchema)]
pub struct Refund {
    pub amount: Money,
    /// `cancelled`, `moved` (to a cheaper time), `too_late`, `paid_twice`, `unwanted` (paid after it
    /// was cancelled), `on_account` (paid after it was put on a customer's account), `wrong_amount`, `deposit` (some days
    /// after the use), `charge_taken_back` or `staff`.
    #[schema(pattern = "^[a-z_]+$", example = "cancelled")]
    pub reason: String,
    /// It is of the deposit, and nothing of the price.
    pub of_deposit: bool,
    pub at: Instant,
    /// The provider has given it back, and doesn't only mean to.
    pub done: bool,
}

impl Booking {
    /// Reads what belongs to the booking.
    pub async fn read(services: &Services, booking: &booking::Booking) -> Result<Self, DbError> {
        let lines = booking::lines(&services.db, booking).await?;
        let payments = payment::of_booking(&services.db, booking.id).await?;
        let (space, zone, rule) = (&booking.space, booking.space.zone(), &booking.cancel_rule);
        let at = |instant| Instant::new(instant, zone);
        let other = booking.other.as_ref();
        let price = booking.price(lines);
        let held = deposit::of_booking(&services.db, booking.id).await?;
        let Rest { grants, to_pay, to_pay_other } = Rest::read(services, booking).await?;
        Ok(Self {
            id: booking.id,
            reference: booking.reference.clone(),
            status: Status(booking.state_at(services.clock.now())),
            space: space.id,
            space_name: (&space.name).into(),
            facility: space.facility.id,
            facility_name: (&space.facility.name).into(),
            start: at(booking.starts_at()),
            end: at(booking.ends_at()),
            times: times(services, booking),
            hold_expires_at: at(booking.hold_expires_at),
            price_group: Group(booking.price_group),
            use_of: UseOf(booking.use_of),
            total: booking.total.into(),
            total_other: other.map(|(money, _)| (*money).into()),
            rate: other.and_then(|(_, rate)| rate.as_ref()).map(Into::into),
            lines: price.lines.iter().map(|line| Line::new(&services.catalogue(), line, zone)).collect(),
            quote: booking::fingerprint(space, &price),
            grants,
            deposit: booking
                .deposit
                .as_ref()
                .and_then(|asked| DepositAsked::new(asked, booking.total.currency)),
            deposit_held: held.as_ref().map(Into::into),
            to_pay,
            to_pay_other,
            payments: payments.iter().map(|payment| BookingPayment::new(payment, booking)).collect(),
            booker: booking.who.as_ref().map(Into::into),
            purpose: booking.who.as_ref().and_then(|who| who.purpose.clone()),
            people: booking.who.as_ref().and_then(|who| who.people),
            cancel_free_until: rule.free_until(booking.start()).map(at),
            cancel_steps: CancelStep::all(rule, booking.start()),
            receipt_number: payments.iter().filter_map(|payment| payment.receipt_number).min(),
            change: Move::open(services, booking).await?,
            manage_token: None,
        })
    }
}

fn times(services: &Services, booking: &booking::Booking) -> Vec<LocalTime> {
    let (catalogue, own) = (services.catalogue(), &booking.space.facility.municipality);
    let others = catalogue.municipalities.iter().filter(|town| town.zone != own.zone);
    let time = |town: &Municipality| LocalTime {
        zone: town.zone.name().to_owned(),
        country: town.country.clone(),
        start: Instant::new(booking.starts_at(), town.zone),
        end: Instant::new(booking.ends_at(), town.zone),
    };
    std::iter::once(own).chain(others).map(|town| time(town)).collect()
}

impl From<&Who> for BookerSeen {
    fn from(who: &Who) -> Self {
        let Who { name, email, phone, language, .. } = who.clone();
        Self { name, email, phone, language: Tongue(language) }
    }
}

impl BookingPayment {
    fn new(payment: &payment::Payment, booking: &booking::Booking) -> Self {
        let refunds = payment.refunds.iter().map(|refund| Refund {
            amount: refund.amount.into(),
            reason: refund.reason.clone(),
            of_deposit: refund.of_deposit,
            at: Instant::new(refund.at, booking.space.zone()),
            done: refund.state == RefundState::Done,
        });
        Self {
            id: payment.id,
            status: payment.state.into(),
            amount: payment.amount.into(),
            deposit: payment.deposit.into(),
            pays: payment.gross.into(),
            surplus: payment.surplus,
            receipt_number: payment.receipt_number,
            refunds: refunds.collect(),
        }
    }
}

impl From<PaymentState> for PaymentStatus {
    fn from(state: PaymentState) -> Self {
        match state {
            PaymentState::Pending => Self::Pending,
            PaymentState::Paid => Self::Paid,
            PaymentState::Failed | PaymentState::Dropped => Self::Failed,
            PaymentState::Expired => Self::Expired,
        }
    }
}
