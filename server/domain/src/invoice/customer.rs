//! Whom a town sends invoices to.

use super::BusinessId;
use crate::{
    Language,
    booking::read_email,
    money::{Money, PriceGroup},
};

pub const TERMS_DAYS_MAX: i64 = 90;
/// As one text, its lines apart.
pub const ADDRESS_MAX: usize = 300;
const NAME_MAX: usize = 100;
const E_INVOICE_MAX: usize = 100;

/// An association or company that pays later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    pub name: String,
    pub business_id: Option<BusinessId>,
    /// Where letters and invoices go.
    pub email: String,
    pub address: Option<String>,
    /// Where its system takes invoices; the town's own system sends them there.
    pub e_invoice: Option<String>,
    pub language: Language,
    /// At whose prices it books.
    pub price_group: PriceGroup,
    pub terms_days: i64,
    /// How much it may owe, booked and invoiced, in the town's currency.
    pub credit: Money,
    /// One invoice a month, or one a booking.
    pub monthly: bool,
}

/// The same as typed.
#[derive(Debug, Clone)]
pub struct CustomerFields {
    pub name: String,
    pub business_id: Option<String>,
    pub email: String,
    pub address: Option<String>,
    pub e_invoice: Option<String>,
    pub language: Language,
    pub price_group: PriceGroup,
    pub terms_days: i64,
    pub credit: Money,
    pub monthly: bool,
}

/// What of it is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CustomerField {
    Name,
    BusinessId,
    Email,
    Address,
    EInvoice,
    TermsDays,
    Credit,
}

impl CustomerField {
    /// Its name on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::BusinessId => "business_id",
            Self::Email => "email",
            Self::Address => "address",
            Self::EInvoice => "e_invoice",
            Self::TermsDays => "terms_days",
            Self::Credit => "credit",
        }
    }
}

impl Customer {
    /// # Errors
    /// The first field that can't be.
    pub fn parse(typed: CustomerFields) -> Result<Self, CustomerField> {
        let business_id = typed.business_id.as_deref().map(str::trim).filter(|id| !id.is_empty());
        let business_id = business_id.map(BusinessId::parse).transpose();
        let terms = (0..=TERMS_DAYS_MAX).contains(&typed.terms_days);
        Ok(Self {
            name: line(&typed.name, NAME_MAX, CustomerField::Name)?.ok_or(CustomerField::Name)?,
            business_id: business_id.map_err(|_| CustomerField::BusinessId)?,
            email: read_email(&typed.email).map_err(|_| CustomerField::Email)?,
            address: optional(
                typed.address.map(|typed| one_line(&typed)).as_deref(),
                ADDRESS_MAX,
                CustomerField::Address,
            )?,
            e_invoice: optional(typed.e_invoice.as_deref(), E_INVOICE_MAX, CustomerField::EInvoice)?,
            language: typed.language,
            price_group: typed.price_group,
            terms_days: if terms { typed.terms_days } else { return Err(CustomerField::TermsDays) },
            credit: if typed.credit.minor > 0 { typed.credit } else { return Err(CustomerField::Credit) },
            monthly: typed.monthly,
        })
    }
}

/// `Suensaarenkatu 1, 95400 Tornio` of what is typed in lines as on a letter.
fn one_line(address: &str) -> String {
    let lines = address.lines().map(|line| line.trim().trim_end_matches(',')).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(", ")
}

fn optional(typed: Option<&str>, max: usize, field: CustomerField) -> Result<Option<String>, CustomerField> {
    typed.map_or(Ok(None), |typed| line(typed, max, field))
}

/// On one line; `None` of nothing.
fn line(typed: &str, max: usize, field: CustomerField) -> Result<Option<String>, CustomerField> {
    let pieces = typed.split(|c: char| c.is_whitespace() || c.is_control()).filter(|piece| !piece.is_empty());
    let text = pieces.collect::<Vec<_>>().join(" ");
    match text.chars().count() {
        0 => Ok(None),
        count if count <= max => Ok(Some(text)),
        _ => Err(field),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::EURO;

    fn typed() -> CustomerFields {
        CustomerFields {
            name: " Tornion \n Palloveikot ".to_owned(),
            business_id: Some("01935246".to_owned()),
            email: "kassa@example.fi".to_owned(),
            address: Some("Suensaarenkatu 1\r\n95400 Tornio".to_owned()),
            e_invoice: Some(String::new()),
            language: Language::Fi,
            price_group: PriceGroup::Club,
            terms_days: 21,
            credit: Money::new(500_00, EURO),
            monthly: true,
        }
    }

    #[test]
    fn a_customer_is_read_with_its_number_and_on_one_line() {
        let customer = Customer::parse(typed()).expect("a customer");
        assert_eq!(customer.name, "Tornion Palloveikot");
        assert_eq!(customer.business_id.expect("a number").as_str(), "0193524-6");
        assert_eq!(customer.address.as_deref(), Some("Suensaarenkatu 1, 95400 Tornio"));
        assert_eq!(customer.e_invoice, None);
    }

    #[test]
    fn each_field_has_its_limits() {
        let check = |change: fn(&mut CustomerFields), field| {
            let mut fields = typed();
            change(&mut fields);
            assert_eq!(Customer::parse(fields), Err(field));
        };
        check(|fields| fields.name = " \u{0} ".to_owned(), CustomerField::Name);
        check(|fields| fields.name = "ä".repeat(101), CustomerField::Name);
        check(|fields| fields.business_id = Some("0193524-7".to_owned()), CustomerField::BusinessId);
        check(|fields| fields.email = "kassa".to_owned(), CustomerField::Email);
        check(|fields| fields.address = Some("a".repeat(301)), CustomerField::Address);
        check(|fields| fields.terms_days = 91, CustomerField::TermsDays);
        check(|fields| fields.terms_days = -1, CustomerField::TermsDays);
        check(|fields| fields.credit.minor = 0, CustomerField::Credit);
    }
}
