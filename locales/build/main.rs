//! Turns the messages in `sv/*.ftl` and `fi/*.ftl` into typed functions, and stops at any that
//! is missing in one language, or that nobody uses.
#![expect(clippy::print_stdout, reason = "Cargo reads a build script's instructions from there")]

mod keys;
mod parity;
mod staging;
mod unused;

use std::{env, fmt::Display, fs, path::PathBuf};

use fluent_typed::{BuildOptions, FtlOutputOptions, LintLevel};

/// The languages; the first decides the types of a message's arguments.
const LANGUAGES: [&str; 2] = ["sv", "fi"];

/// What is wrong, a line each, for the person at the terminal.
type Faults = Vec<String>;

fn main() {
    for folder in LANGUAGES {
        println!("cargo::rerun-if-changed={folder}");
    }
    if let Err(faults) = build() {
        for line in faults.iter().flat_map(|fault| fault.lines()) {
            println!("cargo::error={line}");
        }
    }
}

fn build() -> Result<(), Faults> {
    let out = PathBuf::from(env::var("OUT_DIR").map_err(fault)?);
    let staged = staging::copy(&LANGUAGES, &out.join("words")).map_err(fault)?;
    let rust_file = out.join("words.rs").display().to_string();
    let options = BuildOptions::default()
        .with_locales_folder(&staged)
        .with_default_language(LANGUAGES[0])
        .with_output_file_path(&rust_file)
        .with_ftl_output(FtlOutputOptions::single_file(&out.join("words.ftl").display().to_string()))
        .with_prefix("")
        .with_lint_level(LintLevel::Strict)
        .without_bidi_isolation()
        .without_format();
    fluent_typed::try_build_from_locales_folder(options)
        .map_err(|error| fault(error.to_string().replace(&staged, "locales")))?;

    let swedish = keys::read(LANGUAGES[0])?;
    let finnish = keys::read(LANGUAGES[1])?;
    parity::check(&swedish, &finnish)?;
    parity::check_generated(&swedish, &fs::read_to_string(rust_file).map_err(fault)?)?;
    unused::check(&swedish)
}

fn fault(error: impl Display) -> Faults {
    vec![error.to_string()]
}

/// Nothing when all is well.
fn none_or(faults: Faults) -> Result<(), Faults> {
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}
