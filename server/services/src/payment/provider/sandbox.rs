//! The built-in terminal as a provider: it tells of everything by itself, and gives back at once.

use chrono::{NaiveDate, TimeDelta};
use vayla_domain::money::Currency;

use super::{
    Answer, Back, Call, Created, Heard, NotHeard, Provider, ProviderError, Purchase, Repaid, RepaidState,
    ReportLine, Settlement, Status, Way, at_once,
};
use crate::payment::{SANDBOX, order::Order};

pub struct Sandbox;

impl Provider for Sandbox {
    fn name(&self) -> &'static str {
        SANDBOX
    }

    fn currency(&self) -> Option<Currency> {
        None
    }

    fn session(&self) -> Option<TimeDelta> {
        None
    }

    fn pages(&self) -> &[String] {
        &[]
    }

    fn create<'a>(&'a self, purchase: &'a Purchase<'a>) -> Answer<'a, Created> {
        at_once(Ok(Created { reference: purchase.order.id.to_string(), way: Way::Terminal }))
    }

    fn status<'a>(&'a self, _: &'a Order) -> Answer<'a, Status> {
        at_once(Ok(Status::Open))
    }

    fn hear(&self, _: &Call<'_>) -> Result<Heard, NotHeard> {
        Err(NotHeard)
    }

    fn cancel<'a>(&'a self, _: &'a Order) -> Answer<'a, Status> {
        at_once(Ok(Status::Open))
    }

    fn refunds_once(&self) -> bool {
        true
    }

    fn refund<'a>(&'a self, back: &'a Back) -> Answer<'a, Repaid> {
        at_once(Ok(Repaid { reference: back.asked_as.to_string(), state: RepaidState::Done }))
    }

    fn refund_status<'a>(&'a self, back: &'a Back) -> Answer<'a, Repaid> {
        self.refund(back)
    }

    fn reports(&self) -> bool {
        false
    }

    fn settlements(&self, _: NaiveDate, _: NaiveDate) -> Answer<'_, Vec<Settlement>> {
        at_once(Err(ProviderError::Unsupported))
    }

    fn ask_report<'a>(&'a self, _: &'a str) -> Answer<'a, ()> {
        at_once(Err(ProviderError::Unsupported))
    }

    fn read_report(&self, _: &Call<'_>) -> Result<Vec<ReportLine>, NotHeard> {
        Err(NotHeard)
    }
}
