//! A folder that is gone when the story is over.

use std::{
    fs,
    path::{Path, PathBuf},
};

use uuid::Uuid;

pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn make() -> Self {
        let path = std::env::temp_dir().join(format!("vayla-{:032x}", rand::random::<u128>()));
        fs::create_dir_all(&path).expect("a folder for the story");
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A database name that no other story has.
pub(crate) fn database_name() -> String {
    format!("vayla_{}", Uuid::from_u128(rand::random()).simple())
}
