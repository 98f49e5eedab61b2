//! Ids, names and codes on the wire.

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use serde::{Deserialize, Deserializer, Serialize, de};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, schema::Type},
};
use uuid::Uuid;
use vayla_domain::{
    Bilingual, Language,
    booking::BookingState,
    closure::ClosureKind,
    money::{self, PriceGroup, Use},
};

use super::problem::Problem;

/// An id, written with hyphens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[schema(value_type = String, format = Uuid, example = "0199f3c2-7a51-7cc0-8d0e-1f2a3b4c5d6e")]
pub struct Id(pub Uuid);

impl Id {
    fn read(text: &str) -> Option<Self> {
        let hyphenated = text.len() == 36;
        Uuid::try_parse(text).ok().filter(|_| hyphenated).map(Self)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::read(&String::deserialize(deserializer)?).ok_or_else(|| de::Error::custom("not an id"))
    }
}

/// The first name in the path: what isn't an id names nothing.
impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let named =
            RawPathParams::from_request_parts(parts, state).await.map_err(|_| Problem::not_found())?;
        let first = named.iter().next().and_then(|(_, text)| Self::read(text));
        first.ok_or_else(Problem::not_found)
    }
}

/// The number of a thing within another: the last name in the path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ToSchema)]
#[schema(value_type = i64, minimum = 1, example = 1)]
pub struct Number(pub i64);

impl<S: Send + Sync> FromRequestParts<S> for Number {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let named =
            RawPathParams::from_request_parts(parts, state).await.map_err(|_| Problem::not_found())?;
        let last = named.iter().last().and_then(|(_, text)| text.parse().ok()).map(Self);
        last.ok_or_else(Problem::not_found)
    }
}

/// A text in both languages.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Names {
    #[schema(example = "Torneå ishall")]
    pub sv: String,
    #[schema(example = "Tornion jäähalli")]
    pub fi: String,
}

impl From<&Bilingual> for Names {
    fn from(text: &Bilingual) -> Self {
        Self { sv: text.sv.clone(), fi: text.fi.clone() }
    }
}

/// A word of a fixed list, by the code it has everywhere.
macro_rules! coded {
    ($(#[$docs:meta])* $name:ident, $of:ty, $codes:expr) => {
        $(#[$docs])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub $of);

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                ObjectBuilder::new().schema_type(Type::String).enum_values(Some($codes)).into()
            }
        }

        impl ToSchema for $name {}
    };
}

coded!(
    /// Whom a price is for.
    Group, PriceGroup, PriceGroup::ALL.map(PriceGroup::code)
);
coded!(
    /// What the premises are used for: it can decide the VAT.
    UseOf, Use, Use::ALL.map(Use::code)
);
coded!(
    /// The language to write to a person in.
    Tongue, Language, Language::ALL.map(Language::code)
);
coded!(
    /// Where a booking is in its life.
    Status, BookingState,
    BookingState::ALL.map(BookingState::code)
);

coded!(
    /// What parts are kept for: a `closure` is told with its reason, a `block` is only taken.
    KindOf, ClosureKind, ClosureKind::ALL.map(ClosureKind::code)
);

/// A municipality that somebody lives in, by its code; it needn't be one of ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = String, pattern = "^[a-z0-9-]{1,40}$", example = "tornio")]
pub struct Home(pub money::Home);

impl Default for Group {
    fn default() -> Self {
        Self(PriceGroup::Adult)
    }
}

impl Default for UseOf {
    fn default() -> Self {
        Self(Use::Sport)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_hyphens() {
        let id = "0199f3c2-7a51-7cc0-8d0e-1f2a3b4c5d6e";
        assert!(Id::read(id).is_some());
        assert!(Id::read(&id.replace('-', "")).is_none());
        assert!(Id::read(&format!("urn:uuid:{id}")).is_none());
        assert!(Id::read("").is_none());
    }

    #[test]
    fn words_are_those_of_the_domain() {
        let read = |text: &str| serde_json::from_str::<UseOf>(text).ok();
        assert_eq!(read("\"teaching\""), Some(UseOf(Use::Teaching)));
        assert_eq!(read("\"Teaching\""), None);
    }
}
