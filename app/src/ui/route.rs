//! Every page's address in both languages, in one place.

use uuid::Uuid;
use vayla_domain::Language;

/// A page. With `{name}` for a value, its address is the router's pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    Search,
    Facilities,
    Facility(String),
    /// A day of a municipality's or a facility's spaces.
    Day {
        place: String,
        date: String,
    },
    /// Without a date: today.
    Today(String),
    Choose {
        facility: String,
        space: String,
    },
    Booking(String),
    Details(String),
    Check(String),
    Pay(String),
    Extend(String),
    Move(String),
    Cancel(String),
    /// Of the latest payment.
    Receipt(String),
    NumberedReceipt {
        token: String,
        number: String,
    },
    Calendar(String),
    /// What the use has cost afterwards, by its number.
    Charge {
        token: String,
        number: String,
    },
    ChargeReceipt {
        token: String,
        number: String,
    },
    ChargeReceiptFile {
        token: String,
        number: String,
    },
    /// For whoever pays later.
    Invoice(String),
    InvoiceFile(String),
    /// Where a booking is put on a customer's account.
    OnAccount(String),
    /// Where a municipality's grant is put on what is held.
    Grant(String),
    Terminal(String),
    /// Where one pays with an app.
    Swish(String),
    /// Where one comes back to from a provider's page.
    Returned,
    /// Where one joins the waiting list.
    Wait,
    /// A place in it.
    Waiting(String),
    /// Where the links to one's own calendar are asked for.
    Feeds,
    /// Where a series of a space's times is laid out.
    LaySeries {
        facility: String,
        space: String,
    },
    Series(String),
    PaySeries(String),
    GrantSeries(String),
    SeriesOnAccount(String),
    ExtendSeries(String),
    CancelSeries(String),
    MoveSeries(String),
    Accessibility,
}

impl Page {
    #[must_use]
    pub fn terminal(payment: Uuid) -> Self {
        Self::Terminal(payment.to_string())
    }

    /// The path in a language, beginning with `/sv/` or `/fi/`.
    #[must_use]
    pub fn path(&self, language: Language) -> String {
        let word = |sv: &'static str, fi: &'static str| match language {
            Language::Sv => sv,
            Language::Fi => fi,
        };
        let (book, booking) = (word("boka", "varaa"), word("bokning", "varaus"));
        let (day, places) = (word("dag", "paiva"), word("anlaggningar", "liikuntapaikat"));
        let (series, charge) = (word("serie", "vakiovuoro"), word("avgift", "lisamaksu"));
        let rest = match self {
            Self::Search => String::new(),
            Self::Facilities => places.to_owned(),
            Self::Facility(slug) => format!("{places}/{slug}"),
            Self::Today(place) => format!("{day}/{place}"),
            Self::Day { place, date } => format!("{day}/{place}/{date}"),
            Self::Choose { facility, space } => format!("{book}/{facility}/{space}"),
            Self::Booking(token) => format!("{booking}/{token}"),
            Self::Details(token) => format!("{booking}/{token}/{}", word("uppgifter", "tiedot")),
            Self::Check(token) => format!("{booking}/{token}/{}", word("granska", "tarkista")),
            Self::Pay(token) => format!("{booking}/{token}/{}", word("betala", "maksa")),
            Self::Extend(token) => format!("{booking}/{token}/{}", word("forlang", "jatka")),
            Self::Move(token) => format!("{booking}/{token}/{}", word("flytta", "siirra")),
            Self::Cancel(token) => format!("{booking}/{token}/{}", word("avboka", "peru")),
            Self::Receipt(token) => format!("{booking}/{token}/{}", word("kvitto", "kuitti")),
            Self::NumberedReceipt { token, number } => {
                format!("{booking}/{token}/{}/{number}", word("kvitto", "kuitti"))
            }
            Self::Charge { token, number } => format!("{booking}/{token}/{charge}/{number}"),
            Self::ChargeReceipt { token, number } => {
                format!("{booking}/{token}/{charge}/{number}/{}", word("kvitto", "kuitti"))
            }
            Self::ChargeReceiptFile { token, number } => {
                format!("{booking}/{token}/{charge}/{number}/{}", word("kvitto.pdf", "kuitti.pdf"))
            }
            Self::Invoice(token) => format!("{}/{token}", word("faktura", "lasku")),
            Self::InvoiceFile(token) => format!("{}/{token}/pdf", word("faktura", "lasku")),
            Self::OnAccount(token) => format!("{booking}/{token}/{}", word("faktura", "lasku")),
            Self::Grant(token) => format!("{booking}/{token}/{}", word("bidrag", "avustus")),
            Self::Calendar(token) => format!("{booking}/{token}/{}", word("kalender.ics", "kalenteri.ics")),
            Self::Wait => word("ko", "jono").to_owned(),
            Self::Waiting(token) => format!("{}/{token}", word("ko", "jono")),
            Self::LaySeries { facility, space } => format!("{series}/{facility}/{space}"),
            Self::Series(token) => format!("{series}/{token}"),
            Self::PaySeries(token) => format!("{series}/{token}/{}", word("betala", "maksa")),
            Self::GrantSeries(token) => format!("{series}/{token}/{}", word("bidrag", "avustus")),
            Self::SeriesOnAccount(token) => format!("{series}/{token}/{}", word("faktura", "lasku")),
            Self::ExtendSeries(token) => format!("{series}/{token}/{}", word("forlang", "jatka")),
            Self::CancelSeries(token) => format!("{series}/{token}/{}", word("avboka", "peru")),
            Self::MoveSeries(token) => format!("{series}/{token}/{}", word("flytta", "siirra")),
            Self::Terminal(payment) => format!("terminal/{payment}"),
            Self::Swish(payment) => format!("swish/{payment}"),
            Self::Returned => word("tillbaka", "takaisin").to_owned(),
            Self::Feeds => word("kalender", "kalenteri").to_owned(),
            Self::Accessibility => word("tillganglighet", "saavutettavuus").to_owned(),
        };
        format!("/{}/{rest}", language.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_its_own_words() {
        let page = Page::Receipt("abc".to_owned());
        assert_eq!(page.path(Language::Sv), "/sv/bokning/abc/kvitto");
        assert_eq!(page.path(Language::Fi), "/fi/varaus/abc/kuitti");
        assert_eq!(Page::Search.path(Language::Fi), "/fi/");
    }
}
