//! What the towns settle between them.

mod body;

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};
use vayla_domain::money::RateError;
use vayla_locales::{format, words};
use vayla_services::{
    Services,
    settlement::{self, DrawError, MatchError, WriteOffError},
};

use self::body::{
    MonthAsked, NewSettlement, SettlementReckoning, SettlementWritingOff, SettlingMoney, TownSettlement,
};
use super::super::{
    answers::{StaffListed, StaffReckoned, StaffSettled},
    etag::{Tagged, read_version, tagged},
    json::{Body, Nothing, Query},
    names::Id,
    page::{Limit, Page, Turn, no_such_place},
    problem::Problem,
    refusal::conflict,
    staff::Caller,
};

pub fn looking() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(show)).routes(routes!(preview))
}

pub fn changing() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(draw)).routes(routes!(match_money)).routes(routes!(write_off))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct PreviewAsked {
    /// The code of a town.
    #[param(example = "haparanda")]
    town: String,
    /// Of the town that it settles with.
    #[param(example = "tornio")]
    other: String,
    month: MonthAsked,
    /// How many lines at most.
    #[serde(default)]
    #[param(value_type = Option<u32>, nullable = false, minimum = 1, maximum = 200, default = 50)]
    limit: Limit,
    /// `lines.next` of the stretch before.
    #[param(nullable = false)]
    after: Option<String>,
}

fn after(turn: Option<&str>) -> Result<i64, Problem> {
    Ok(turn.map(|after| after.parse().map_err(|_| no_such_place())).transpose()?.unwrap_or_default())
}

/// The settlements of the token's town, or of all, by number. Scope: `finance`.
#[utoipa::path(
    get, path = "/settlements", operation_id = "list_town_settlements", tag = "finance", params(Turn),
    security(("staff_token" = [])),
    responses((status = 200, description = "A page of them", body = Page<TownSettlement>), StaffListed),
)]
async fn list(
    State(services): State<Services>,
    caller: Caller,
    Query(asked): Query<Turn>,
) -> Result<Json<Page<TownSettlement>>, Problem> {
    let batch = settlement::list(&services, &caller.0, after(asked.after.as_deref())?, asked.limit.0).await;
    let batch = batch.map_err(|error| caller.problem(&services, error))?;
    let catalogue = services.catalogue();
    Ok(Page::from_batch(
        batch,
        |settlement| settlement.number.unwrap_or_default().to_string(),
        |settlement| TownSettlement::new(&catalogue, &settlement),
    ))
}

/// A settlement, and a stretch of what it is made of, line by line. Both towns see the same. Scope: `finance`.
#[utoipa::path(
    get, path = "/settlements/{id}", operation_id = "show_town_settlement", tag = "finance",
    params(("id" = Id, Path), Turn), security(("staff_token" = [])),
    responses(
        (status = 200, description = "The reckoning", body = SettlementReckoning, headers(("ETag" = String))),
        StaffReckoned,
    ),
)]
async fn show(
    State(services): State<Services>,
    caller: Caller,
    id: Id,
    Query(asked): Query<Turn>,
) -> Result<Tagged<SettlementReckoning>, Problem> {
    let after = after(asked.after.as_deref())?;
    let found = settlement::find(&services, &caller.0, id.0, after, asked.limit.0).await;
    let (found, lines) = found.map_err(|error| caller.problem(&services, error))?;
    Ok(tagged(found.version(), SettlementReckoning::new(&services.catalogue(), &found, lines)))
}

/// What the settlement of two towns would be if it were drawn up now, line by line; or what it is, where it has been.
/// Nothing changes. Scope: `finance`, in either town.
#[utoipa::path(
    get, path = "/settlements/preview", operation_id = "preview_town_settlement", tag = "finance",
    params(PreviewAsked), security(("staff_token" = [])),
    responses(
        (status = 200, description = "The reckoning", body = SettlementReckoning, headers(("ETag" = String))),
        StaffSettled,
    ),
)]
async fn preview(
    State(services): State<Services>,
    caller: Caller,
    Query(asked): Query<PreviewAsked>,
) -> Result<Tagged<SettlementReckoning>, Problem> {
    let after = after(asked.after.as_deref())?;
    let pair = settlement::Pair { towns: [&asked.town, &asked.other], month: asked.month.0 };
    let found = settlement::preview(&services, &caller.0, &pair, after, asked.limit.0).await;
    let (found, lines) = found.map_err(|error| caller.problem(&services, error))?;
    Ok(tagged(found.version(), SettlementReckoning::new(&services.catalogue(), &found, lines)))
}

/// Draws the settlement of two towns up, over all that they owe each other up to the end of a month that is over: one
/// payment, by an RF reference. It is in both towns' books, and closes itself when its money comes. Drawn up before, it
/// stays as it is. With the `ETag` of a preview only what was read there is drawn up. Scope: `finance`, in either town.
#[utoipa::path(
    post, path = "/settlements", operation_id = "draw_town_settlement", tag = "finance",
    params(("If-Match" = Option<String>, Header, description = "`ETag` of the preview as read")),
    request_body = NewSettlement, security(("staff_token" = [])),
    responses(
        (status = 201, description = "The settlement", body = TownSettlement, headers(("ETag" = String))),
        StaffSettled,
    ),
)]
async fn draw(
    State(services): State<Services>,
    caller: Caller,
    headers: HeaderMap,
    Query(Nothing {}): Query<Nothing>,
    Body(asked): Body<NewSettlement>,
) -> Result<(StatusCode, Tagged<TownSettlement>), Problem> {
    let pair = settlement::Pair { towns: [&asked.town, &asked.other], month: asked.month.0 };
    let drawn = settlement::draw(&services, &caller.0, &pair, read_version(&headers)).await;
    let drawn = drawn.map_err(|error| caller.problem(&services, error))?;
    let body = TownSettlement::new(&services.catalogue(), &drawn);
    Ok((StatusCode::CREATED, tagged(drawn.version(), body)))
}

