//! What somebody wants to wait for, as typed and as understood.

use std::sync::Arc;

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};
use vayla_domain::{
    Language,
    booking::{Who, WhoFields},
    money::Use,
    time::Span,
};
use vayla_locales::format;
use vayla_services::{
    catalogue::Space,
    occupancy::Wish,
    waiting::{JoinRequest, Wanted, WantedProblem},
    wording,
};

use crate::{
    booking::who_errors,
    search::SearchQuery,
    ui::{Ctx, Errors, Page},
};

/// The fields: those of the search, one space where it is about that one, and who waits.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct WaitFields {
    /// Facility and space as in addresses, with a slash between; empty for any that meets the wish.
    pub space: String,
    #[serde(flatten)]
    pub wish: SearchQuery,
    pub group: String,
    /// Where whoever waits lives; empty: elsewhere.
    pub home: String,
    #[serde(rename = "use")]
    pub use_of: String,
    pub name: String,
    pub email: String,
    pub phone: String,
    /// Drawn with the page: the same page sent twice is one place in line.
    pub attempt: String,
    pub switch: String,
}

impl WaitFields {
    /// The one space that it is about.
    pub fn space(&self, ctx: &Ctx) -> Option<Arc<Space>> {
        let (facility, space) = self.space.split_once('/')?;
        ctx.catalogue.space_by_slug(facility, space).map(Arc::clone)
    }

    /// What and who, or all that isn't understood.
    pub fn parse(&self, ctx: &Ctx) -> Result<JoinRequest, Errors> {
        let (wish, mut errors) = SearchQuery { group: self.group.clone(), ..self.wish.clone() }.wish(ctx);
        let who = match Who::parse(self.who(), ctx.language, None) {
            Ok(who) => Some(who),
            Err(problems) => {
                errors.extend(who_errors(ctx, problems));
                None
            }
        };
        let Some(who) = who.filter(|_| errors.is_empty()) else { return Err(errors) };
        let to = if self.wish.until.trim().is_empty() { wish.from } else { wish.to };
        let space = self.space(ctx);
        let wish = match space {
            // Where it lies and what it is goes without saying.
            Some(_) => Wish { to, share_percent: 0, municipality: None, kind: None, people: None, ..wish },
            None => Wish { to, ..wish },
        };
        let use_of = self.use_of.parse().unwrap_or(Use::Sport);
        let wanted = Wanted { space, wish, use_of, home: self.home.parse().ok() };
        Ok(JoinRequest { wanted, who, attempt: self.attempt.parse().ok() })
    }

    fn who(&self) -> WhoFields<'_> {
        WhoFields { name: &self.name, email: &self.email, phone: &self.phone, purpose: "", people: "" }
    }
}

/// The field that a refusal is about, and what to do.
pub fn refusal(ctx: &Ctx, problem: WantedProblem) -> (&'static str, String) {
    let field = match problem {
        WantedProblem::InThePast | WantedProblem::TooEarly { .. } => "date",
        WantedProblem::NoDay | WantedProblem::TooManyDays { .. } => "until",
        WantedProblem::NoRoom => "to",
        WantedProblem::NoSuchLength => "minutes",
    };
    (field, wording::never_had(ctx.language, problem))
}

/// To the form, filled in with a search.
pub(crate) fn link_from(language: Language, query: &SearchQuery) -> String {
    let wish = SearchQuery { order: String::new(), more: 0, ..query.clone() };
    link(language, &WaitFields { wish, ..WaitFields::default() })
}

/// To the form, filled in with one time of a space, and for whom it is: group, home and use.
pub(crate) fn link_for(language: Language, space: &Space, span: Span, whom: [&str; 3]) -> String {
    let wall = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&space.zone()).naive_local();
    let (from, to) = (wall(span.start().start()), wall(span.end().start()));
    let clock = |wall: NaiveDateTime| format::time(language, wall.time());
    let date = format::date_short(language, from.date());
    let wish = SearchQuery {
        date: date.clone(),
        until: date,
        from: clock(from),
        // The form knows no end after midnight: then any time of the evening will do.
        to: if to.date() == from.date() { clock(to) } else { String::new() },
        minutes: span.minutes().to_string(),
        ..SearchQuery::default()
    };
    let space = format!("{}/{}", space.facility.slug, space.slug);
    let [group, home, use_of] = whom.map(str::to_owned);
    link(language, &WaitFields { space, wish, group, home, use_of, ..WaitFields::default() })
}

fn link(language: Language, fields: &WaitFields) -> String {
    let pairs = serde_urlencoded::to_string(fields).unwrap_or_default();
    let given: Vec<&str> = pairs.split('&').filter(|pair| !pair.ends_with('=')).collect();
    format!("{}?{}", Page::Wait.path(language), given.join("&"))
}
