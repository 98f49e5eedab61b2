//! The exchange rate between the towns.

use axum::{Json, extract::State, http::StatusCode};
use chrono::{DateTime, NaiveTime, Utc};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};
use vayla_locales::words;
use vayla_services::{Services, rate};

use super::{answers::Looked, instant::Day, json::Query, money::Rate, problem::Problem};

pub fn router() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(show))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// The day; without it, now.
    #[param(nullable = false)]
    date: Option<Day>,
}

/// The rate in force between the towns' currencies: at the end of a past day, or now.
#[utoipa::path(
    get, path = "/rates", operation_id = "show_rate", tag = "prices", params(Asked),
    responses((status = 200, description = "The rate", body = Rate), Looked),
)]
async fn show(State(services): State<Services>, Query(asked): Query<Asked>) -> Result<Json<Rate>, Problem> {
    let now = services.clock.now();
    let at = match asked.date {
        None => now,
        Some(day) => moment(day, now)?.ok_or_else(no_rate)?,
    };
    let catalogue = services.catalogue();
    let one = catalogue.municipalities.first().ok_or_else(no_rate)?.currency;
    let other = catalogue.other_currency(one).ok_or_else(no_rate)?;
    let rate = rate::in_force(&services, one, other, at).await?.map_err(|_| no_rate())?;
    Ok(Json((&rate).into()))
}

/// The day's evening, after the fixing is out; now, on the day itself; none for days to come.
fn moment(day: Day, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, Problem> {
    const EVENING: NaiveTime = NaiveTime::from_hms_opt(20, 0, 0).expect("a time of day");
    let date = day.date("date")?;
    Ok((date <= now.date_naive()).then(|| date.and_time(EVENING).and_utc().min(now)))
}

fn no_rate() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "no_rate", |language| words(language).problem_no_rate())
}
