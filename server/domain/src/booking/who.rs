//! Who books, and what for: parsed once, right from then on.

use crate::Language;

pub const NAME_MAX: usize = 100;
pub const PURPOSE_MAX: usize = 200;
pub const PEOPLE_MAX: i64 = 5000;
const EMAIL_MAX: usize = 254;
const EMAIL_LOCAL_MAX: usize = 64;
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 5..=15;

/// A booker with a name and an address that mail can be sent to, and what the time is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    pub name: String,
    pub email: String,
    pub phone: Option<String>,
    /// The language to write to the booker in.
    pub language: Language,
    pub purpose: Option<String>,
    pub people: Option<i64>,
}

/// The fields as typed.
#[derive(Debug, Clone, Copy, Default)]
pub struct WhoFields<'a> {
    pub name: &'a str,
    pub email: &'a str,
    pub phone: &'a str,
    pub purpose: &'a str,
    pub people: &'a str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhoField {
    Name,
    Email,
    Phone,
    Purpose,
    People,
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhoProblem {
    Missing,
    TooLong {
        max: usize,
    },
    NotAnEmail,
    NotAPhone,
    NotACount {
        max: i64,
    },
    /// More people than the space takes.
    TooMany {
        capacity: i64,
    },
}

impl Who {
    /// Reads the fields. Spaces around and control characters inside are dropped.
    ///
    /// # Errors
    /// Every field that is wrong, in the form's order.
    pub fn parse(
        fields: WhoFields<'_>,
        language: Language,
        capacity: Option<i64>,
    ) -> Result<Self, Vec<(WhoField, WhoProblem)>> {
        let mut problems = Vec::new();
        let mut check = |field, result: Result<Option<String>, WhoProblem>| {
            result.unwrap_or_else(|problem| {
                problems.push((field, problem));
                None
            })
        };
        let name = check(WhoField::Name, text(fields.name, NAME_MAX).and_then(required));
        let email = check(WhoField::Email, read_email(fields.email).map(Some));
        let phone = check(WhoField::Phone, text(fields.phone, NAME_MAX).and_then(phone));
        let purpose = check(WhoField::Purpose, text(fields.purpose, PURPOSE_MAX));
        let people = check(WhoField::People, people(fields.people, capacity));
        match (name, email) {
            (Some(name), Some(email)) if problems.is_empty() => {
                let people = people.and_then(|count| count.parse().ok());
                Ok(Self { name, email, phone, language, purpose, people })
            }
            _ => Err(problems),
        }
    }
}

fn text(typed: &str, max: usize) -> Result<Option<String>, WhoProblem> {
    let clean: String = typed.chars().filter(|c| !c.is_control()).collect();
    let clean = clean.trim();
    match clean.chars().count() {
        0 => Ok(None),
        length if length > max => Err(WhoProblem::TooLong { max }),
        _ => Ok(Some(clean.to_owned())),
    }
}

fn required(text: Option<String>) -> Result<Option<String>, WhoProblem> {
    text.map(Some).ok_or(WhoProblem::Missing)
}

