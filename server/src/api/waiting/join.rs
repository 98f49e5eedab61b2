//! Joins the line.

use std::fmt::Display;

use axum::{Json, extract::State, http::StatusCode};
use serde::Deserialize;
use utoipa::{
    ToSchema,
    openapi::schema::{ArrayBuilder, ObjectBuilder, Type},
};
use vayla_domain::space::{NotWeekdays, Weekdays};
use vayla_services::{
    Services,
    occupancy::Wish,
    waiting::{JoinRequest, Wanted, join},
};

use super::{
    super::{
        answers::Joined,
        availability::{Minutes, Share, TimeOfDay},
        booking::NewBooker,
        instant::Day,
        json::{Body, Nothing, Query, Whole},
        names::{Group, Home, Id, UseOf},
        problem::Problem,
        refusal,
    },
    body::Waiting,
};

/// What is waited for, and by whom. Days and hours are those of whatever facility meets it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWaiting {
    /// One space; without it any that meets the rest.
    space: Option<Id>,
    /// A kind of facility.
    #[schema(example = "ice")]
    kind: Option<String>,
    /// A town's code.
    #[schema(example = "haparanda")]
    municipality: Option<String>,
    /// At least this much of the whole hall or field, in per cent.
    #[schema(value_type = Option<i64>, minimum = 1, maximum = 100, example = 50)]
    share: Option<Number<Share>>,
    from: Day,
    /// The last day, itself included; without it, one day. At most 31 days.
    to: Option<Day>,
    /// Days of the week, Monday is 1; all where nothing is said.
    #[schema(schema_with = weekdays)]
    weekdays: Option<Days>,
    /// Starts at this time or later.
    #[schema(value_type = Option<String>, pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$", example = "17:00")]
    earliest: Option<TimeOfDay>,
    /// Ends by this time.
    #[schema(value_type = Option<String>, pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$", example = "21:00")]
    latest: Option<TimeOfDay>,
    #[schema(value_type = i64, minimum = 15, maximum = 1440, example = 60)]
    minutes: Number<Minutes>,
    #[schema(value_type = Option<i64>, minimum = 1, maximum = 5000, example = 12)]
    people: Option<Whole>,
    /// `adult` where nothing is said.
    price_group: Option<Group>,
    /// Where the booker lives: some pay by that. Elsewhere where nothing is said.
    home: Option<Home>,
    /// `sport` where nothing is said.
    #[serde(rename = "use")]
    use_of: Option<UseOf>,
    booker: NewBooker,
}

/// A number in a body, where `12.0` is one too.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "Whole", bound = "T: TryFrom<i64>, T::Error: Display")]
struct Number<T>(T);

impl<T: TryFrom<i64>> TryFrom<Whole> for Number<T> {
    type Error = T::Error;

    fn try_from(number: Whole) -> Result<Self, T::Error> {
        number.0.try_into().map(Self)
    }
}

/// Days of the week in a body.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "Vec<Whole>")]
struct Days(Weekdays);

impl TryFrom<Vec<Whole>> for Days {
    type Error = NotWeekdays;

    fn try_from(days: Vec<Whole>) -> Result<Self, NotWeekdays> {
        // No day has the number 0, nor what doesn't fit.
        let numbers: Vec<u32> = days.iter().map(|day| day.0.try_into().unwrap_or_default()).collect();
        numbers.try_into().map(Self)
    }
}

fn weekdays() -> ArrayBuilder {
    let day = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1)).maximum(Some(7));
    ArrayBuilder::new().items(day).min_items(Some(1)).max_items(Some(7)).examples([[4]])
}

/// Takes a place in line: what becomes free is held for the first, who is written to.
#[utoipa::path(
    post, path = "/waiting", operation_id = "join_waiting", tag = "waiting", request_body = NewWaiting,
    responses((status = 201, description = "The place in line", body = Waiting), Joined),
)]
pub async fn create(
    State(services): State<Services>,
    Query(Nothing {}): Query<Nothing>,
    Body(asked): Body<NewWaiting>,
) -> Result<(StatusCode, Json<Waiting>), Problem> {
    let request = asked.read(&services)?;
    let entry = join(&services, &request).await?;
    let mut body = Waiting::read(&services, &entry).await?;
    body.manage_token = Some(services.secret.waiting_token(entry.id));
    Ok((StatusCode::CREATED, Json(body)))
}

impl NewWaiting {
    fn read(self, services: &Services) -> Result<JoinRequest, Problem> {
        let space = match self.space {
            Some(id) => Some(services.catalogue().space(id.0).cloned().ok_or_else(Problem::not_found)?),
            None => None,
        };
        let from = self.from.date("from")?;
        let to = self.to.map_or(Ok(from), |to| to.date("to"))?;
        let capacity = space.as_ref().and_then(|space| space.capacity);
        let who = self.booker.who("", self.people, capacity).map_err(refusal::who)?;
        let wish = Wish {
            weekdays: self.weekdays.map(|days| days.0).unwrap_or_default(),
            minute_from: self.earliest.map_or(0, |time| time.0),
            minute_to: self.latest.map(|time| time.0),
            share_percent: self.share.map_or(0, |share| share.0.0),
            municipality: self.municipality,
            kind: self.kind,
            people: who.people,
            group: self.price_group.unwrap_or_default().0,
            ..Wish::any_time(from, to, self.minutes.0.0)
        };
        let home = self.home.map(|home| home.0);
        let wanted = Wanted { space, wish, use_of: self.use_of.unwrap_or_default().0, home };
        Ok(JoinRequest { wanted, who, attempt: None })
    }
}
