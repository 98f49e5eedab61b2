//! What is free, read once and looked through for many.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;
use vayla_domain::{space::SpaceRules, time::Span};

use super::{
    Hit, Scope, Taken, Wish,
    search::{Days, hits},
};
use crate::{Services, catalogue::Space, db::DbError};

/// What is free on some days, of one facility or everywhere, past a claim's own cells.
pub(crate) struct FreeTimes {
    facility: Option<Uuid>,
    without: Uuid,
    /// All that is looked for lies on these days; of too many only what each wish needs is read.
    around: Wish,
    days: Days,
    read: Option<Read>,
}

struct Read {
    span: Span,
    taken: Taken,
    now: DateTime<Utc>,
}

impl FreeTimes {
    pub fn new(facility: Option<Uuid>, without: Uuid, (first, last): (NaiveDate, NaiveDate)) -> Self {
        let around = Wish::any_time(first, last, SpaceRules::MINUTES_MAX);
        Self { facility, without, around, days: Days::default(), read: None }
    }

    /// All free starts in some spaces that meet the wish, earliest first.
    ///
    /// # Errors
    /// When the database can't be read.
    pub async fn search(
        &mut self,
        services: &Services,
        wish: &Wish,
        spaces: &[&Arc<Space>],
    ) -> Result<Vec<Hit>, DbError> {
        let Some(needed) = self.days.reach(spaces, wish) else { return Ok(Vec::new()) };
        let holds = |span: &Span| span.start() <= needed.start() && needed.end() <= span.end();
        let read = match self.read.take().filter(|read| holds(&read.span)) {
            Some(read) => read,
            None => {
                let around = self.days.reach(spaces, &self.around).filter(holds);
                self.read(services, around.unwrap_or(needed)).await?
            }
        };
        let found = hits(&read.taken, &mut self.days, wish, spaces, read.now);
        self.read = Some(read);
        Ok(found)
    }

    async fn read(&self, services: &Services, span: Span) -> Result<Read, DbError> {
        let now = services.clock.now();
        let scope = Scope { span, facility: self.facility, without: Some(self.without) };
        Ok(Read { span, taken: Taken::read(&services.db, scope, now).await?, now })
    }

    /// Something has been taken since.
    pub fn forget(&mut self) {
        self.read = None;
    }
}
