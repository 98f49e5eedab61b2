//! Commands about prices, tax and rates.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Subcommand, value_parser};
use uuid::Uuid;
use vayla_domain::{
    money::{Home, PriceGroup, Seller, Use, VatClass, VatRate},
    series::OCCURRENCES_MAX,
};

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
    /// What a booking would cost under a list, published or not, beside what it costs now, as JSON. Example: vayla tariff
    /// preview 0199f3c2-7a51-7cc0-8d0e-1f2a3b4c5d6e tornion-jaahalli/hela-isen --from 2027-01-14T18:00
    /// --to 2027-01-14T19:30 --group club --home tornio --dates 10
    Preview(Box<NewPreview>),
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

#[derive(Debug, Args)]
pub struct NewPreview {
    /// The list.
    pub id: Uuid,
    /// A facility's name in addresses and a space's: tornion-jaahalli/hela-isen.
    pub space: String,
    /// By the clock on the facility's wall: 2027-01-14T18:00.
    #[arg(long)]
    pub from: String,
    /// The same.
    #[arg(long)]
    pub to: String,
    /// adult, youth, club or company.
    #[arg(long, default_value = "adult")]
    pub group: PriceGroup,
    /// The code of the town where the booker lives; without it, elsewhere.
    #[arg(long)]
    pub home: Option<Home>,
    /// sport, teaching or event.
    #[arg(long = "use", default_value = "sport")]
    pub use_of: Use,
    /// As one of how many dates of a series.
    #[arg(long, default_value_t = 1, value_parser = value_parser!(u32).range(1..=i64::from(OCCURRENCES_MAX)))]
    pub dates: u32,
    /// The day of booking; without it, the list's first, or today if that has been.
    #[arg(long)]
    pub booked: Option<NaiveDate>,
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
