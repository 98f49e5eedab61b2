//! Commands about what a town pays of others' prices.

use chrono::NaiveDate;
use clap::{Args, Subcommand};
use uuid::Uuid;
use vayla_domain::money::PriceGroup;

#[derive(Debug, Subcommand)]
pub enum GrantAct {
    /// Give one: without a customer it is for whoever has one of its vouchers.
    /// Example: vayla grant add haparanda --name-sv "Lokalbidrag för ungdomar" --name-fi "Nuorten tila-avustus"
    /// --percent 100 --budget 50000.00 --from 2026-08-01 --until 2027-05-31 --groups youth --towns tornio
    Add(Box<NewGrant>),
    /// A town's, with what is used and left of each. Example: vayla grant list haparanda
    List { town: String },
    /// It pays nothing new, and keeps to what it has promised and paid.
    /// Example: vayla grant close 0199f3c2-7a51-7cc0-8d0e-1f2a3b4c5d6e
    Close { id: Uuid },
    /// Print codes to hand out, once; each is good for one booking, or for an amount in all.
    /// Example: vayla grant vouchers 0199f3c2-7a51-7cc0-8d0e-1f2a3b4c5d6e --count 20
    Vouchers {
        id: Uuid,
        #[arg(long, default_value_t = 1)]
        count: usize,
        /// In the town's currency.
        #[arg(long)]
        amount: Option<String>,
    },
}

#[derive(Debug, Args)]
pub struct NewGrant {
    /// The code of the town that pays.
    pub town: String,
    #[arg(long)]
    pub name_sv: String,
    #[arg(long)]
    pub name_fi: String,
    /// Of the price; or an amount.
    #[arg(long, conflicts_with = "amount")]
    pub percent: Option<i64>,
    /// A booking, in the town's currency, as all amounts.
    #[arg(long)]
    pub amount: Option<String>,
    /// The most of a booking.
    #[arg(long)]
    pub limit: Option<String>,
    /// The most in all.
    #[arg(long)]
    pub budget: String,
    /// The first and the last day of use.
    #[arg(long)]
    pub from: NaiveDate,
    #[arg(long)]
    pub until: NaiveDate,
    /// Whose bookings on account it pays a part of.
    #[arg(long)]
    pub customer: Option<Uuid>,
    /// All facilities of these towns; without it and --facilities, all there are.
    #[arg(long, value_delimiter = ',')]
    pub towns: Vec<String>,
    /// Single facilities, by their names in addresses.
    #[arg(long, value_delimiter = ',')]
    pub facilities: Vec<String>,
    /// adult, youth, club, company; without it, all.
    #[arg(long, value_delimiter = ',')]
    pub groups: Vec<PriceGroup>,
}
