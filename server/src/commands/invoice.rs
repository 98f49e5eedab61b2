//! `vayla invoice`.

use std::process::ExitCode;

use uuid::Uuid;
use vayla_domain::{
    invoice::{Bankgiro, Bic, Iban, PayeeAccount},
    money::Money,
};
use vayla_server::{
    api,
    cli::{InvoiceAct, NewMoney, NewPayee},
    config::Config,
};
use vayla_services::{
    Services,
    invoice::{self, BankLine, Invoice, Issuing, NotIssued, PayeeError},
    settlement,
    staff::Staff,
};

use super::{
    Failure, NO_LINKS, STRETCH, open_services, owed, reason, say, say_all, say_error, say_json, sent,
    town_named, wrong_use,
};

pub async fn run(config: &Config, act: InvoiceAct) -> Result<ExitCode, Failure> {
    let services = open_services(config, config.base_url.as_deref().unwrap_or(NO_LINKS)).await?;
    let staff = Staff::operator();
    let mut code = ExitCode::SUCCESS;
    match act {
        InvoiceAct::Issue { town, through, customer } => {
            town_named(&services, &town)?;
            let issuing = Issuing { municipality: &town, customer, through };
            code = issue(&services, &issuing).await?;
        }
        InvoiceAct::List { town } => list(&services, &town).await?,
        InvoiceAct::Show { id } => {
            let found = invoice::find_for_staff(&services, &staff, id).await?;
            say_json(&api::Invoice::new(&services, found))?;
        }
        InvoiceAct::Remind { id, fee } => remind(&services, id, fee).await?,
        InvoiceAct::Waive { id, reminder, reason_sv, reason_fi } => {
            let reason = reason(reason_sv, reason_fi)?;
            say(&line(&invoice::waive(&services, &staff, id, reminder, &reason).await?));
        }
        InvoiceAct::Payee(asked) => payee(&services, asked).await?,
        InvoiceAct::Credit { id, lines, reason_sv, reason_fi } => {
            let reason = reason(reason_sv, reason_fi)?;
            say(&line(&invoice::credit(&services, &staff, id, &lines, &reason).await?));
        }
        InvoiceAct::Paid(money) => paid(&services, money).await?,
        InvoiceAct::Owed { town } => {
            town_named(&services, &town)?;
            owed::list(&services, &town).await?;
        }
        InvoiceAct::Match { town, from, invoice } => {
            town_named(&services, &town)?;
            owed::match_to(&services, &town, from, &invoice).await?;
        }
        InvoiceAct::PaidBack { town, from, key, on, amount } => {
            let currency = town_named(&services, &town)?.currency;
            owed::paid_back(&services, (&town, currency), from, (key, on, &amount)).await?;
        }
        InvoiceAct::WriteOff { id, reason_sv, reason_fi } => {
            let reason = reason(reason_sv, reason_fi)?;
            say(&line(&invoice::write_off(&services, &staff, id, &reason).await?));
        }
    }
    services.db.close().await;
    Ok(code)
}

async fn list(services: &Services, town: &str) -> Result<(), Failure> {
    let staff = Staff::operator();
    town_named(services, town)?;
    let read = async |after: Option<i64>| {
        Ok(invoice::list(services, &staff, town, after.unwrap_or_default(), STRETCH).await?)
    };
    say_all(read, |invoice| invoice.number, line).await
}

/// Says what was written, and whose couldn't be.
async fn issue(services: &Services, issuing: &Issuing<'_>) -> Result<ExitCode, Failure> {
    let issued = invoice::issue(services, &Staff::operator(), issuing).await?;
    for written in &issued.written {
        say(&line(written));
    }
    for NotIssued { customer, name, why } in &issued.failed {
        say_error(&format!("{customer} ({name}): not invoiced: {why}"));
    }
    Ok(ExitCode::from(u8::from(!issued.failed.is_empty())))
}

/// Sets it where something is named, and shows it.
async fn payee(services: &Services, asked: NewPayee) -> Result<(), Failure> {
    let staff = Staff::operator();
    town_named(services, &asked.town)?;
    let account = match (asked.iban.zip(asked.bic), asked.bankgiro.zip(asked.ocr)) {
        (Some((iban, bic)), _) => Some(PayeeAccount::Iban {
            iban: Iban::parse(&iban).map_err(wrong_use)?,
            bic: Bic::parse(&bic).map_err(wrong_use)?,
        }),
        (None, Some((number, ocr))) => {
            Some(PayeeAccount::Bankgiro { bankgiro: Bankgiro::parse(&number).map_err(wrong_use)?, ocr })
        }
        (None, None) => None,
    };
    if let Some(account) = account {
        let set = invoice::set_payee(services, &staff, &asked.town, account).await;
        set.map_err(|error| match error {
            PayeeError::Look(error) => error.into(),
            wrong => wrong_use(wrong),
        })?;
    }
    match invoice::payee(services, &staff, &asked.town).await? {
        Some(payee) => say(&serde_json::to_string(&payee)?),
        None => say("nobody has said where invoices are paid"),
    }
    Ok(())
}

async fn remind(services: &Services, id: Uuid, fee: Option<String>) -> Result<(), Failure> {
    let known =
        invoice::find(services, id).await?.ok_or_else(|| wrong_use(format!("{id}: no such invoice")))?;
    let fee = fee.map(|fee| Money::parse(&fee, known.gross.currency)).transpose().map_err(wrong_use)?;
    say(&line(&invoice::remind(services, &Staff::operator(), id, fee).await?));
    Ok(())
}

async fn paid(services: &Services, money: NewMoney) -> Result<(), Failure> {
    let amount =
        Money::parse(&money.amount, town_named(services, &money.town)?.currency).map_err(wrong_use)?;
    let instructed = money.instructed.as_deref().map(sent).transpose()?;
    let line =
        BankLine { key: money.key, booked_on: money.on, amount, instructed, reference: money.reference };
    let payment = invoice::register(services, &Staff::operator(), &money.town, &line).await?;
    let what = match (payment.invoice, payment.settlement) {
        (Some(id), _) => invoice::find(services, id).await?.map(|paid| paid.name()),
        (None, Some(id)) => {
            settlement::find(services, &Staff::operator(), id, 0, 1).await?.0.number.map(named)
        }
        (None, None) => None,
    };
    let left = Money::new(payment.amount.minor - payment.applied.minor, payment.amount.currency);
    let what = what.unwrap_or_else(|| "unidentified".to_owned());
    say(&[payment.key, what, payment.applied.wire(), left.wire(), left.currency.to_string()].join("\t"));
    Ok(())
}

/// `settlement 2`, as `vayla settlement show` knows it.
fn named(settlement: u32) -> String {
    format!("settlement {settlement}")
}

/// In columns that a program can cut at the tabs.
fn line(invoice: &Invoice) -> String {
    [
        invoice.id.to_string(),
        invoice.name(),
        invoice.to.name.clone(),
        invoice.due_on.to_string(),
        invoice.gross.wire(),
        invoice.gross.currency.to_string(),
        invoice.open().wire(),
        if invoice.credits.is_some() { "credit_note" } else { "invoice" }.to_owned(),
    ]
    .join("\t")
}
