//! Settlements on the wire.

use chrono::NaiveDate;
use chrono_tz::{Tz, UTC};
use serde::{Deserialize, Deserializer, Serialize, de};
use utoipa::ToSchema;
use uuid::Uuid;
use vayla_domain::{
    ledger::{Bearer, Event},
    money,
    settlement::Month,
};
use vayla_services::{
    Batch,
    catalogue::Catalogue,
    settlement::{Settlement, SettlementLine},
};

use super::super::super::{
    instant::Instant,
    money::{Money, MoneyAsked, Rate},
    page::Page,
    staff::reason::ReasonGiven,
};

/// A calendar month.
#[derive(Debug, Clone, Copy, ToSchema)]
#[schema(value_type = String, pattern = "^[0-9]{4}-(0[1-9]|1[0-2])$", example = "2026-11")]
pub struct MonthAsked(pub Month);

impl<'de> Deserialize<'de> for MonthAsked {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map(Self).map_err(de::Error::custom)
    }
}

/// Which settlement is to be drawn up.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSettlement {
    /// The code of a town.
    #[schema(example = "haparanda")]
    pub town: String,
    /// Of the town that it settles with.
    #[schema(example = "tornio")]
    pub other: String,
    pub month: MonthAsked,
}

/// Which money pays a settlement after all.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettlingMoney {
    /// The payee's bank's own name of the line by which it has come.
    #[schema(min_length = 1, max_length = 100, example = "20261202-0003")]
    pub from_key: String,
    /// What the payer sent, where the bank has exchanged it.
    #[schema(nullable = false)]
    pub instructed: Option<MoneyAsked>,
}

/// Why what is open of a settlement is written off.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettlementWritingOff {
    pub reason: ReasonGiven,
}

/// What two towns settle for a month: one payment.
#[derive(Debug, Serialize, ToSchema)]
pub struct TownSettlement {
    /// Null in a preview, as its number, its reference and when it was drawn up.
    id: Option<Uuid>,
    #[schema(minimum = 1, example = 1)]
    number: Option<u32>,
    /// What the payment is known by: RF, as it is printed.
    #[schema(example = "RF23 3000 0012")]
    reference: Option<String>,
    /// The last month that is in it, with all from before that was in none.
    #[schema(example = "2026-11")]
    month: String,
    /// The first moment that isn't.
    cut_off: Instant,
    drawn_at: Option<Instant>,
    /// Who bears what the rate has done since: the `collector` or the `owner`.
    #[schema(pattern = "^(collector|owner)$", example = "collector")]
    bearer: &'static str,
    /// At the cut-off; null between towns of one currency.
    rate: Option<Rate>,
    /// By code.
    towns: Vec<SettlingTown>,
    /// Who pays; null where nothing is left to pay.
    #[schema(example = "haparanda")]
    payer: Option<String>,
    #[schema(example = "tornio")]
    payee: Option<String>,
    /// What is paid, in the treaty's currency.
    net: Money,
    /// Of that, what nobody asks for any more, as it is too little.
    written_off: Money,
    /// Of that, what is open.
    open: Money,
    /// Since when it is closed.
    paid_at: Option<Instant>,
    /// How many lines it has.
    line_count: i64,
}

/// A town's side of a settlement.
#[derive(Debug, Serialize, ToSchema)]
struct SettlingTown {
    #[schema(example = "haparanda")]
    code: String,
    /// What it has collected for the other, as it stands in its books.
    collected: Money,
    /// What of that was agreed, in the other's currency.
    owes: Money,
    /// What it pays by its books; less than nothing where it is paid.
    pays: Money,
    /// What it gains by what the rate has done; less than nothing where it loses.
    exchange: Money,
}

/// A settlement and what it is made of.
#[derive(Debug, Serialize, ToSchema)]
pub struct SettlementReckoning {
    settlement: TownSettlement,
    lines: Page<SettledLine>,
}

