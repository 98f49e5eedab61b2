//! Commands about prices, payments and the books.

use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, Utc};
use clap::{Args, Subcommand, ValueEnum};
use uuid::Uuid;
use vayla_domain::{
    money::{Seller, Use, VatClass, VatRate},
    settlement::Month,
};

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
pub enum Settlements {
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
    /// All of them. Example: vayla settlement list
    List,
}

#[derive(Debug, Subcommand)]
pub enum TariffAct {
    /// The lists of a facility, or a space's own, drafts among them. Example: vayla tariff list tornion-jaahalli
    List {
        /// A facility's name in addresses, or a space's after it: tornion-jaahalli/hela-isen.
        place: String,
    },
    /// A list as JSON. Example: vayla tariff show 0199f3c2-7a51-7cc0-8d0e-1f2a3b4c5d6e
    Show { id: Uuid },
    /// Lay in a draft from a file, in place of any other draft for that day.
    /// Example: vayla tariff put tornion-jaahalli/hela-isen 2027-01-01 prices.json
    Put {
        place: String,
        /// The first day on which it is to hold.
        from: NaiveDate,
        file: PathBuf,
    },
    /// What a list changes, in both languages. Example: vayla tariff diff 0199f3c2-7a51-7cc0-8d0e-1f2a3b4c5d6e
    Diff { id: Uuid },
    /// Make a draft hold from its day on; it never changes after that.
    /// Example: vayla tariff publish 0199f3c2-7a51-7cc0-8d0e-1f2a3b4c5d6e --version 3f1a9c0e77b2d405
    Publish {
        id: Uuid,
        /// As the diff names it: another draft that has taken its place isn't published.
        #[arg(long)]
        version: Option<String>,
    },
    /// Throw a draft away. Example: vayla tariff remove 0199f3c2-7a51-7cc0-8d0e-1f2a3b4c5d6e
    Remove { id: Uuid },
}

#[derive(Debug, Subcommand)]
pub enum VatAct {
    /// All rates, by country, class of premises, seller, use and day. Example: vayla vat list
    List,
    /// Add a rate that is to be in force from a day on, tomorrow at the earliest. Example: vayla vat add FI sports
    /// municipality sport --from 2027-01-01 --rate 14 --source "Arvonlisäverolaki 85 a §"
    Add {
        /// ISO code.
        country: String,
        /// sports, culture, harbour or general.
        class: VatClass,
        /// municipality or other.
        seller: Seller,
        /// sport, teaching or event.
        use_of: Use,
        #[arg(long)]
        from: NaiveDate,
        /// A percentage, or exempt.
        #[arg(long)]
        rate: VatRate,
        /// Where it stands written.
        #[arg(long)]
        source: String,
    },
}

#[derive(Debug, Subcommand)]
pub enum Rates {
    /// Add the European Central Bank's rates from a CSV or XML file. Example: vayla rates import eurofxref.xml
    Import { file: PathBuf },
    /// Fetch those of the last ninety days from where VAYLA_RATES_URL says, now. Example: vayla rates fetch
    Fetch,
}

#[derive(Debug, Subcommand)]
pub enum Ledger {
    /// Prove the books against the bookings; exit with 1 when something is wrong. Example: vayla ledger check
    Check,
    /// The trial balance at a moment as JSON. Example: vayla ledger balance --at 2026-12-31T23:59:59+01:00
    Balance {
        /// Up to and with this moment; without it, the last whole second.
        #[arg(long)]
        at: Option<DateTime<Utc>>,
    },
    /// Write the books out on standard output. Example: vayla ledger export --format beancount --from 2026-01-01
    Export {
        #[arg(long)]
        format: ExportFormat,
        /// The first day, by each town's own clock; without it, from the beginning.
        #[arg(long)]
        from: Option<NaiveDate>,
        /// The last day, itself included; without it, until now.
        #[arg(long)]
        to: Option<NaiveDate>,
    },
    /// What a town's own chart calls the accounts. Example: vayla ledger chart show haparanda
    #[command(subcommand)]
    Chart(ChartAct),
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum ExportFormat {
    Beancount,
}

#[derive(Debug, Subcommand)]
pub enum ChartAct {
    /// The chart as JSON. Example: vayla ledger chart show haparanda
    Show { town: String },
    /// Lay it down from a JSON file in place of the one before:
    /// [{"account":"income","from":"2027-01-01","number":"3415","name":{"sv":"Hyror","fi":"Vuokrat"},
    /// "dimensions":{"verksamhet":"30010"}}].
    /// Example: vayla ledger chart set haparanda chart.json
    Set { town: String, file: PathBuf },
}
