//! `vayla closure`.

use std::{process::ExitCode, sync::Arc};

use uuid::Uuid;
use vayla_domain::{Bilingual, Reason};
use vayla_server::{
    cli::{ClosureAct, NewClosure, Others},
    config::Config,
};
use vayla_services::{
    Services,
    catalogue::Facility,
    closure::{self, Affected, ClosureError, ClosurePlace, Fate, Settled},
    staff::Staff,
};

use super::{Failure, NO_LINKS, open_services, say, wall, wrong_use};

pub async fn run(config: &Config, act: ClosureAct) -> Result<ExitCode, Failure> {
    // Its letters have links.
    let services = open_services(config, config.base_url.as_deref().unwrap_or(NO_LINKS)).await?;
    match act {
        ClosureAct::List { facility } => list(&services, &facility).await?,
        ClosureAct::Add(asked) => add(&services, asked).await?,
        ClosureAct::End { id } => end(&services, id).await?,
    }
    services.db.close().await;
    Ok(ExitCode::SUCCESS)
}

fn find(services: &Services, slug: &str) -> Result<Arc<Facility>, Failure> {
    let catalogue = services.catalogue();
    catalogue.facility_by_slug(slug).cloned().ok_or_else(|| wrong_use(format!("{slug}: no such facility")))
}

async fn list(services: &Services, slug: &str) -> Result<(), Failure> {
    let facility = find(services, slug)?;
    for closure in closure::list(services, &Staff::operator(), &facility).await? {
        say(&line(&closure, &facility));
    }
    Ok(())
}

/// In columns that a program can cut at the tabs.
fn line(closure: &closure::Closure, facility: &Facility) -> String {
    let zone = facility.municipality.zone;
    let parts = facility.parts.iter().filter(|part| closure.parts.contains(&part.id));
    let parts: Vec<&str> = parts.map(|part| part.slug.as_str()).collect();
    let end = closure.time.end();
    [
        closure.id.to_string(),
        closure.kind.code().to_owned(),
        wall::write(closure.time.start().start(), zone),
        end.map_or_else(|| "until further notice".to_owned(), |end| wall::write(end.start(), zone)),
        parts.join(","),
        closure.reason.sv.clone(),
        closure.reason.fi.clone(),
    ]
    .join("\t")
}

async fn add(services: &Services, asked: NewClosure) -> Result<(), Failure> {
    let (staff, facility) = (Staff::operator(), find(services, &asked.facility)?);
    let place = place(&facility, &asked)?;
    let reason = Reason::parse(&Bilingual { sv: asked.reason_sv, fi: asked.reason_fi })
        .map_err(|_| wrong_use("a reason has 1 to 500 letters in each language"))?;
    let fate = match asked.others {
        Some(Others::Keep) => Some(Fate::Keep),
        Some(Others::Cancel) => Some(Fate::Cancel),
        None => None,
    };
    let there = closure::affected(services, &staff, &place).await.map_err(not_closed)?;
    let fates = there.iter().filter_map(|booking| Some((booking.id, fate.clone()?))).collect();
    let kind = if asked.block { closure::ClosureKind::Block } else { closure::ClosureKind::Closure };
    let new = closure::NewClosure { place, kind, reason, fates };
    let made = closure::make(services, &staff, &new).await.map_err(not_closed)?;
    let Settled { kept, cancelled, .. } = made.settled;
    say(&format!("{kept} bookings kept, {cancelled} cancelled"));
    say(&line(&made.closure, &facility));
    Ok(())
}

fn place(facility: &Facility, asked: &NewClosure) -> Result<ClosurePlace, Failure> {
    let zone = facility.municipality.zone;
    let part = |slug: &String| {
        let part = facility.parts.iter().find(|part| part.slug == *slug);
        part.map(|part| part.id).ok_or_else(|| {
            let known: Vec<&str> = facility.parts.iter().map(|part| part.slug.as_str()).collect();
            wrong_use(format!("{slug}: no such part; there are {}", known.join(", ")))
        })
    };
    Ok(ClosurePlace {
        facility: facility.id,
        parts: asked.parts.iter().map(part).collect::<Result<_, _>>()?,
        start: wall::read(&asked.from, zone)?,
        end: asked.to.as_deref().map(|to| wall::read(to, zone)).transpose()?,
    })
}

fn not_closed(error: ClosureError) -> Failure {
    match error {
        ClosureError::Undecided(bookings) => {
            let lines: Vec<String> = bookings.iter().map(booking_line).collect();
            let what = "booked there: say --others keep or --others cancel";
            Failure(1, format!("{what}\n{}", lines.join("\n")))
        }
        ClosureError::Part | ClosureError::Time(_) => wrong_use(error),
        other => other.into(),
    }
}

fn booking_line(booking: &Affected) -> String {
    let zone = booking.space.zone();
    let [start, end] =
        [booking.span.start(), booking.span.end()].map(|quarter| wall::write(quarter.start(), zone));
    [booking.reference.as_str(), booking.state.code(), &booking.space.slug, &start, &end].join("\t")
}

async fn end(services: &Services, id: Uuid) -> Result<(), Failure> {
    closure::end(services, &Staff::operator(), id).await?;
    say(&format!("ended {id}"));
    Ok(())
}
