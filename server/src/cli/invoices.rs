//! Commands about customers, and about the invoices that they pay.

use chrono::NaiveDate;
use clap::{Args, Subcommand};
use uuid::Uuid;
use vayla_domain::money::OcrLevel;

#[derive(Debug, Subcommand)]
pub enum CustomerAct {
    /// Take one on; the code by which one books on its account goes to its mail address.
    /// Example: vayla customer add tornio --name "Tornion Palloveikot" --email kassa@example.fi --language fi
    /// --group club --credit 500.00
    Add(Box<NewCustomer>),
    /// A town's, by name: id, name, number, mail address, price group, credit, open or closed.
    /// Example: vayla customer list tornio
    List { town: String },
    /// Put a held booking on one's account: it is confirmed now, and paid later.
    /// Example: vayla customer put-on 0199f3c2-7a51-7cc0-8d0e-1f2a3b4c5d6e HT-4K7M-2QX
    PutOn {
        id: Uuid,
        /// Its reference.
        booking: String,
    },
    /// Put another code in place of one's, which stops at once; the new one goes to its mail address, and an account
    /// that was closed is open again. Example: vayla customer code 0199f3c2-7a51-7cc0-8d0e-1f2a3b4c5d6e
    Code { id: Uuid },
    /// Take one's code out of use: nothing more is put on its account.
    /// Example: vayla customer close 0199f3c2-7a51-7cc0-8d0e-1f2a3b4c5d6e
    Close { id: Uuid },
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
    /// A town's, and its credit notes, by number: id, name, customer, day of payment, sum, currency, what is open, which of
    /// the two. Example: vayla invoice list tornio
    List { town: String },
    /// One with its lines, as JSON. Example: vayla invoice show 0199f3c2-7a51-7cc0-8d0e-1f2a3b4c5d6e
    Show { id: Uuid },
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
    /// Waive the fee of a reminder, by its number. Example: vayla invoice waive 0199f3c2-7a51-7cc0-8d0e-1f2a3b4c5d6e 1
    /// --reason-sv "Betald i tid." --reason-fi "Maksettu ajoissa."
    Waive {
        id: Uuid,
        reminder: i64,
        #[arg(long)]
        reason_sv: String,
        #[arg(long)]
        reason_fi: String,
    },
    /// Say where a town's invoices are paid: in Finland --iban and --bic, in Sweden --bankgiro and --ocr; without
    /// any, what is said is shown. Example: vayla invoice payee haparanda --bankgiro 991-2346 --ocr length_and_check
    Payee(NewPayee),
    /// Register a line of the bank's statement; the same key twice has one effect. Printed are the key, what it pays, how
    /// much of it does, what is owed to the payer, the currency.
    /// Example: vayla invoice paid tornio --key 20261210-1 --on 2026-12-10 --amount 145.00 --reference "200 00019"
    Paid(NewMoney),
    /// What a town owes to payers: money that nobody knows, that was too much, or of what was taken back.
    /// Example: vayla invoice owed tornio
    Owed { town: String },
    /// Match such money to an invoice: by its name, by its reference, or by that of a booking which stands on it.
    /// Example: vayla invoice match tornio --from-key 20261210-1 --invoice TORNIO-F12
    Match {
        town: String,
        #[command(flatten)]
        from: MoneyFrom,
        #[arg(long)]
        invoice: String,
    },
    /// Note that such money, or a part of it, has been sent back by the bank; the same key twice has one effect.
    /// Example: vayla invoice paid-back tornio --from-key 20261210-1 --key 20261214-3 --on 2026-12-14 --amount 7.00
    PaidBack {
        town: String,
        #[command(flatten)]
        from: MoneyFrom,
        /// The bank's own name of the line by which it has gone.
        #[arg(long)]
        key: String,
        /// The day on which the bank has booked it.
        #[arg(long)]
        on: NaiveDate,
        /// In the town's currency.
        #[arg(long)]
        amount: String,
    },
    /// Write off what is open of one, at most one euro or ten kronor. Example: vayla invoice write-off
    /// 0199f3c2-7a51-7cc0-8d0e-1f2a3b4c5d6e --reason-sv "Avrundning." --reason-fi "Pyöristys."
    WriteOff {
        id: Uuid,
        #[arg(long)]
        reason_sv: String,
        #[arg(long)]
        reason_fi: String,
    },
}

/// Whence it is: one of the two.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct MoneyFrom {
    /// A line of the statement, by the bank's own name of it.
    #[arg(long)]
    pub from_key: Option<String>,
    /// An invoice of which what had been paid was taken back.
    #[arg(long)]
    pub from_invoice: Option<Uuid>,
}

#[derive(Debug, Args)]
pub struct NewPayee {
    pub town: String,
    #[arg(long, requires = "bic", conflicts_with_all = ["bankgiro", "ocr"])]
    pub iban: Option<String>,
    #[arg(long, requires = "iban")]
    pub bic: Option<String>,
    #[arg(long, requires = "ocr")]
    pub bankgiro: Option<String>,
    /// As agreed with the bank: soft, check, length_and_check, fixed:10 or fixed:10,12.
    #[arg(long, requires = "bankgiro")]
    pub ocr: Option<OcrLevel>,
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
    /// What the payer sent, with its currency, where the bank has exchanged it: "20.00 EUR".
    #[arg(long)]
    pub instructed: Option<String>,
    /// OCR, viitenumero or RF, as the payer has written it.
    #[arg(long)]
    pub reference: String,
}
