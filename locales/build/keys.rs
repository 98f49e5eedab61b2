//! The keys of a language's messages.

use std::{collections::BTreeSet, fmt, fs, path::Path};

use fluent_syntax::{
    ast::{Entry, Message},
    parser,
};

use crate::{Faults, fault};

/// A message, or an attribute of one: `title.hint`. Both have a function.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The file's name, the same in each language.
    pub file: String,
    pub name: String,
}

impl Key {
    /// The name of the typed function.
    pub fn function(&self) -> String {
        self.name.replace(['-', '.'], "_")
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` ({})", self.name, self.file)
    }
}

/// All keys of the `.ftl` files in a language's folder.
pub fn read(language: &str) -> Result<BTreeSet<Key>, Faults> {
    let mut keys = BTreeSet::new();
    for entry in fs::read_dir(language).map_err(fault)? {
        let path = entry.map_err(fault)?.path();
        if path.extension().is_some_and(|extension| extension == "ftl") {
            keys.extend(read_file(&path)?);
        }
    }
    Ok(keys)
}

fn read_file(path: &Path) -> Result<Vec<Key>, Faults> {
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    let text = fs::read_to_string(path).map_err(fault)?;
    let resource = parser::parse(text.as_str()).map_err(|_| fault(format!("{file} is not Fluent")))?;
    let messages = resource.body.into_iter().filter_map(|entry| match entry {
        Entry::Message(message) => Some(message),
        _ => None,
    });
    let names = messages.flat_map(|message| names(&message));
    Ok(names.map(|name| Key { file: file.to_string(), name }).collect())
}

fn names(message: &Message<&str>) -> Vec<String> {
    let own = message.value.iter().map(|_| message.id.name.to_owned());
    let attributes = message.attributes.iter();
    own.chain(attributes.map(|attribute| format!("{}.{}", message.id.name, attribute.id.name))).collect()
}
