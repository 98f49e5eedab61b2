//! Which provider takes money in for which town.

use std::{collections::HashMap, fmt, sync::Arc};

use super::{Provider, Sandbox};

/// One a town; the built-in terminal where none is set.
#[derive(Clone)]
pub struct Providers {
    by_town: Arc<HashMap<String, Arc<dyn Provider>>>,
    default: Arc<dyn Provider>,
}

impl Default for Providers {
    fn default() -> Self {
        Self::new(HashMap::new())
    }
}

impl fmt::Debug for Providers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.by_town.iter().map(|(town, provider)| (town, provider.name()))).finish()
    }
}

impl Providers {
    #[must_use]
    pub fn new(by_town: HashMap<String, Arc<dyn Provider>>) -> Self {
        Self { by_town: Arc::new(by_town), default: Arc::new(Sandbox) }
    }

    /// The one that takes money in for a town.
    #[must_use]
    pub fn of(&self, town: &str) -> &dyn Provider {
        self.by_town.get(town).unwrap_or(&self.default).as_ref()
    }

    /// The town's, as long as it is still the one of this name.
    pub(in crate::payment) fn named(&self, town: &str, name: &str) -> Option<&dyn Provider> {
        Some(self.of(town)).filter(|provider| provider.name() == name)
    }

    /// All of this name, with the towns that they take money in for.
    pub(in crate::payment) fn all_named<'a>(
        &'a self,
        name: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a dyn Provider)> {
        let named = move |(_, provider): &(_, &'a dyn Provider)| provider.name() == name;
        self.by_town.iter().map(|(town, provider)| (town.as_str(), provider.as_ref())).filter(named)
    }
}
