//! `vayla tariff preview`.

use vayla_domain::money::Buyer;
use vayla_server::{api::PricePreview, cli::NewPreview};
use vayla_services::{
    Services,
    booking::PriceFor,
    staff::Staff,
    tariff::{self, PreviewAsked},
};

use super::{Failure, say_json, wall, wrong_use};

pub async fn run(services: &Services, asked: NewPreview) -> Result<(), Failure> {
    let catalogue = services.catalogue();
    let named = asked.space.split_once('/');
    let space = named.and_then(|(facility, space)| catalogue.space_by_slug(facility, space));
    let space = space.ok_or_else(|| wrong_use(format!("{}: no such space", asked.space)))?;
    let [start, end] = [&asked.from, &asked.to].map(|text| wall::read(text, space.zone()));
    let price = PriceFor {
        buyer: Buyer { group: asked.group, home: asked.home },
        use_of: asked.use_of,
        dates: asked.dates,
        booked: asked.booked,
    };
    let booking = PreviewAsked::new(space.clone(), start?, end?, price)
        .ok_or_else(|| wrong_use("a booking lasts whole quarters of an hour, at most 24 hours"))?;
    let prices = tariff::preview(services, &Staff::operator(), asked.id, &booking).await?;
    say_json(&PricePreview::new(services, space, &prices))
}
