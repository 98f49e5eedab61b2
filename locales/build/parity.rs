//! Both languages say everything, in files of the same names. fluent-typed only warns.

use std::collections::BTreeSet;

use crate::{Faults, keys::Key, none_or};

/// Every key of one language stands in the other.
pub fn check(swedish: &BTreeSet<Key>, finnish: &BTreeSet<Key>) -> Result<(), Faults> {
    let lacks = |language: &str, key: &Key, other: &str| {
        let Key { file, name } = key;
        format!("locales/{language}/{file} lacks `{name}`, which stands in locales/{other}/{file}")
    };
    let in_finnish = swedish.difference(finnish).map(|key| lacks("fi", key, "sv"));
    let in_swedish = finnish.difference(swedish).map(|key| lacks("sv", key, "fi"));
    none_or(in_finnish.chain(in_swedish).collect())
}

/// Every key became a function: fluent-typed leaves out those whose arguments differ.
pub fn check_generated(keys: &BTreeSet<Key>, rust: &str) -> Result<(), Faults> {
    let made = |key: &&Key| {
        let function = key.function();
        ["(", "<"].iter().any(|end| rust.contains(&format!("pub fn {function}{end}")))
    };
    let missing = keys.iter().filter(|key| !made(key));
    none_or(missing.map(|key| format!("{key}: the two languages' arguments differ")).collect())
}