/// Reads an address that every mail server takes: one @, letters of ASCII, a domain with a dot.
///
/// # Errors
/// [`WhoProblem::Missing`], [`WhoProblem::TooLong`] or [`WhoProblem::NotAnEmail`].
pub fn read_email(typed: &str) -> Result<String, WhoProblem> {
    let address = text(typed, EMAIL_MAX)?.ok_or(WhoProblem::Missing)?;
    let allowed = |c: char| c.is_ascii_graphic() && !"()<>,;:\\\"[]".contains(c);
    let label = |label: &str| {
        let edges = !label.starts_with('-') && !label.ends_with('-');
        !label.is_empty() && edges && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    let fits = address.split_once('@').is_some_and(|(local, domain)| {
        let dots = !local.starts_with('.') && !local.ends_with('.') && !local.contains("..");
        let local_fits = (1..=EMAIL_LOCAL_MAX).contains(&local.len()) && local.chars().all(allowed) && dots;
        local_fits && domain.contains('.') && domain.split('.').all(label)
    });
    if fits { Ok(address) } else { Err(WhoProblem::NotAnEmail) }
}

fn phone(text: Option<String>) -> Result<Option<String>, WhoProblem> {
    let Some(number) = text else { return Ok(None) };
    let digits = number.chars().filter(char::is_ascii_digit).count();
    let allowed = number.chars().all(|c| c.is_ascii_digit() || " +-()/".contains(c));
    if allowed && PHONE_DIGITS.contains(&digits) { Ok(Some(number)) } else { Err(WhoProblem::NotAPhone) }
}

fn people(typed: &str, capacity: Option<i64>) -> Result<Option<String>, WhoProblem> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let count: Option<i64> = typed.parse().ok().filter(|count| (1..=PEOPLE_MAX).contains(count));
    match (count, capacity) {
        (None, _) => Err(WhoProblem::NotACount { max: PEOPLE_MAX }),
        (Some(count), Some(capacity)) if count > capacity => Err(WhoProblem::TooMany { capacity }),
        (Some(count), _) => Ok(Some(count.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn problems(fields: WhoFields<'_>) -> Vec<(WhoField, WhoProblem)> {
        Who::parse(fields, Language::Fi, Some(20)).err().unwrap_or_default()
    }

    const GOOD: WhoFields<'_> =
        WhoFields { name: "Näätänen", email: "n@example.org", phone: "", purpose: "", people: "" };

    #[test]
    fn names_of_all_kinds_are_kept_as_they_are() {
        for name in ["Åsa <script>alert(1)</script>", "Näätänen", "🏒 Isbjörnarna", "O'Brien"] {
            let who = Who::parse(WhoFields { name, ..GOOD }, Language::Sv, None).expect("a name");
            assert_eq!(who.name, name);
        }
    }

    #[test]
    fn every_wrong_field_is_told_at_once() {
        let long = "x".repeat(201);
        let fields = WhoFields { name: " \n", email: "a@b", phone: "ring mig", purpose: &long, people: "21" };
        let expected = [
            (WhoField::Name, WhoProblem::Missing),
            (WhoField::Email, WhoProblem::NotAnEmail),
            (WhoField::Phone, WhoProblem::NotAPhone),
            (WhoField::Purpose, WhoProblem::TooLong { max: PURPOSE_MAX }),
            (WhoField::People, WhoProblem::TooMany { capacity: 20 }),
        ];
        assert_eq!(problems(fields), expected);
        assert_eq!(problems(GOOD), []);
    }

    #[test]
    fn an_address_is_one_that_mail_can_be_sent_to() {
        let check =
            |email, good| assert_eq!(problems(WhoFields { email, ..GOOD }).is_empty(), good, "{email}");
        check("asa.lind+is@sub.example.org", true);
        check("a@b@example.org", false);
        check("a b@example.org", false);
        check("a@example..org", false);
        check("a@example.org\r\nBcc: b@example.org", false);
        check("<a@example.org>", false);
        check("åsa@example.org", false);
    }

    #[test]
    fn an_address_by_itself_says_what_is_wrong() {
        let check = |typed: &str, expected| assert_eq!(read_email(typed), expected, "{typed}");
        check(" asa@example.se\n", Ok("asa@example.se".to_owned()));
        check("\t", Err(WhoProblem::Missing));
        check("asa", Err(WhoProblem::NotAnEmail));
        check(&"a".repeat(255), Err(WhoProblem::TooLong { max: EMAIL_MAX }));
    }

    proptest! {
        #[test]
        fn reading_never_panics(name: String, email: String, phone: String, purpose: String, people: String) {
            let fields = WhoFields { name: &name, email: &email, phone: &phone, purpose: &purpose, people: &people };
            let _ = Who::parse(fields, Language::Sv, Some(5));
        }
    }
}