/// Money that came with a wrong reference, and is owed to its payer, pays what is open of a settlement after all; the
/// rest is still owed. The same line twice has one effect. Scope: `finance`, in either town.
#[utoipa::path(
    post, path = "/settlements/{id}/match", operation_id = "match_settlement_money", tag = "finance",
    params(("id" = Id, Path)), request_body = SettlingMoney, security(("staff_token" = [])),
    responses(
        (status = 200, description = "The settlement as it is now", body = TownSettlement, headers(("ETag" = String))),
        StaffSettled,
    ),
)]
async fn match_money(
    State(services): State<Services>,
    caller: Caller,
    id: Id,
    Query(Nothing {}): Query<Nothing>,
    Body(asked): Body<SettlingMoney>,
) -> Result<Tagged<TownSettlement>, Problem> {
    let instructed = asked.instructed.map(|sent| sent.read("instructed")).transpose();
    let instructed = instructed.map_err(|problem| caller.problem(&services, problem))?;
    let found = settlement::match_money(&services, &caller.0, id.0, &asked.from_key, instructed).await;
    let found = found.map_err(|error| caller.problem(&services, error))?;
    Ok(tagged(found.version(), TownSettlement::new(&services.catalogue(), &found)))
}

/// Writes off what is open of a settlement, where that is one euro or ten kronor at most, in the books of both towns: the
/// payee loses it, and nobody asks the payer for it any more. When its money comes after all, it is open again and pays.
/// Scope: `finance`, in the payee's town.
#[utoipa::path(
    post, path = "/settlements/{id}/write-off", operation_id = "write_off_settlement", tag = "finance",
    params(("id" = Id, Path)), request_body = SettlementWritingOff, security(("staff_token" = [])),
    responses(
        (status = 200, description = "The settlement as it is now", body = TownSettlement, headers(("ETag" = String))),
        StaffSettled,
    ),
)]
async fn write_off(
    State(services): State<Services>,
    caller: Caller,
    id: Id,
    Query(Nothing {}): Query<Nothing>,
    Body(asked): Body<SettlementWritingOff>,
) -> Result<Tagged<TownSettlement>, Problem> {
    let reason = asked.reason.read().map_err(|problem| caller.problem(&services, problem))?;
    let found = settlement::write_off(&services, &caller.0, id.0, &reason).await;
    let found = found.map_err(|error| caller.problem(&services, error))?;
    Ok(tagged(found.version(), TownSettlement::new(&services.catalogue(), &found)))
}

impl From<WriteOffError> for Problem {
    fn from(error: WriteOffError) -> Self {
        match error {
            WriteOffError::Look(error) => error.into(),
            WriteOffError::NothingOpen => {
                conflict("nothing_open", |language| words(language).problem_settlement_paid())
            }
            WriteOffError::TooMuch(most) => conflict("too_much", move |language| {
                words(language).problem_settlement_write_off_most(format::money(language, most))
            }),
        }
    }
}

impl From<MatchError> for Problem {
    fn from(error: MatchError) -> Self {
        match error {
            MatchError::Look(error) => error.into(),
            MatchError::NoMoney => {
                Self::refused("no_money", "from_key", |language| words(language).problem_no_money())
            }
            MatchError::NothingLeft => {
                conflict("nothing_left", |language| words(language).problem_no_money_left())
            }
            MatchError::NothingOpen => {
                conflict("nothing_open", |language| words(language).problem_settlement_paid())
            }
            MatchError::Instructed => {
                Self::refused("invalid", "instructed", |language| words(language).problem_instructed())
            }
        }
    }
}

impl From<DrawError> for Problem {
    fn from(error: DrawError) -> Self {
        match error {
            DrawError::Look(error) => error.into(),
            DrawError::Alone => {
                Self::refused("invalid", "other", |language| words(language).problem_settlement_alone())
            }
            DrawError::NotTheEnd(months) => Self::refused("not_the_end", "month", move |language| {
                words(language).problem_settlement_months(months)
            }),
            DrawError::NotOver(_) => {
                conflict("not_over", |language| words(language).problem_settlement_not_over())
            }
            DrawError::Later => {
                conflict("later_settled", |language| words(language).problem_settlement_later())
            }
            DrawError::Nothing => {
                conflict("nothing_owed", |language| words(language).problem_settlement_nothing())
            }
            DrawError::Rate(RateError::TooOld(date)) => conflict("rate_too_old", move |language| {
                words(language).problem_settlement_rate_old(format::date_short(language, date))
            }),
            DrawError::Rate(_) => {
                conflict("no_rate", |language| words(language).problem_settlement_no_rate())
            }
            DrawError::Stale => Self::new(StatusCode::PRECONDITION_FAILED, "stale", |language| {
                words(language).problem_settlement_stale()
            }),
        }
    }
}
