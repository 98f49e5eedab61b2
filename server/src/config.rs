//! Configuration: environment variables with defaults that work.

use std::{path::PathBuf, time::Instant};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use clap::{Args, Parser, Subcommand, ValueEnum};
use uuid::Uuid;
use vayla_services::{Clock, staff::Scope};

/// Väylä: bookings of two towns' leisure facilities, in two languages and two currencies.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
pub struct Cli {
    #[command(flatten)]
    pub config: Config,
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the web server (also with no command). Example: vayla serve
    Serve,
    /// Bring the database to the newest form. Example: vayla migrate
    Migrate,
    /// Lay in places, prices, VAT and rates; as often as one likes. Example: vayla seed --demo
    Seed {
        /// Also a fortnight of demo bookings; old exchange rates stay in use.
        #[arg(long)]
        demo: bool,
    },
    /// Exchange rates. Example: vayla rates import eurofxref-hist.csv
    #[command(subcommand)]
    Rates(Rates),
    /// The books. Example: vayla ledger check
    #[command(subcommand)]
    Ledger(Ledger),
    /// Parts that nobody can book for a time. Example: vayla closure list tornion-jaahalli
    #[command(subcommand)]
    Closure(ClosureAct),
    /// Rules of opening and booking. Example: vayla rules show tornion-jaahalli
    #[command(subcommand)]
    Rules(RulesAct),
    /// Tokens of staff and of the towns' other systems, for the API. Example: vayla token list
    #[command(subcommand)]
    Token(TokenAct),
    /// Clubs and companies that book now and pay later. Example: vayla customer list tornio
    #[command(subcommand)]
    Customer(CustomerAct),
    /// Invoices. Example: vayla invoice issue tornio --through 2026-11-30
    #[command(subcommand)]
    Invoice(InvoiceAct),
    /// Give back what was paid for a booking, all that is left or a part; the booker is told why.
    /// Example: vayla refund HT-4K7M-2QX --amount 20.00 --reason-sv "Isen var mjuk." --reason-fi "Jää oli pehmeää."
    Refund(NewRefund),
    /// The breaks of a town's schools, which series may leave out. Example: vayla breaks set tornio breaks.json
    #[command(subcommand)]
    Breaks(BreaksAct),
}

#[derive(Debug, Subcommand)]
pub enum CustomerAct {
    /// Take one on; the code by which one books on its account goes to its mail address.
    /// Example: vayla customer add tornio --name "Tornion Palloveikot" --email kassa@example.fi --language fi
    /// --group club --credit 500.00
    Add(Box<NewCustomer>),
    /// A town's, by name. Example: vayla customer list tornio
    List { town: String },
}

#[derive(Debug, Args)]
pub struct NewCustomer {
    /// The code of the town that sends the invoices.
    pub town: String,
    #[arg(long)]
    pub name: String,
    /// Organisationsnummer or Y-tunnus.
    #[arg(long)]
    pub business_id: Option<String>,
    #[arg(long)]
    pub email: String,
    #[arg(long)]
    pub address: Option<String>,
    #[arg(long)]
    pub e_invoice: Option<String>,
    /// sv or fi.
    #[arg(long)]
    pub language: String,
    /// At whose prices it books: adult, youth, club or company.
    #[arg(long)]
    pub group: String,
    /// How much it may owe at a time, in the town's currency.
    #[arg(long)]
    pub credit: String,
    /// Within how many days an invoice is to be paid.
    #[arg(long, default_value_t = 30)]
    pub days: i64,
    /// One invoice a booking; without it, one a month.
    #[arg(long)]
    pub each: bool,
}

#[derive(Debug, Subcommand)]
pub enum InvoiceAct {
    /// Write and send invoices of what has been used and is on none yet.
    /// Example: vayla invoice issue tornio --through 2026-11-30
    Issue {
        town: String,
        /// The last local day of use, itself included.
        #[arg(long)]
        through: NaiveDate,
        /// One customer only.
        #[arg(long)]
        customer: Option<Uuid>,
    },
    /// Remind of an overdue one. Example: vayla invoice remind 0199f3c2-7a51-7cc0-8d0e-1f2a3b4c5d6e --fee 5.00
    Remind {
        id: Uuid,
        #[arg(long)]
        fee: Option<String>,
    },
    /// Take one back, or some of its lines. Example: vayla invoice credit 0199f3c2-7a51-7cc0-8d0e-1f2a3b4c5d6e
    /// --lines 1,2 --reason-sv "Fel taxa." --reason-fi "Väärä hinta."
    Credit {
        id: Uuid,
        /// Without it, all that are left.
        #[arg(long, value_delimiter = ',')]
        lines: Vec<i64>,
        #[arg(long)]
        reason_sv: String,
        #[arg(long)]
        reason_fi: String,
    },
    /// Register a line of the bank's statement; the same key twice has one effect.
    /// Example: vayla invoice paid tornio --key 20261210-1 --on 2026-12-10 --amount 145.00 --reference "200 00019"
    Paid(NewMoney),
}