/// Something that became owed, or went back: then its amounts are less than nothing.
#[derive(Debug, Serialize, ToSchema)]
struct SettledLine {
    line: i64,
    at: Instant,
    /// What happened, as the books name it.
    #[schema(example = "payment")]
    event: &'static str,
    /// The booking's reference.
    #[schema(example = "HT-4K7M-2QX")]
    booking: Option<String>,
    /// The code of the town that owes it.
    #[schema(example = "haparanda")]
    debtor: String,
    #[schema(example = "tornio")]
    creditor: String,
    /// In the debtor's currency.
    paid: Money,
    /// What was agreed, in the creditor's currency.
    contract: Money,
    /// Between the two.
    #[schema(pattern = "^[0-9]+(\\.[0-9]+)?$", example = "10.978")]
    rate: Option<String>,
    /// The day of its fixing.
    rate_date: Option<NaiveDate>,
    /// What it is worth at the cut-off's rate: to whoever bears the difference, in their currency.
    worth: Money,
    /// What they gain; less than nothing where they lose. Each line is rounded by itself.
    difference: Money,
}

impl TownSettlement {
    #[must_use]
    pub fn new(catalogue: &Catalogue, settlement: &Settlement) -> Self {
        let zone = zone(catalogue, settlement);
        let [payer, payee] = match settlement.payer_and_payee() {
            Some(places) => places.map(|place| Some(settlement.towns[place].clone())),
            None => [None, None],
        };
        let standing = settlement.standing();
        let known = settlement.number.is_some();
        Self {
            id: known.then_some(settlement.id),
            number: settlement.number,
            reference: settlement.reference().map(|reference| reference.to_string()),
            month: settlement.month.to_string(),
            cut_off: Instant::new(settlement.cut_off, zone),
            drawn_at: known.then(|| Instant::new(settlement.drawn_at, zone)),
            bearer: Bearer::code(settlement.bearer),
            rate: settlement.rate.as_ref().map(Into::into),
            towns: vec![SettlingTown::new(settlement, 0), SettlingTown::new(settlement, 1)],
            payer,
            payee,
            net: standing.net.into(),
            written_off: standing.written_off.into(),
            open: standing.open().into(),
            paid_at: settlement.paid_at.filter(|_| known).map(|at| Instant::new(at, zone)),
            line_count: settlement.lines,
        }
    }
}

impl SettlingTown {
    fn new(settlement: &Settlement, place: usize) -> Self {
        let (dues, booked) = (settlement.dues[place], settlement.booked[place]);
        let sign = if place == 0 { 1 } else { -1 };
        Self {
            code: settlement.towns[place].clone(),
            collected: dues.booked.into(),
            owes: dues.contract.into(),
            pays: money::Money::new(sign * booked.minor, booked.currency).into(),
            exchange: settlement.gains[place].into(),
        }
    }
}

impl SettlementReckoning {
    #[must_use]
    pub fn new(catalogue: &Catalogue, settlement: &Settlement, lines: Batch<SettlementLine>) -> Self {
        let zone = zone(catalogue, settlement);
        let lines =
            Page::from_batch(lines, |line| line.line.to_string(), |line| SettledLine::new(line, zone));
        Self { settlement: TownSettlement::new(catalogue, settlement), lines: lines.0 }
    }
}

impl SettledLine {
    fn new(line: SettlementLine, zone: Tz) -> Self {
        let (rate, rate_date) = line.rate.unzip();
        Self {
            line: line.line,
            at: Instant::new(line.at, zone),
            event: Event::code(line.event),
            booking: line.booking,
            debtor: line.debtor,
            creditor: line.creditor,
            paid: line.dues.booked.into(),
            contract: line.dues.contract.into(),
            rate,
            rate_date,
            worth: line.worth.now.into(),
            difference: line.worth.gain.into(),
        }
    }
}

/// By whose clocks its month ended.
fn zone(catalogue: &Catalogue, settlement: &Settlement) -> Tz {
    catalogue.treaty(settlement.month.last_day()).map_or(UTC, |treaty| treaty.settlement.zone)
}
