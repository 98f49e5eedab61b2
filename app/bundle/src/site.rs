//! The folder that the server takes in: files, their compressed twins, and the list of names.

use std::{
    collections::BTreeSet,
    fmt::Write as _,
    fs,
    io::{self, Write as _},
    path::PathBuf,
};

use flate2::{Compression, write::GzEncoder};
use sha2::{Digest, Sha256};

/// Text and wasm shrink; pictures and fonts are compressed already.
const SHRINKING: [&str; 9] = ["css", "html", "ico", "js", "json", "svg", "txt", "wasm", "webmanifest"];

pub struct Asset {
    pub name: String,
    pub content: Vec<u8>,
}

impl Asset {
    pub fn new(name: String, content: Vec<u8>) -> Self {
        Self { name, content }
    }

    fn shrinks(&self) -> bool {
        self.name.rsplit_once('.').is_some_and(|(_, extension)| SHRINKING.contains(&extension))
    }
}

pub struct Site {
    folder: PathBuf,
}

impl Site {
    pub fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Whether the folder holds the result of just these inputs. `site.json` is written last, so that its
    /// presence means that the rest is there.
    pub fn is_made_from(&self, inputs: &str) -> bool {
        fs::read_to_string(self.folder.join("site.json"))
            .is_ok_and(|list| list.contains(&format!(r#""inputs":"{inputs}""#)))
    }

    pub fn write(&self, assets: &[Asset], script: &str, style: &str, inputs: &str) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let list = self.folder.join("site.json");
        if list.exists() {
            fs::remove_file(&list)?;
        }
        let mut kept = BTreeSet::new();
        for asset in assets {
            self.write_asset(asset, &mut kept)?;
        }
        self.remove_all_but(&kept)?;
        fs::write(
            list,
            format!("{{\"script\":\"{script}\",\"style\":\"{style}\",\"inputs\":\"{inputs}\"}}\n"),
        )
    }

    fn write_asset(&self, asset: &Asset, kept: &mut BTreeSet<String>) -> io::Result<()> {
        let mut put = |name: String, content: &[u8]| {
            let written = fs::write(self.folder.join(&name), content);
            kept.insert(name);
            written
        };
        put(asset.name.clone(), &asset.content)?;
        let raw = kilobytes(asset.content.len());
        if asset.shrinks() {
            let small = brotli(&asset.content)?;
            eprintln!("bundle: {} {raw} → {}", asset.name, kilobytes(small.len()));
            put(format!("{}.br", asset.name), &small)?;
            put(format!("{}.gz", asset.name), &gzip(&asset.content)?)?;
        } else {
            eprintln!("bundle: {} {raw}", asset.name);
        }
        Ok(())
    }

    /// Takes away what an earlier build left.
    fn remove_all_but(&self, kept: &BTreeSet<String>) -> io::Result<()> {
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            let stale = !kept.contains(&*entry.file_name().to_string_lossy());
            if stale && entry.file_type()?.is_file() {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }
}

/// The first ten hexadecimal digits of SHA-256 over the parts, each led by its length.
pub fn hash(parts: &[&[u8]]) -> String {
    let mut state = Sha256::new();
    for part in parts {
        state.update(part.len().to_le_bytes());
        state.update(part);
    }
    state.finalize().iter().take(5).fold(String::new(), |mut digits, byte| {
        write!(digits, "{byte:02x}").expect("a string takes all that is written to it");
        digits
    })
}

fn brotli(content: &[u8]) -> io::Result<Vec<u8>> {
    let mut small = Vec::new();
    let settings = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &*content, &mut small, &settings)?;
    Ok(small)
}

fn gzip(content: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    encoder.finish()
}

/// A size for people: `62.5 kB`.
pub fn kilobytes(bytes: usize) -> String {
    format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100)
}