#[derive(Debug, Args)]
pub struct NewMoney {
    pub town: String,
    /// The bank's own name of the line.
    #[arg(long)]
    pub key: String,
    /// The day on which the bank has booked it.
    #[arg(long)]
    pub on: NaiveDate,
    /// In the town's currency.
    #[arg(long)]
    pub amount: String,
    /// OCR, viitenumero or RF, as the payer has written it.
    #[arg(long)]
    pub reference: String,
}

#[derive(Debug, Args)]
pub struct NewRefund {
    /// The booking's reference.
    pub booking: String,
    /// In the price's currency; without it, all that is left.
    #[arg(long)]
    pub amount: Option<String>,
    #[arg(long)]
    pub reason_sv: String,
    #[arg(long)]
    pub reason_fi: String,
}

#[derive(Debug, Subcommand)]
pub enum BreaksAct {
    /// Write a town's breaks down in place of those before, from a JSON file:
    /// [{"from":"2027-03-01","to":"2027-03-07","name":{"sv":"sportlov","fi":"hiihtoloma"}}].
    /// Example: vayla breaks set tornio breaks.json
    Set { town: String, file: PathBuf },
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
        /// Up to and with this moment; without it, now.
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

#[derive(Debug, Subcommand)]
pub enum ClosureAct {
    /// What is closed at a facility now or later. Example: vayla closure list tornion-jaahalli
    List {
        /// Its name in addresses.
        facility: String,
    },
    /// Close parts of a facility; what is booked there is kept or cancelled, and the bookers are told.
    /// Example: vayla closure add tornion-jaahalli --from 2026-12-03T08:00 --to 2026-12-05T16:00
    /// --reason-sv "Ismaskinen är trasig." --reason-fi "Jääkone on rikki." --others cancel
    Add(NewClosure),
    /// Open again what a closure closed. Example: vayla closure end 0199f3c2-7a51-7cc0-8d0e-1f2a3b4c5d6e
    End { id: Uuid },
}

#[derive(Debug, Args)]
pub struct NewClosure {
    /// Its name in addresses.
    pub facility: String,
    /// Names of parts with commas between; without it, all.
    #[arg(long, value_delimiter = ',')]
    pub parts: Vec<String>,
    /// By the clock on the facility's wall: 2026-12-03T08:00.
    #[arg(long)]
    pub from: String,
    /// The same; without it, until further notice.
    #[arg(long)]
    pub to: Option<String>,
    #[arg(long)]
    pub reason_sv: String,
    #[arg(long)]
    pub reason_fi: String,
    /// What becomes of the bookings there; without it, they are listed and nothing is closed.
    #[arg(long)]
    pub others: Option<Others>,
    /// Shown as taken, without the reason.
    #[arg(long)]
    pub block: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Others {
    /// They stand, and the place is closed around them.
    Keep,
    /// All that was paid goes back.
    Cancel,
}

#[derive(Debug, Subcommand)]
pub enum RulesAct {
    /// The rules of a facility, or those of a space besides, as JSON. Example: vayla rules show tornion-jaahalli
    Show {
        /// A facility's name in addresses, or a space's after it: tornion-jaahalli/hela-isen.
        place: String,
    },
    /// Lay them down from a file; what is booked stands, and what lies outside the hours is listed.
    /// Example: vayla rules set tornion-jaahalli/hela-isen rules.json
    Set { place: String, file: PathBuf },
}

#[derive(Debug, Subcommand)]
pub enum TokenAct {
    /// Make a token; it is printed once, alone on the last line.
    /// Example: vayla token create --name Vaktmästare --scope closures --scope rules --municipality tornio
    Create(NewToken),
    /// All tokens ever made, the newest last, without what opens them. Example: vayla token list
    List,
    /// Take a token out of use. Example: vayla token revoke 0199f3c2-7a51-7cc0-8d0e-1f2a3b4c5d6e
    Revoke { id: Uuid },
}

#[derive(Debug, Args)]
pub struct NewToken {
    /// Who or what uses it.
    #[arg(long)]
    pub name: String,
    /// What it may do: bookings, rules, closures, series, refunds, invoices or finance; once for each.
    #[arg(long, required = true)]
    pub scope: Vec<Scope>,
    /// The code of the town in which it may; without it, in all towns.
    #[arg(long)]
    pub municipality: Option<String>,
    /// For how many days it holds, up to 3650; without it, until it is revoked.
    #[arg(long)]
    pub days: Option<i64>,
}

#[derive(Debug, Clone, Args)]
pub struct Config {
    /// Address to listen at; port 0 takes a free one.
    #[arg(long, env = "VAYLA_LISTEN", default_value = "127.0.0.1:3000", global = true)]
    pub listen: String,
    /// What links in mails and callbacks begin with [default: http://localhost:PORT].
    #[arg(long, env = "VAYLA_BASE_URL", global = true, value_parser = web_address)]
    pub base_url: Option<String>,
    /// sqlite:FILE or postgres://…
    #[arg(
        long,
        env = "VAYLA_DATABASE_URL",
        default_value = "sqlite:var/vayla.db",
        global = true,
        hide_env_values = true
    )]
    pub database_url: String,
    /// smtp://… or smtps://…; without it letters are files under var/mail/.
    #[arg(long, env = "VAYLA_SMTP_URL", global = true, hide_env_values = true)]
    pub smtp_url: Option<String>,
    /// The sender of letters.
    #[arg(long, env = "VAYLA_MAIL_FROM", default_value = "vayla@localhost", global = true)]
    pub mail_from: String,
    /// Where letters are put without a mail server.
    #[arg(long, env = "VAYLA_MAIL_FOLDER", default_value = "var/mail", global = true)]
    pub mail_folder: PathBuf,
    /// The key that signs links; made at the first start.
    #[arg(long, env = "VAYLA_SECRET_FILE", default_value = "var/secret", global = true)]
    pub secret_file: PathBuf,
    /// An instant to start the clock at, for demonstrations: each page says so. Example: 2026-11-23T10:00:00Z
    #[arg(long, env = "VAYLA_CLOCK", global = true)]
    pub clock: Option<DateTime<Utc>>,
    /// Where the European Central Bank's files lie: the server fetches each day's rates. Without it, none
    /// are fetched. Example: https://www.ecb.europa.eu/stats/eurofxref
    #[arg(long, env = "VAYLA_RATES_URL", global = true)]
    pub rates_url: Option<String>,
    /// What to log: error, warn, info, debug, or a filter such as info,sqlx=debug.
    #[arg(long, env = "VAYLA_LOG", default_value = "info", global = true)]
    pub log: String,
}

