//! Prices.

use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use vayla_domain::{money, time::Span};
use vayla_services::{
    Services,
    booking::{PriceFor, fingerprint, quote},
    catalogue,
};

use super::{
    answers::Quoted,
    cancelling::CancelStep,
    deposit::DepositAsked,
    instant::{Instant, When},
    json::{Body, Nothing, Query},
    money::{Currency, Line, Money, Rate},
    names::{Group, Home, Id, UseOf},
    problem::Problem,
    refusal,
};

pub fn router() -> OpenApiRouter<Services> {
    OpenApiRouter::new().routes(routes!(create))
}

/// What is to be priced.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewQuote {
    space: Id,
    /// With any offset; without one, as the facility's wall clock shows it.
    start: When,
    #[schema(example = "2027-03-29T19:00:00+03:00")]
    end: When,
    /// `adult` where nothing is said.
    price_group: Option<Group>,
    /// Where the booker lives: some pay by that. Elsewhere where nothing is said.
    home: Option<Home>,
    /// The currency to pay in: the neighbour's where nothing is said.
    pay_currency: Option<Currency>,
    /// `sport` where nothing is said.
    #[serde(rename = "use")]
    use_of: Option<UseOf>,
}

/// A price as it is charged when the booking is made with this `quote`.
#[derive(Debug, Serialize, ToSchema)]
pub struct Quote {
    pub space: Uuid,
    pub start: Instant,
    pub end: Instant,
    pub price_group: Group,
    pub home: Option<Home>,
    #[serde(rename = "use")]
    pub use_of: UseOf,
    pub lines: Vec<Line>,
    /// The tax in all lines.
    pub vat: Money,
    /// In the facility's currency.
    pub total: Money,
    /// In the currency to pay in; null where no rate is in force.
    pub pay_total: Option<Money>,
    /// What `pay_total` was reckoned with; null where it is the facility's own currency, or the price list fixes
    /// both amounts.
    pub rate: Option<Rate>,
    /// What is paid besides and comes back.
    pub deposit: Option<DepositAsked>,
    /// All that is charged, price and deposit, in the currency to pay in; null where no rate is in force.
    pub to_pay: Option<Money>,
    /// By the rule that a booking would be made under now.
    pub cancel_steps: Vec<CancelStep>,
    /// Names this price: sent with a booking, another price is refused.
    #[schema(pattern = "^[0-9a-f]{24}$", example = "6f1c0a9d2be34755a1c0ffee")]
    pub quote: String,
}

/// Prices a time that can be booked. It holds nothing.
#[utoipa::path(
    post, path = "/quotes", operation_id = "create_quote", tag = "prices", request_body = NewQuote,
    responses((status = 200, description = "The price", body = Quote), Quoted),
)]
async fn create(
    State(services): State<Services>,
    Query(Nothing {}): Query<Nothing>,
    Body(asked): Body<NewQuote>,
) -> Result<Json<Quote>, Problem> {
    let space = services.catalogue().space(asked.space.0).cloned().ok_or_else(Problem::not_found)?;
    priced(&services, &space, &asked).await.map(Json).map_err(|problem| problem.at(&space.facility))
}

async fn priced(services: &Services, space: &catalogue::Space, asked: &NewQuote) -> Result<Quote, Problem> {
    let zone = space.zone();
    let (start, end) = (asked.start.at(zone, "start")?, asked.end.at(zone, "end")?);
    let (group, use_of) = (asked.price_group.unwrap_or_default(), asked.use_of.unwrap_or_default());
    let buyer = money::Buyer { group: group.0, home: asked.home.clone().map(|home| home.0) };
    let price_for = PriceFor::new(buyer, use_of.0);
    let span = space.rules.check(start, end, group.0, services.clock.now());
    let span = span.map_err(|refusal| refusal::refused(space, refusal))?;
    let price = quote(services, space, span, &price_for).await?;
    let pay_total = match asked.pay_currency {
        Some(currency) => {
            Some(price.payable_in(currency.0).ok_or_else(|| refusal::currency("pay_currency"))?)
        }
        None => price.other.as_ref().ok().map(|(money, _)| *money),
    };
    Ok(answer(&services.catalogue(), space, span, &price_for, &price, pay_total))
}

fn answer(
    catalogue: &catalogue::Catalogue,
    space: &catalogue::Space,
    span: Span,
    asked: &PriceFor,
    price: &money::Quote,
    pay_total: Option<money::Money>,
) -> Quote {
    let (zone, rule) = (space.zone(), space.rules.cancelling.rule(asked.use_of, false));
    let to_pay = match pay_total {
        Some(money) => Some(price.to_pay().asked(money.currency).map_or(money, |asked| asked.total())),
        None => price.to_pay().total_other(),
    };
    let converted = pay_total.is_some_and(|money| money.currency != price.total.currency);
    Quote {
        space: space.id,
        start: Instant::new(span.start().start(), zone),
        end: Instant::new(span.end().start(), zone),
        price_group: Group(asked.buyer.group),
        home: asked.buyer.home.clone().map(Home),
        use_of: UseOf(asked.use_of),
        lines: price.lines.iter().map(|line| Line::new(catalogue, line, zone)).collect(),
        vat: price.vat().into(),
        total: price.total.into(),
        pay_total: pay_total.map(Into::into),
        rate: price.rate().filter(|_| converted).map(Into::into),
        deposit: price.deposit.as_ref().and_then(|asked| DepositAsked::new(asked, price.total.currency)),
        to_pay: to_pay.map(Into::into),
        cancel_steps: CancelStep::all(&rule, space.start(span.start().start())),
        quote: fingerprint(space, price),
    }
}
