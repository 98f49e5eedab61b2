//! Commands about the books.

use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, Utc};
use clap::{Subcommand, ValueEnum};

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
