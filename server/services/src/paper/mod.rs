//! Papers: receipts and invoices as one reads them, in one language, ready to be set as a page or as PDF.

mod code;
mod pdf;

pub use code::{Code, Modules};
pub use pdf::{PaperError, pdf};

use vayla_domain::Language;

/// What stands on the paper, in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    pub language: Language,
    pub title: String,
    /// Who issues it: the name first, then how to reach them.
    pub issuer: Vec<String>,
    pub facts: Vec<Fact>,
    /// What one has to know before anything else.
    pub warning: Option<String>,
    /// What one looks for first; at most three.
    pub highlights: Vec<Fact>,
    pub table: Table,
    /// How it is paid, where it is to be.
    pub slip: Option<Slip>,
    pub notes: Vec<Note>,
}

/// What one types into one's bank, and the same for its camera.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    pub title: String,
    pub facts: Vec<Fact>,
    pub codes: Vec<Code>,
}

/// A name and what it is: `Kvittonummer`, `TORNIO-1`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    pub name: String,
    pub value: String,
}

impl Fact {
    #[must_use]
    pub fn new(name: String, value: impl Into<String>) -> Self {
        Self { name, value: value.into() }
    }
}

/// Rows of figures under a text, and their sums.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub caption: String,
    /// Of the text, then of each figure.
    pub columns: Vec<String>,
    pub rows: Vec<Row>,
    /// The last is what the others come to.
    pub sums: Vec<Fact>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub what: String,
    /// When and where, in smaller letters.
    pub detail: String,
    pub figures: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    pub text: String,
    pub strong: bool,
}

impl Note {
    #[must_use]
    pub fn plain(text: String) -> Self {
        Self { text, strong: false }
    }

    #[must_use]
    pub fn strong(text: String) -> Self {
        Self { text, strong: true }
    }
}