const KNOWN: [&str; 10] = [
    "VAYLA_LISTEN",
    "VAYLA_BASE_URL",
    "VAYLA_DATABASE_URL",
    "VAYLA_SMTP_URL",
    "VAYLA_MAIL_FROM",
    "VAYLA_MAIL_FOLDER",
    "VAYLA_SECRET_FILE",
    "VAYLA_CLOCK",
    "VAYLA_RATES_URL",
    "VAYLA_LOG",
];
/// Names that the build and the tests use.
const NOT_OURS: [&str; 2] = ["VAYLA_TEST_", "VAYLA_UNUSED_MESSAGES"];

/// A setting with a slip of the pen in its name would silently do nothing.
#[must_use]
pub fn unknown_settings(names: impl Iterator<Item = String>) -> Vec<String> {
    let unknown = |name: &String| {
        name.starts_with("VAYLA_")
            && !KNOWN.contains(&name.as_str())
            && !NOT_OURS.iter().any(|other| name.starts_with(other))
    };
    names.filter(unknown).collect()
}

fn web_address(url: &str) -> Result<String, String> {
    let rest = url.strip_prefix("http://").or_else(|| url.strip_prefix("https://"));
    match rest {
        Some(host) if !host.is_empty() && !host.starts_with('/') => Ok(url.trim_end_matches('/').to_owned()),
        _ => Err("it must begin with http:// or https:// and a host".to_owned()),
    }
}

impl Config {
    /// The system's clock, or one that began at the given instant when the process did.
    #[must_use]
    pub fn clock(&self) -> Clock {
        match self.clock {
            None => system_clock(),
            Some(start) => {
                let began = Instant::now();
                Clock::new(move || start + TimeDelta::from_std(began.elapsed()).unwrap_or_default())
            }
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that asks the system for the time")]
fn system_clock() -> Clock {
    Clock::new(Utc::now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_setting_is_noticed() {
        let names = ["VAYLA_LISTEN", "VAYLA_LISTENS", "PATH", "VAYLA_TEST_POSTGRES"].map(str::to_owned);
        assert_eq!(unknown_settings(names.into_iter()), ["VAYLA_LISTENS"]);
    }

    #[test]
    fn an_address_without_a_scheme_is_refused() {
        assert!(web_address("localhost:3000").is_err());
        assert_eq!(web_address("https://vayla.example/"), Ok("https://vayla.example".to_owned()));
    }
}
