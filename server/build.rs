//! Embeds the built site (browser part, styles, icons) into the program.

use std::{env, fmt::Write as _, fs, path::Path};

fn main() {
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let site = Path::new(&root).join("../target/site");
    println!("cargo:rerun-if-changed={}", site.display());
    let mut files: Vec<String> = fs::read_dir(&site)
        .map(|entries| {
            entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
        })
        .unwrap_or_default();
    files.sort();
    let mut code = String::from("pub static FILES: &[(&str, &[u8])] = &[\n");
    for file in files {
        let path = site.join(&file);
        println!("cargo:rerun-if-changed={}", path.display());
        writeln!(code, "    ({file:?}, include_bytes!({:?})),", path.display().to_string())
            .expect("to memory");
    }
    code.push_str("];\n");
    let out = env::var("OUT_DIR").expect("cargo sets it");
    fs::write(Path::new(&out).join("site.rs"), code).expect("the build folder can be written");
}
