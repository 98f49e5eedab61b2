//! The islands: Rust to wasm, the glue script between wasm and the page, the wasm made smaller.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use wasm_bindgen_cli_support::Bindgen;

use crate::{Failure, site::kilobytes};

/// What rustc's wasm may use; without these wasm-opt refuses it.
const WASM_FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-extended-const",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Compiles the app for the browser and gives the wasm as rustc made it.
pub fn compile(workspace: &Path, target: &Path) -> Result<Vec<u8>, Failure> {
    eprintln!("bundle: compiling the browser part");
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .current_dir(workspace)
        .args(["build", "-p", "vayla-app", "--lib", "--profile", "wasm"])
        .args(["--target", "wasm32-unknown-unknown", "--no-default-features", "--features", "hydrate"])
        .arg("--target-dir")
        .arg(target)
        .status()?;
    if !status.success() {
        return Err("the browser part doesn't compile".into());
    }
    let path = target.join("wasm32-unknown-unknown/wasm/vayla_app.wasm");
    fs::read(&path).map_err(|error| format!("{}: {error}", path.display()).into())
}

/// Makes the glue script and the wasm that fits it.
pub fn bind(compiled: Vec<u8>) -> Result<(String, Vec<u8>), Failure> {
    let raw = compiled.len();
    let mut output = Bindgen::new()
        .input_bytes("vayla", compiled)
        .web(true)?
        .typescript(false)
        .keep_debug(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        // The page says where the wasm is: the script needs no name of its own for it.
        .omit_default_module_path(true)
        .generate_output()?;
    let foreign =
        output.snippets().iter().find(|(_, scripts)| !scripts.is_empty()).map(|(crate_name, _)| crate_name);
    if let Some(name) = foreign.or(output.local_modules().keys().next()) {
        return Err(format!("{name} brings script files of its own, which the site doesn't serve").into());
    }
    let wasm = output.wasm_mut().emit_wasm();
    eprintln!("bundle: bound wasm {} → {}", kilobytes(raw), kilobytes(wasm.len()));
    Ok((output.js().to_owned(), wasm))
}

/// Where wasm-opt is: among the tests' npm packages, else on the path.
pub fn optimiser(workspace: &Path) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = env::split_paths(&path).map(|folder| folder.join("wasm-opt"));
    // The npm one is a script for node, so that it is no use without.
    let node = env::split_paths(&path).any(|folder| folder.join("node").is_file());
    let npm = workspace.join("tests/node_modules/.bin/wasm-opt");
    node.then_some(npm).into_iter().chain(folders).find(|tool| tool.is_file())
}

pub fn optimise(tool: &Path, wasm: &[u8], scratch: &Path) -> Result<Vec<u8>, Failure> {
    fs::create_dir_all(scratch)?;
    let (before, after) = (scratch.join("before.wasm"), scratch.join("after.wasm"));
    fs::write(&before, wasm)?;
    let status =
        Command::new(tool).arg("-Oz").args(WASM_FEATURES).arg(&before).arg("-o").arg(&after).status()?;
    if !status.success() {
        return Err("wasm-opt failed".into());
    }
    let optimised = fs::read(&after)?;
    eprintln!("bundle: wasm-opt {} → {}", kilobytes(wasm.len()), kilobytes(optimised.len()));
    Ok(optimised)
}
