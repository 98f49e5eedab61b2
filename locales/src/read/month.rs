//! The names of the months.

/// From January.
const SWEDISH: [&str; 12] = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
];

/// From January, without the `kuu` that ends them all.
const FINNISH: [&str; 12] =
    ["tammi", "helmi", "maalis", "huhti", "touko", "kesä", "heinä", "elo", "syys", "loka", "marras", "joulu"];

/// Letters that tell a Swedish month from the others: `jun`, `jul`.
const SHORT_MIN: usize = 3;

/// The month of a date, 1 to 12: `november`, `nov.`, `marraskuuta`.
pub(super) fn of_a_date(word: &str) -> Option<u32> {
    let word = word.trim_end_matches('.').to_lowercase();
    let short = |name: &str| word.len() >= SHORT_MIN && name.starts_with(&word);
    number(&SWEDISH, short).or_else(|| finnish(&word, &["kuu", "kuuta"]))
}

/// A month that stands by itself, 1 to 12: `november`, `marraskuussa`. Short forms are left out:
/// `jul` is Christmas.
pub(super) fn by_itself(word: &str) -> Option<u32> {
    let word = word.to_lowercase();
    number(&SWEDISH, |name| name == word).or_else(|| finnish(&word, &["kuu", "kuussa", "kuun"]))
}

/// A Finnish month that the next completes: `joulu–tammikuussa`.
pub(super) fn beginning(word: &str) -> Option<u32> {
    finnish(word, &[""])
}

fn finnish(word: &str, endings: &[&str]) -> Option<u32> {
    let stem = endings.iter().find_map(|ending| word.strip_suffix(ending))?;
    number(&FINNISH, |name| name == stem)
}

fn number(names: &[&str; 12], is: impl Fn(&str) -> bool) -> Option<u32> {
    (1..).zip(names).find(|(_, name)| is(name)).map(|(number, _)| number)
}
