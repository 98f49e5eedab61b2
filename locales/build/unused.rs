//! A message that no Rust source calls is a mistake.

use std::{
    collections::{BTreeSet, HashSet},
    env, fs, io,
    path::Path,
};

use crate::{Faults, fault, keys::Key, none_or};

/// Set to `allow` while pages are being written.
const SWITCH: &str = "VAYLA_UNUSED_MESSAGES";

/// Where messages are called from.
const SOURCES: [&str; 4] = ["../app/src", "../server/src", "../server/services/src", "src"];

/// Every key's function is called somewhere.
pub fn check(keys: &BTreeSet<Key>) -> Result<(), Faults> {
    println!("cargo::rerun-if-env-changed={SWITCH}");
    if env::var(SWITCH).is_ok_and(|value| value == "allow") {
        return Ok(());
    }
    let mut called = HashSet::new();
    for folder in SOURCES {
        println!("cargo::rerun-if-changed={folder}");
        collect(Path::new(folder), &mut called).map_err(fault)?;
    }
    let unused = keys.iter().filter(|key| !called.contains(&key.function()));
    none_or(unused.map(|key| format!("{key} is used nowhere ({SWITCH}=allow skips this check)")).collect())
}

fn collect(folder: &Path, called: &mut HashSet<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, called)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            called.extend(calls(&fs::read_to_string(&path)?));
        }
    }
    Ok(())
}

/// What follows a `.` or `::` outside comments: `words.search_title()`, `Words::search_title`.
fn calls(source: &str) -> Vec<String> {
    let in_line = |line: &str| -> Vec<String> {
        line.split(['.', ':']).skip(1).map(|rest| leading_name(rest).to_owned()).collect()
    };
    source.lines().filter(|line| !line.trim_start().starts_with("//")).flat_map(in_line).collect()
}

fn leading_name(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_');
    &text[..end.unwrap_or(text.len())]
}
