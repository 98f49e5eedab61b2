//! What is looked for, and where.

use super::{Contradiction, Scale, agreed};
use crate::read::wish::{NamedPlace, readings::Meaning};

impl Scale {
    pub(super) fn kind(&mut self) -> Option<&'static str> {
        self.agreed_kind().unwrap_or_else(|Contradiction| {
            self.refuse(|meaning| matches!(meaning, Meaning::Kind(_)));
            None
        })
    }

    /// In "ice, the whole hall" the hall is what the share is of, and counts where nothing else does.
    fn agreed_kind(&self) -> Result<Option<&'static str>, Contradiction> {
        let (mut named, mut shared, mut after_share) = (Vec::new(), Vec::new(), false);
        for meaning in self.meanings().filter(|meaning| *meaning != Meaning::Nothing) {
            match meaning {
                Meaning::Kind(kind) if kind.generic && after_share => shared.push(kind.code),
                Meaning::Kind(kind) => named.push(kind.code),
                _ => {}
            }
            after_share = matches!(meaning, Meaning::Percent(_));
        }
        match agreed(named.into_iter())? {
            Some(kind) => Ok(Some(kind)),
            None => agreed(shared.into_iter()),
        }
    }

    /// The one that is named. Who names all of them doesn't mind.
    pub(super) fn municipality(&mut self, places: &[NamedPlace<'_>]) -> Option<String> {
        let code =
            |meaning| if let Meaning::Place(index) = meaning { Some(places[index].code) } else { None };
        let mut codes: Vec<&str> = self.meanings().filter_map(code).collect();
        codes.sort_unstable();
        codes.dedup();
        let any = self.meanings().any(|meaning| meaning == Meaning::AnyPlace);
        let all = places.iter().all(|place| codes.contains(&place.code));
        match codes[..] {
            [code] if !any => return Some(code.to_owned()),
            [] => {}
            [_, _, ..] if all => {}
            _ => self.refuse(|meaning| matches!(meaning, Meaning::Place(_) | Meaning::AnyPlace)),
        }
        None
    }
}
