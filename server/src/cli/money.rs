//! Commands about what bookings have cost, and where that money is.

use chrono::NaiveDate;
use clap::{Args, Subcommand};
use uuid::Uuid;
use vayla_domain::settlement::Month;
use vayla_services::payment::RefundState;

#[derive(Debug, Args)]
pub struct NewRefund {
    /// The booking's reference.
    pub booking: String,
    /// In the price's currency, or that of the deposit; without it, all that is left.
    #[arg(long)]
    pub amount: Option<String>,
    #[arg(long)]
    pub reason_sv: String,
    #[arg(long)]
    pub reason_fi: String,
}

#[derive(Debug, Args)]
pub struct NewCharge {
    /// The booking's reference.
    pub booking: String,
    /// The code of the price list's entry: lost_key, overtime, no_show …
    pub kind: String,
    /// How long it was, where the list goes by time.
    #[arg(long)]
    pub minutes: Option<u32>,
    /// What it has cost the town, where the list goes by that; in the price's currency.
    #[arg(long)]
    pub cost: Option<String>,
    #[arg(long)]
    pub reason_sv: String,
    #[arg(long)]
    pub reason_fi: String,
}

#[derive(Debug, Args)]
pub struct ChargeGone {
    /// The booking's reference.
    pub booking: String,
    /// Which of its charges, from 1 on.
    pub number: i64,
    #[arg(long)]
    pub reason_sv: String,
    #[arg(long)]
    pub reason_fi: String,
}

#[derive(Debug, Subcommand)]
pub enum RefundsAct {
    /// Those in a state, the oldest first: id, booking, town, provider, amount, currency, reason, moment, state, what came
    /// of the last try. Example: vayla refunds list --state done
    List {
        /// asked, done, failed or unknown; without it, failed and unknown, which need somebody.
        #[arg(long)]
        state: Option<RefundState>,
    },
    /// Have the provider asked again for one that has failed; for one that is unknown, only once it is certain that it
    /// isn't at the provider's. Example: vayla refunds retry 0199f3c2-7a51-7cc0-8d0e-1f2a3b4c5d6e
    Retry { id: Uuid },
    /// Say that one that is unknown has gone back: it stands at the provider's.
    /// Example: vayla refunds done 0199f3c2-7a51-7cc0-8d0e-1f2a3b4c5d6e
    Done { id: Uuid },
}

#[derive(Debug, Subcommand)]
pub enum OutboxAct {
    /// The oldest first: id, kind, number of tries, address, subject, what came of the last try. Example: vayla outbox list
    List,
    /// Have one tried again, as often as a new one. Example: vayla outbox retry 0199f3c2-7a51-7cc0-8d0e-1f2a3b4c5d6e
    Retry { id: Uuid },
}

#[derive(Debug, Subcommand)]
pub enum Settlements {
    /// What providers have paid out: its name, what stands on the bank's line, the day, how much was paid, what of that the
    /// provider has kept, how many lines of its report weren't what we knew. Example: vayla settlements list
    List,
    /// Ask the provider for the settlements of some days, and for their reports: those come by call to
    /// VAYLA_BASE_URL. Example: vayla settlements fetch tornio 2026-10-01 2026-10-31
    Fetch { town: String, first: NaiveDate, last: NaiveDate },
    /// Note what a provider has paid out that doesn't report it, such as Swish, by the bank's own name of the line.
    /// Example: vayla settlements paid-out haparanda swish --key 1103-0002 --on 2026-11-03 --amount 1370.25 --fee 2.00
    PaidOut {
        town: String,
        provider: String,
        #[arg(long)]
        key: String,
        #[arg(long)]
        on: NaiveDate,
        #[arg(long)]
        amount: String,
        /// What the provider has kept of what payers have paid.
        #[arg(long, default_value = "0")]
        fee: String,
    },
}

#[derive(Debug, Subcommand)]
pub enum SettlementAct {
    /// Draw up what two towns owe each other up to the end of a month that is over, as one payment.
    /// Example: vayla settlement draw haparanda tornio 2026-11
    Draw {
        town: String,
        other: String,
        month: Month,
        /// Only show what it would be, line by line.
        #[arg(long)]
        preview: bool,
    },
    /// One by its number, line by line. Example: vayla settlement show 1
    Show { number: u32 },
    /// Have money that came with a wrong reference pay one, by its number and the bank's own name of the line.
    /// Example: vayla settlement match 1 --from-key 20261202-0003
    Match {
        number: u32,
        #[arg(long)]
        from_key: String,
        /// What the payer sent, where the bank has exchanged it: 20.00 EUR.
        #[arg(long)]
        instructed: Option<String>,
    },
    /// Write off what is open of one, at most one euro or ten kronor, in both towns' books. Example:
    /// vayla settlement write-off 1 --reason-sv "Bankens avgift." --reason-fi "Pankin kulu."
    WriteOff {
        number: u32,
        #[arg(long)]
        reason_sv: String,
        #[arg(long)]
        reason_fi: String,
    },
    /// All of them. Example: vayla settlement list
    List,
}
