//! Parts of the day.

use crate::read::wish::{
    dictionary::{self, Table},
    tokens::Token,
};

/// Minutes after midnight.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::read::wish) struct PartOfDay {
    /// What is meant where no time is named.
    pub from: u32,
    pub to: u32,
    /// The first and last time that people name with it: `kl 22.30 på kvällen`.
    pub first: u32,
    pub last: u32,
}

const MORNING: PartOfDay = PartOfDay::hours(6, 9, 4, 11);
const FORENOON: PartOfDay = PartOfDay::hours(9, 12, 8, 13);
const LUNCH: PartOfDay = PartOfDay::hours(11, 13, 10, 15);
const AFTERNOON: PartOfDay = PartOfDay::hours(12, 17, 12, 19);
const EVENING: PartOfDay = PartOfDay::hours(17, 22, 15, 24);

const PARTS: &Table<&PartOfDay> = &[
    (&MORNING, "morgon morgonen morgnar morgnarna bitti aamu aamulla aamuna aamuisin aamuksi"),
    (&FORENOON, "förmiddag förmiddagen förmiddagar förmiddagarna fm"),
    (&FORENOON, "aamupäivä aamupäivällä aamupäivänä aamupäivisin aamupäiväksi ap"),
    (&LUNCH, "lunch lunchen lunchtid lounas lounaalla lounasaika lounasaikaan"),
    (&AFTERNOON, "eftermiddag eftermiddagen eftermiddagar eftermiddagarna em"),
    (&AFTERNOON, "iltapäivä iltapäivällä iltapäivänä iltapäivisin iltapäiväksi ip"),
    (&EVENING, "kväll kvällen kvällar kvällarna kvällstid ilta illalla iltana iltaisin illaksi"),
];

impl PartOfDay {
    const fn hours(from: u32, to: u32, first: u32, last: u32) -> Self {
        Self { from: from * 60, to: to * 60, first: first * 60, last: last * 60 }
    }
}

/// The part of the day that the tokens begin with.
pub(in crate::read::wish) fn part(tokens: &[Token<'_>]) -> Option<(usize, &'static PartOfDay)> {
    dictionary::look_up(PARTS, tokens)
}

/// Whether a word is the name of one.
pub(in crate::read::wish) fn is_part(word: &str) -> bool {
    PARTS.iter().any(|(_, entries)| dictionary::lists(entries, word))
}
