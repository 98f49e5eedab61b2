//! The program `vayla`.

mod commands;

use std::process::ExitCode;

use clap::Parser;
use tracing_subscriber::EnvFilter;
use vayla_server::{
    cli::{BreaksAct, Cli, Command, Settlements},
    config::unknown_settings,
};

use self::commands::{
    Failure, breaks, charge, closure, customer, grant, invoice, ledger, migrate, outbox, rates, refund,
    refunds, rules, say_error, seed, serve, settlement, settlements, tariff, token, vat, wrong_use,
};

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli).await {
        Ok(code) => code,
        Err(Failure(code, message)) => {
            say_error(&message);
            ExitCode::from(code)
        }
    }
}

async fn run(cli: Cli) -> Result<ExitCode, Failure> {
    let names = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    if let Some(name) = unknown_settings(names).first() {
        return Err(wrong_use(format!("no such setting: {name}")));
    }
    // PostgreSQL's notices of what is there already are no news; what is set stands before it.
    let quiet = format!("sqlx::postgres::notice=warn,{}", cli.config.log);
    let filter = EnvFilter::try_new(quiet).map_err(wrong_use)?;
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match cli.command.unwrap_or(Command::Serve) {
        Command::Serve => serve::serve(&cli.config).await,
        Command::Migrate => migrate::migrate(&cli.config).await,
        Command::Seed { demo } => seed::seed(&cli.config, demo).await,
        Command::Rates(act) => rates::run(&cli.config, act).await,
        Command::Ledger(act) => ledger::run(&cli.config, act).await,
        Command::Closure(act) => closure::run(&cli.config, act).await,
        Command::Rules(act) => rules::run(&cli.config, act).await,
        Command::Tariff(act) => tariff::run(&cli.config, act).await,
        Command::Vat(act) => vat::run(&cli.config, act).await,
        Command::Token(act) => token::run(&cli.config, act).await,
        Command::Customer(act) => customer::run(&cli.config, act).await,
        Command::Invoice(act) => invoice::run(&cli.config, act).await,
        Command::Grant(act) => grant::run(&cli.config, act).await,
        Command::Refund(asked) => refund::run(&cli.config, refund::Of::Price, asked).await,
        Command::Deposit(asked) => refund::run(&cli.config, refund::Of::Deposit, asked).await,
        Command::Charge(asked) => charge::charge(&cli.config, asked).await,
        Command::Credit(asked) => charge::credit(&cli.config, asked).await,
        Command::Charges { booking } => charge::list(&cli.config, &booking).await,
        Command::Refunds(act) => refunds::run(&cli.config, act).await,
        Command::Outbox(act) => outbox::run(&cli.config, act).await,
        Command::Settlement(act) => settlement::run(&cli.config, act).await,
        Command::Settlements(Settlements::List) => settlements::list(&cli.config).await,
        Command::Settlements(Settlements::Fetch { town, first, last }) => {
            settlements::fetch(&cli.config, &town, first, last).await
        }
        Command::Settlements(Settlements::PaidOut { town, provider, key, on, amount, fee }) => {
            settlements::paid_out(&cli.config, &town, (provider, key, on), (&amount, &fee)).await
        }
        Command::Breaks(BreaksAct::Set { town, file }) => breaks::set(&cli.config, &town, &file).await,
    }
}
