//! The command line.

mod books;
mod grants;
mod invoices;
mod money;
mod prices;
mod times;

pub use books::{ChartAct, ExportFormat, Ledger};
pub use grants::{GrantAct, NewGrant};
pub use invoices::{CustomerAct, InvoiceAct, MoneyFrom, NewCustomer, NewMoney, NewPayee};
pub use money::{ChargeGone, NewCharge, NewRefund, OutboxAct, RefundsAct, SettlementAct, Settlements};
pub use prices::{NewPreview, Rates, TariffAct, VatAct};
pub use times::{BreaksAct, ClosureAct, NewClosure, NewToken, Others, RulesAct, TokenAct};

use clap::{Parser, Subcommand};

use crate::config::Config;

/// Väylä: bookings of two towns' leisure facilities, in two languages and two currencies.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
pub struct Cli {
    #[command(flatten, next_help_heading = "Settings")]
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
    /// Price lists. Example: vayla tariff list tornion-jaahalli/hela-isen
    #[command(subcommand)]
    Tariff(TariffAct),
    /// Rates of value added tax. Example: vayla vat list
    #[command(subcommand)]
    Vat(VatAct),
    /// Tokens of staff and of the towns' other systems, for the API. Example: vayla token list
    #[command(subcommand)]
    Token(TokenAct),
    /// Clubs and companies that book now and pay later. Example: vayla customer list tornio
    #[command(subcommand)]
    Customer(CustomerAct),
    /// Invoices. Example: vayla invoice issue tornio --through 2026-11-30
    #[command(subcommand)]
    Invoice(InvoiceAct),
    /// What a town pays of others' prices. Example: vayla grant list haparanda
    #[command(subcommand)]
    Grant(GrantAct),
    /// Give back what was paid for a booking, all that is left or a part; the booker is told why.
    /// Example: vayla refund HT-4K7M-2QX --amount 20.00 --reason-sv "Isen var mjuk." --reason-fi "Jää oli pehmeää."
    Refund(NewRefund),
    /// Give a booking's deposit back before it goes back by itself, all that is held or a part; the booker is told why.
    /// Example: vayla deposit HT-4K7M-2QX --reason-sv "Nyckeln är tillbaka." --reason-fi "Avain on palautettu."
    Deposit(NewRefund),
    /// Charge a booking for what its use has cost, by an entry of its price list; the booker is told why.
    /// Example: vayla charge HT-4K7M-2QX overtime --minutes 70 --reason-sv "Ni gick 20:10." --reason-fi "Lähditte 20.10."
    Charge(NewCharge),
    /// Take such a charge back, by its number; what was paid goes back.
    /// Example: vayla credit HT-4K7M-2QX 1 --reason-sv "Nyckeln är hittad." --reason-fi "Avain löytyi."
    Credit(ChargeGone),
    /// What the use of a booking has cost: booking, number, kind, amount, currency, and whether it is open, paid, on
    /// account, invoiced or taken back. Example: vayla charges HT-4K7M-2QX
    Charges {
        /// Its reference.
        booking: String,
    },
    /// Money on its way back to payers. Example: vayla refunds list
    #[command(subcommand)]
    Refunds(RefundsAct),
    /// Letters that couldn't be delivered, and questions to providers that came to nothing. Example: vayla outbox list
    #[command(subcommand)]
    Outbox(OutboxAct),
    /// The breaks of a town's schools, which series may leave out. Example: vayla breaks set tornio breaks.json
    #[command(subcommand)]
    Breaks(BreaksAct),
    /// What two towns settle between them. Example: vayla settlement list
    #[command(subcommand)]
    Settlement(SettlementAct),
    /// What a town's payment provider has paid out. Example: vayla settlements fetch tornio 2026-10-01 2026-10-31
    #[command(subcommand)]
    Settlements(Settlements),
}
