//! `vayla settlement`.

use std::process::ExitCode;

use uuid::Uuid;
use vayla_server::{cli::SettlementAct, config::Config};
use vayla_services::{
    Services,
    settlement::{self, DrawError, Pair, Settlement, SettlementLine},
    staff::Staff,
};

use super::{
    Failure, NO_LINKS, STRETCH, amount, open_services, reason, say, say_all, sent, town_named, wrong_use,
};

pub async fn run(config: &Config, act: SettlementAct) -> Result<ExitCode, Failure> {
    let services = open_services(config, NO_LINKS).await?;
    match act {
        SettlementAct::Draw { town, other, month, preview } => {
            town_named(&services, &town)?;
            town_named(&services, &other)?;
            let pair = Pair { towns: [&town, &other], month };
            if preview { look(&services, &pair).await? } else { draw(&services, &pair).await? }
        }
        SettlementAct::Show { number } => show(&services, number).await?,
        SettlementAct::Match { number, from_key, instructed } => {
            match_money(&services, number, &from_key, instructed.as_deref()).await?;
        }
        SettlementAct::WriteOff { number, reason_sv, reason_fi } => {
            let (id, reason) = (numbered(&services, number).await?, reason(reason_sv, reason_fi)?);
            say(&said(&settlement::write_off(&services, &Staff::operator(), id, &reason).await?));
        }
        SettlementAct::List => list(&services).await?,
    }
    services.db.close().await;
    Ok(ExitCode::SUCCESS)
}

async fn draw(services: &Services, pair: &Pair<'_>) -> Result<(), Failure> {
    let drawn = settlement::draw(services, &Staff::operator(), pair, None).await.map_err(failure)?;
    say(&said(&drawn));
    Ok(())
}

fn failure(error: DrawError) -> Failure {
    match error {
        DrawError::Alone | DrawError::NotTheEnd(_) => wrong_use(error),
        other => Failure::from(other),
    }
}

async fn look(services: &Services, pair: &Pair<'_>) -> Result<(), Failure> {
    let staff = Staff::operator();
    let mut after = 0;
    loop {
        let found = settlement::preview(services, &staff, pair, after, STRETCH).await.map_err(failure)?;
        match say_stretch(&found.0, &found.1.items, after) {
            last if found.1.more => after = last,
            _ => return Ok(()),
        }
    }
}

async fn numbered(services: &Services, number: u32) -> Result<Uuid, Failure> {
    let id = settlement::numbered(services, number).await?;
    id.ok_or_else(|| wrong_use(format!("{number}: no such settlement")))
}

async fn match_money(
    services: &Services,
    number: u32,
    from_key: &str,
    instructed: Option<&str>,
) -> Result<(), Failure> {
    let id = numbered(services, number).await?;
    let instructed = instructed.map(sent).transpose()?;
    say(&said(&settlement::match_money(services, &Staff::operator(), id, from_key, instructed).await?));
    Ok(())
}

async fn show(services: &Services, number: u32) -> Result<(), Failure> {
    let id = numbered(services, number).await?;
    let mut after = 0;
    loop {
        let found = settlement::find(services, &Staff::operator(), id, after, STRETCH).await?;
        match say_stretch(&found.0, &found.1.items, after) {
            last if found.1.more => after = last,
            _ => return Ok(()),
        }
    }
}

/// The settlement itself before its first line; the number of the last line.
fn say_stretch(settlement: &Settlement, lines: &[SettlementLine], after: i64) -> i64 {
    if after == 0 {
        say(&said(settlement));
    }
    lines.iter().for_each(|line| say(&line_said(line)));
    lines.last().map_or(after, |line| line.line)
}

async fn list(services: &Services) -> Result<(), Failure> {
    let staff = Staff::operator();
    let read = async |after: Option<i64>| {
        Ok(settlement::list(services, &staff, after.unwrap_or_default(), STRETCH).await?)
    };
    say_all(read, |found| found.number.map_or(0, i64::from), said).await
}

/// In columns that a program can cut at the tabs: number, month, who pays whom what, what is open, the reference, what
/// is written off.
fn said(settlement: &Settlement) -> String {
    let [payer, payee] = settlement.payer_and_payee().unwrap_or([0, 1]);
    let standing = settlement.standing();
    [
        settlement.number.map(|number| number.to_string()).unwrap_or_default(),
        settlement.month.to_string(),
        settlement.towns[payer].clone(),
        settlement.towns[payee].clone(),
        amount(standing.net),
        amount(standing.open()),
        settlement.reference().map(|reference| reference.as_str().to_owned()).unwrap_or_default(),
        amount(standing.written_off),
    ]
    .join("\t")
}

fn line_said(line: &SettlementLine) -> String {
    [
        line.line.to_string(),
        line.booking.clone().unwrap_or_default(),
        line.event.code().to_owned(),
        line.debtor.clone(),
        line.creditor.clone(),
        amount(line.dues.booked),
        amount(line.dues.contract),
        line.rate.as_ref().map(|(rate, _)| rate.clone()).unwrap_or_default(),
        amount(line.worth.now),
        amount(line.worth.gain),
    ]
    .join("\t")
}
