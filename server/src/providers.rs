//! Which provider takes money in for which town, from the environment.
//!
//! A town is a row in the database, so that the names of its settings carry its code: `VAYLA_PROVIDER_TORNIO`.
//! A setting too few or too many, or one of a town that there isn't, stops the start. So does a town that is
//! forgotten once another takes real money: whoever chooses its currency would pay at the built-in terminal.

use std::{collections::HashMap, fs, sync::Arc};

use vayla_services::{
    Clock,
    catalogue::{Catalogue, Municipality},
    payment::{
        SANDBOX,
        provider::{Key, Paytrail, PaytrailAccount, Provider, Providers, Swish, SwishAccount},
    },
};

const PROVIDER: &str = "VAYLA_PROVIDER_";
/// A part of an account, and whether the provider can't do without it.
type Part = (&'static str, bool);
/// What each provider wants to know.
const PARTS: [(&str, &str, &[Part]); 2] = [
    (
        "paytrail",
        "VAYLA_PAYTRAIL_",
        &[("MERCHANT", true), ("SECRET_FILE", true), ("URL", false), ("CA_FILE", false)],
    ),
    (
        "swish",
        "VAYLA_SWISH_",
        &[("PAYEE", true), ("CERT_FILE", true), ("KEY_FILE", true), ("CA_FILE", false), ("URL", false)],
    ),
];

/// Whether a setting has the form of one of these; its town is looked up later.
#[must_use]
pub fn is_setting(name: &str) -> bool {
    let of_a_town = |town: &str| !town.is_empty();
    name.strip_prefix(PROVIDER).is_some_and(of_a_town)
        || PARTS.iter().any(|(_, prefix, parts)| {
            name.strip_prefix(prefix).is_some_and(|rest| {
                parts.iter().any(|(part, _)| {
                    rest.strip_suffix(part).and_then(|town| town.strip_suffix('_')).is_some_and(of_a_town)
                })
            })
        })
}

/// Sets up each town's provider.
///
/// # Errors
/// One line: which setting is wrong, and what about it.
pub fn providers(
    settings: &HashMap<String, String>,
    catalogue: &Catalogue,
    base_url: &str,
    clock: &Clock,
) -> Result<Providers, String> {
    let mut left: HashMap<&str, &str> = settings
        .iter()
        .filter(|(name, _)| is_setting(name))
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let (mut by_town, mut forgotten) = (HashMap::new(), Vec::new());
    for town in &catalogue.municipalities {
        let name = format!("{PROVIDER}{}", suffix(town));
        let Some(chosen) = left.remove(name.as_str()) else {
            forgotten.push(name);
            continue;
        };
        if chosen == SANDBOX {
            continue;
        }
        let (_, prefix, parts) = PARTS
            .iter()
            .find(|(provider, ..)| *provider == chosen)
            .ok_or_else(|| format!("{name}: {chosen} is none of sandbox, paytrail, swish"))?;
        let account = Account::take(&mut left, &format!("{prefix}{}_", suffix(town)), parts)
            .map_err(|missing| format!("{missing} is missing: {name} is {chosen}"))?;
        let provider = account.provider(chosen, base_url, clock)?;
        if provider.currency().is_some_and(|currency| currency != town.currency) {
            return Err(format!(
                "{name}: {chosen} doesn't take {}, the money of {}",
                town.currency, town.code
            ));
        }
        by_town.insert(town.code.clone(), provider);
    }
    if let (Some(name), false) = (forgotten.first(), by_town.is_empty()) {
        return Err(format!(
            "{name} isn't set, and another town takes real money: say sandbox if this one is to take none"
        ));
    }
    match left.keys().min() {
        Some(name) => Err(format!("{name} is set for no town, or for another provider than the town's")),
        None => Ok(Providers::new(by_town)),
    }
}

/// How a town is named in settings.
fn suffix(town: &Municipality) -> String {
    town.code.to_uppercase().replace('-', "_")
}

/// What is set for one town's account, by part.
struct Account<'a> {
    prefix: String,
    parts: HashMap<&'static str, &'a str>,
}

