//! Commands about what can be booked, and by whom such things may be changed.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use uuid::Uuid;
use vayla_services::staff::Scope;

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
pub enum BreaksAct {
    /// Write a town's breaks down in place of those before, from a JSON file:
    /// [{"from":"2027-03-01","to":"2027-03-07","name":{"sv":"sportlov","fi":"hiihtoloma"}}].
    /// Example: vayla breaks set tornio breaks.json
    Set { town: String, file: PathBuf },
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
    /// What it may do: bookings, rules, closures, series, tariffs, refunds, invoices, payments or finance; once for each.
    #[arg(long, required = true)]
    pub scope: Vec<Scope>,
    /// The code of the town in which it may; without it, in all towns.
    #[arg(long)]
    pub municipality: Option<String>,
    /// For how many days it holds, up to 3650; without it, until it is revoked.
    #[arg(long)]
    pub days: Option<i64>,
}
