//! A feed's link: signed, so that nobody makes one up, and without anybody's address in it.

use uuid::Uuid;
use vayla_domain::Language;

use crate::{Services, link::Secret};

const PURPOSE: &str = "feed";

/// Whose bookings, and how much of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feed {
    /// All bookings of a mail address, with the links that manage them: for whoever reads that
    /// address' mail. The id is that of the address in the table `feed`.
    Person(Uuid),
    /// Place, time and purpose of the same address' bookings at a club's price: for all members.
    Club(Uuid),
    /// When a space, or a part of it, is taken: for anybody.
    Space(Uuid),
    /// When a facility's spaces are taken: for anybody.
    Facility(Uuid),
}

impl Feed {
    /// Whether it tells of nobody.
    pub(super) const fn is_public(self) -> bool {
        matches!(self, Self::Space(_) | Self::Facility(_))
    }

    /// Where calendar programs fetch it, in a language.
    #[must_use]
    pub fn url(self, services: &Services, language: Language) -> String {
        format!("{}/api/v1/feeds/{}.ics", services.base_url, self.seal(&services.secret, language))
    }

    fn seal(self, secret: &Secret, language: Language) -> String {
        let (kind, id) = match self {
            Self::Person(id) => (b'p', id),
            Self::Club(id) => (b'c', id),
            Self::Space(id) => (b's', id),
            Self::Facility(id) => (b'f', id),
        };
        secret.seal(PURPOSE, &[&[kind], language.code().as_bytes(), id.as_bytes()].concat())
    }

    /// What a token names; `None` for one that isn't ours.
    pub(super) fn unseal(secret: &Secret, token: &str) -> Option<(Self, Language)> {
        let content = secret.unseal(PURPOSE, token)?;
        let (kind, rest) = content.split_first()?;
        let (language, id) = rest.split_first_chunk::<2>()?;
        let of: fn(Uuid) -> Self = match kind {
            b'p' => Self::Person,
            b'c' => Self::Club,
            b's' => Self::Space,
            b'f' => Self::Facility,
            _ => return None,
        };
        let language = std::str::from_utf8(language).ok()?.parse().ok()?;
        Some((of(Uuid::from_slice(id).ok()?), language))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_opens_its_feed_in_its_language_and_a_changed_one_opens_nothing() {
        let (secret, id) = (Secret::random(), Uuid::from_u128(7));
        for feed in [Feed::Person(id), Feed::Club(id), Feed::Space(id), Feed::Facility(id)] {
            for language in Language::ALL {
                let token = feed.seal(&secret, language);
                assert_eq!(Feed::unseal(&secret, &token), Some((feed, language)));
                assert_eq!(Feed::unseal(&Secret::random(), &token), None);
                for place in 0..token.len() {
                    let mut changed = token.clone().into_bytes();
                    changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
                    let changed = String::from_utf8(changed).expect("ascii");
                    assert_eq!(Feed::unseal(&secret, &changed), None, "{changed}");
                }
            }
        }
    }

    #[test]
    fn a_feeds_token_manages_no_booking_and_a_bookings_opens_no_feed() {
        let (secret, id) = (Secret::random(), Uuid::from_u128(7));
        assert_eq!(secret.read_token(&Feed::Person(id).seal(&secret, Language::Sv)), None);
        assert_eq!(secret.read_token(&secret.seal(PURPOSE, id.as_bytes())), None);
        assert_eq!(Feed::unseal(&secret, &secret.manage_token(id)), None);
    }
}