impl<'a> Account<'a> {
    /// Takes what is its own out of what is left; the name of one that is missing otherwise.
    fn take(left: &mut HashMap<&str, &'a str>, prefix: &str, parts: &[Part]) -> Result<Self, String> {
        let mut taken = HashMap::new();
        for (part, needed) in parts {
            let name = format!("{prefix}{part}");
            match left.remove(name.as_str()).filter(|value| !value.is_empty()) {
                Some(value) => drop(taken.insert(*part, value)),
                None if *needed => return Err(name),
                None => {}
            }
        }
        Ok(Self { prefix: prefix.to_owned(), parts: taken })
    }

    fn provider(&self, chosen: &str, base_url: &str, clock: &Clock) -> Result<Arc<dyn Provider>, String> {
        let roots = self.file("CA_FILE").transpose()?;
        let (url, wrong) = (self.url()?, |why| format!("{}…: {why}", self.prefix));
        if chosen == "paytrail" {
            let secret = self.file("SECRET_FILE").unwrap_or_else(|| Ok(Vec::new()))?;
            let secret = Key::from_file(&secret).ok_or_else(|| self.says("SECRET_FILE", "an empty file"))?;
            let account = PaytrailAccount { merchant: self.digits("MERCHANT")?, secret, url, roots };
            return Ok(Arc::new(Paytrail::new(account, base_url, clock.clone()).map_err(wrong)?));
        }
        let mut identity = self.file("CERT_FILE").unwrap_or_else(|| Ok(Vec::new()))?;
        identity.push(b'\n');
        identity.extend(self.file("KEY_FILE").unwrap_or_else(|| Ok(Vec::new()))?);
        let identity = Key::from_file(&identity).ok_or_else(|| self.says("CERT_FILE", "an empty file"))?;
        let account = SwishAccount { payee: self.digits("PAYEE")?, identity, roots, url };
        Ok(Arc::new(Swish::new(account, base_url).map_err(wrong)?))
    }

    fn says(&self, part: &str, what: &str) -> String {
        format!("{}{part}: {what}", self.prefix)
    }

    fn digits(&self, part: &str) -> Result<String, String> {
        let value = self.parts.get(part).copied().unwrap_or_default();
        let digits = value.len() <= 20 && value.bytes().all(|byte| byte.is_ascii_digit());
        if digits { Ok(value.to_owned()) } else { Err(self.says(part, "digits only")) }
    }

    fn file(&self, part: &str) -> Option<Result<Vec<u8>, String>> {
        let file = self.parts.get(part)?;
        Some(fs::read(file).map_err(|error| self.says(part, &format!("{file}: {error}"))))
    }

    /// Over TLS, but to this very machine.
    fn url(&self) -> Result<Option<String>, String> {
        let Some(url) = self.parts.get("URL") else { return Ok(None) };
        let host = |rest: &str| rest.split(['/', ':']).next().map(str::to_owned);
        let here = url.strip_prefix("http://").and_then(host);
        let here = here.is_some_and(|host| ["localhost", "127.0.0.1"].contains(&host.as_str()));
        let there =
            url.strip_prefix("https://").is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'));
        if !here && !there {
            return Err(self.says("URL", "it must begin with https:// and a host"));
        }
        Ok(Some(url.trim_end_matches('/').to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_part_is_noticed() {
        for (name, expected) in [
            ("VAYLA_PROVIDER_TORNIO", true),
            ("VAYLA_PROVIDER_", false),
            ("VAYLA_PAYTRAIL_TORNIO_MERCHANT", true),
            ("VAYLA_PAYTRAIL_MERCHANT", false),
            ("VAYLA_PAYTRAIL_TORNIO_SECRET", false),
            ("VAYLA_SWISH_HAPARANDA_CA_FILE", true),
            ("VAYLA_SWISH_HAPARANDA_MERCHANT", false),
        ] {
            assert_eq!(is_setting(name), expected, "{name}");
        }
    }
}
