//! `vayla rules`.

use std::{fs, path::Path, process::ExitCode, sync::Arc};

use serde::{Serialize, de::DeserializeOwned};
use vayla_server::{cli::RulesAct, config::Config};
use vayla_services::{
    Services,
    catalogue::{Facility, Space},
    rules::{self, Changed, RulesError},
    staff::Staff,
};

use super::{Failure, NO_LINKS, open_services, say, wall, wrong_use};

pub async fn run(config: &Config, act: RulesAct) -> Result<ExitCode, Failure> {
    let services = open_services(config, NO_LINKS).await?;
    match act {
        RulesAct::Show { place } => show(&services, &place).await?,
        RulesAct::Set { place, file } => set(&services, &place, &file).await?,
    }
    services.db.close().await;
    Ok(ExitCode::SUCCESS)
}

enum Place {
    Facility(Arc<Facility>),
    Space(Arc<Space>),
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

async fn show(services: &Services, place: &str) -> Result<(), Failure> {
    let staff = Staff::operator();
    match find(services, place)? {
        Place::Facility(facility) => say_json(&rules::of_facility(services, &staff, &facility).await?.rules),
        Place::Space(space) => say_json(&rules::of_space(services, &staff, &space).await?.rules),
    }
}

fn say_json(rules: &impl Serialize) -> Result<(), Failure> {
    say(&serde_json::to_string_pretty(rules)?);
    Ok(())
}

async fn set(services: &Services, place: &str, file: &Path) -> Result<(), Failure> {
    let staff = Staff::operator();
    let changed = match find(services, place)? {
        Place::Facility(facility) => {
            rules::set_facility(services, &staff, &facility, &read(file)?, None).await
        }
        Place::Space(space) => rules::set_space(services, &staff, &space, &read(file)?, None).await,
    };
    let Changed { version, outside } = changed.map_err(|error| match error {
        RulesError::Rules(problem) => wrong_use(format!("{}: {problem}", file.display())),
        other => other.into(),
    })?;
    say(&format!("version {version}; {} bookings lie outside the hours, and stand", outside.len()));
    for booking in outside {
        let start = wall::write(booking.span.start().start(), booking.space.zone());
        say(&[booking.reference.as_str(), &booking.space.slug, &start].join("\t"));
    }
    Ok(())
}

fn read<R: DeserializeOwned>(file: &Path) -> Result<R, Failure> {
    let wrong = |error: String| wrong_use(format!("{}: {error}", file.display()));
    let text = fs::read_to_string(file).map_err(|error| wrong(error.to_string()))?;
    serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))
}
