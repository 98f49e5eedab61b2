//! What proves a booking that grants pay whole: nobody has paid for it, so that it has no receipt and no number.

use vayla_domain::{Language, money::Money};
use vayla_locales::{format, words};

use super::text::row;
use crate::{
    Services,
    booking::{self, Booking},
    db::DbError,
    grant::{self, GrantState},
    paper::{Fact, Note, Paper, Table},
    wording,
};

/// That it is paid whole, and by whom; `None` where anything of it is the booker's to pay.
///
/// # Errors
/// When the database can't be read.
pub async fn covered(
    services: &Services,
    language: Language,
    booking: &Booking,
) -> Result<Option<Paper>, DbError> {
    let mut granted = grant::of_booking(&services.db, booking.id).await?;
    granted.retain(|granted| granted.state == GrantState::Given);
    let granted = grant::summed(granted);
    let paid: i64 = granted.iter().map(|granted| granted.gross.minor).sum();
    if granted.is_empty() || paid < booking.total.minor {
        return Ok(None);
    }
    let lines = booking::lines(&services.db, booking).await?;
    let (w, catalogue, space) = (words(language), services.catalogue(), &booking.space);
    let money = |minor| format::money(language, Money::new(minor, booking.total.currency));
    let payers = granted.iter().map(|granted| (grant::payer(language, &catalogue, granted), granted));
    let mut sums = vec![Fact::new(w.receipt_total(), money(booking.total.minor))];
    sums.extend(
        payers.clone().map(|(town, granted)| Fact::new(w.grant_from(town), money(-granted.gross.minor))),
    );
    sums.push(Fact::new(w.grant_own(), money(0)));
    let mut facts = vec![Fact::new(w.ticket_reference(), &*booking.reference)];
    facts.extend(booking.who.as_ref().map(|who| Fact::new(w.receipt_buyer(), &*who.name)));
    let taxes = wording::vat_by_rate(language, lines.iter().map(|line| (line.vat_rate, line.net, line.vat)));
    let told = granted.iter().map(|granted| Note::strong(grant::told(language, &catalogue, granted)));
    Ok(Some(Paper {
        language,
        title: w.covered_title(&booking.reference),
        issuer: wording::issuer(language, &space.facility.municipality),
        facts,
        warning: None,
        highlights: payers
            .map(|(town, granted)| Fact::new(w.covered_by(town), money(granted.gross.minor)))
            .collect(),
        table: Table {
            caption: w.receipt_lines(),
            columns: vec![w.receipt_what(), w.receipt_net(), w.receipt_vat(), w.receipt_gross()],
            rows: lines.iter().map(|line| row(language, &catalogue, space, line)).collect(),
            sums,
        },
        slip: None,
        notes: taxes.into_iter().map(Note::plain).chain(told).collect(),
    }))
}
