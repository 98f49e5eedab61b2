//! `vayla tariff`.

use std::{fs, path::Path, process::ExitCode};

use chrono::{NaiveDate, SecondsFormat};
use uuid::Uuid;
use vayla_domain::{Language, money::Tariff};
use vayla_server::{cli::TariffAct, config::Config};
use vayla_services::{
    Services,
    staff::Staff,
    tariff::{self, List, Place, TariffError, change_text},
};

use super::{Failure, NO_LINKS, open_services, preview, say, say_json, wrong_use};

pub async fn run(config: &Config, act: TariffAct) -> Result<ExitCode, Failure> {
    let services = open_services(config, NO_LINKS).await?;
    match act {
        TariffAct::List { place } => list(&services, &place).await?,
        TariffAct::Show { id } => show(&services, id).await?,
        TariffAct::Put { place, from, file } => put(&services, &place, from, &file).await?,
        TariffAct::Diff { id } => diff(&services, id).await?,
        TariffAct::Preview(asked) => preview::run(&services, *asked).await?,
        TariffAct::Publish { id, version } => publish(&services, id, version.as_deref()).await?,
        TariffAct::Remove { id } => {
            tariff::remove(&services, &Staff::operator(), id).await?;
            say(&format!("{id}: removed"));
        }
    }
    services.db.close().await;
    Ok(ExitCode::SUCCESS)
}

/// `tornion-jaahalli`, `tornion-jaahalli/hela-isen`.
fn find(services: &Services, place: &str) -> Result<Place, Failure> {
    let catalogue = services.catalogue();
    let found = match place.split_once('/') {
        Some((facility, space)) => catalogue.space_by_slug(facility, space).cloned().map(Place::Space),
        None => catalogue.facility_by_slug(place).cloned().map(Place::Facility),
    };
    found.ok_or_else(|| wrong_use(format!("{place}: no such facility or space")))
}

fn say_list(list: &List) {
    let state = list.published_at.map_or_else(
        || "draft".to_owned(),
        |at| format!("published {}", at.to_rfc3339_opts(SecondsFormat::Secs, true)),
    );
    say(&[list.id.to_string(), list.from.to_string(), state, list.version.clone()].join("\t"));
}

async fn list(services: &Services, place: &str) -> Result<(), Failure> {
    let lists = tariff::list(services, &Staff::operator(), &find(services, place)?).await?;
    lists.iter().for_each(say_list);
    Ok(())
}

async fn show(services: &Services, id: Uuid) -> Result<(), Failure> {
    let list = tariff::find(services, &Staff::operator(), id).await?;
    say_json(&list.tariff)
}

async fn put(services: &Services, place: &str, from: NaiveDate, file: &Path) -> Result<(), Failure> {
    let wrong = |error: String| wrong_use(format!("{}: {error}", file.display()));
    let text = fs::read_to_string(file).map_err(|error| wrong(error.to_string()))?;
    let document: Tariff = serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))?;
    let drafted = tariff::draft(services, &Staff::operator(), &find(services, place)?, from, &document).await;
    let list = drafted.map_err(|error| match error {
        TariffError::Problem(problem) => wrong(problem.to_string()),
        other => other.into(),
    })?;
    say_list(&list);
    Ok(())
}

async fn diff(services: &Services, id: Uuid) -> Result<(), Failure> {
    let list = tariff::find(services, &Staff::operator(), id).await?;
    let catalogue = services.catalogue();
    say(&format!("version\t{}", list.version));
    for change in tariff::changes(&list) {
        for language in Language::ALL {
            say(&format!("{}\t{}", language.code(), change_text(language, &catalogue, &change)));
        }
    }
    Ok(())
}

async fn publish(services: &Services, id: Uuid, version: Option<&str>) -> Result<(), Failure> {
    say_list(&tariff::publish(services, &Staff::operator(), id, version).await?);
    Ok(())
}
