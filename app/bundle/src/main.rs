//! Builds what the browser gets, into `target/site/`: the islands as wasm with their glue script, one
//! stylesheet, the static files, each with its compressed twins, and `site.json` that tells the server
//! their names. A name carries a hash of the content, so that a browser may keep a file for ever.

mod browser;
mod css;
mod site;

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    process::ExitCode,
};

use site::{Asset, Site};

/// What went wrong, as a line for the person at the terminal.
type Failure = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    match bundle(&workspace()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("bundle: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn bundle(workspace: &Path) -> Result<(), Failure> {
    let target =
        env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace.join("target"), |dir| workspace.join(dir));
    let compiled = browser::compile(workspace, &target)?;
    let style = css::minify(
        &css::concatenate(&workspace.join("app/style")).map_err(|error| format!("app/style: {error}"))?,
    );
    let files = static_files(&workspace.join("app/static"))?;
    let optimiser = browser::optimiser(workspace);

    // The folder stays under the workspace whatever the target directory: the server looks for it there.
    let site = Site::at(workspace.join("target/site"));
    let inputs = inputs_hash(&compiled, &style, &files, optimiser.as_deref());
    if site.is_made_from(&inputs) {
        eprintln!("bundle: nothing has changed");
        return Ok(());
    }

    let (script, wasm) = browser::bind(compiled)?;
    let wasm = match &optimiser {
        Some(tool) => browser::optimise(tool, &wasm, &target.join("bundle"))?,
        None => {
            eprintln!("bundle: no wasm-opt (npm package binaryen): the wasm stays larger than it could be");
            wasm
        }
    };
    let name = format!("vayla-{}", site::hash(&[script.as_bytes(), &wasm]));
    let style_name = format!("vayla-{}.css", site::hash(&[style.as_bytes()]));
    let mut assets = vec![
        Asset::new(format!("{name}.js"), script.into_bytes()),
        Asset::new(format!("{name}_bg.wasm"), wasm),
        Asset::new(style_name.clone(), style.into_bytes()),
    ];
    assets.extend(files);
    site.write(&assets, &name, &style_name, &inputs)?;
    Ok(())
}

fn workspace() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.ancestors().nth(2).expect("this crate lies two folders below the workspace").to_path_buf()
}

/// The files of a flat folder, in name order; none where the folder doesn't exist.
fn static_files(folder: &Path) -> io::Result<Vec<Asset>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            files.push(Asset::new(entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path())?));
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
}

/// Over all that shapes the result, this crate's own sources included.
fn inputs_hash(compiled: &[u8], style: &str, files: &[Asset], optimiser: Option<&Path>) -> String {
    let own = [
        include_str!("main.rs"),
        include_str!("browser.rs"),
        include_str!("css.rs"),
        include_str!("site.rs"),
    ];
    let optimised: &[u8] = if optimiser.is_some() { b"optimised" } else { b"plain" };
    let mut parts = vec![compiled, style.as_bytes(), optimised];
    parts.extend(own.iter().map(|source| source.as_bytes()));
    parts.extend(files.iter().flat_map(|file| [file.name.as_bytes(), &file.content]));
    site::hash(&parts)
}
