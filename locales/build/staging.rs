//! A copy of the language folders by themselves: fluent-typed takes any folder that stands beside
//! a language, such as `src`, for another language.

use std::{fs, io, path::Path, time::SystemTime};

/// Copies `languages` to `target`, and answers `target` as text.
///
/// The copies are made old, or else Cargo, which is told by fluent-typed to watch them, would
/// build everything again at the next call.
pub fn copy(languages: &[&str], target: &Path) -> io::Result<String> {
    if target.exists() {
        fs::remove_dir_all(target)?;
    }
    for language in languages {
        let folder = target.join(language);
        fs::create_dir_all(&folder)?;
        for entry in fs::read_dir(language)? {
            let entry = entry?;
            let file = folder.join(entry.file_name());
            fs::copy(entry.path(), &file)?;
            make_old(&file)?;
        }
        make_old(&folder)?;
    }
    make_old(target)?;
    Ok(target.display().to_string())
}

fn make_old(path: &Path) -> io::Result<()> {
    fs::File::open(path)?.set_modified(SystemTime::UNIX_EPOCH)
}
