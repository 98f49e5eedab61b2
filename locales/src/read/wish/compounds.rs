//! Words made of a day and a part of it: `lördagskväll`, `huomisiltana`.

use super::times;

/// The first halves; Swedish ones take an `s` along.
const SWEDISH: [&str; 9] =
    ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag", "vardag", "helg"];
const OTHERS: [&str; 14] = [
    "maanantai",
    "tiistai",
    "keskiviikko",
    "torstai",
    "perjantai",
    "lauantai",
    "sunnuntai",
    "arki",
    "viikonloppu",
    "imorgon",
    "imorron",
    "huomen",
    "huomis",
    "i",
];

/// Where the second half begins, in bytes, and the first as the dictionaries have it.
pub(super) fn split(typed: &str) -> Option<(usize, &'static str)> {
    let word = typed.to_lowercase();
    let half = |head: &'static str, joint: &str| {
        let part = word.strip_prefix(head)?.strip_prefix(joint)?;
        let length = head.len() + joint.len();
        // Letters such as İ take another number of bytes when they are small.
        let fits =
            times::is_part(part) && typed.get(length..).is_some_and(|rest| rest.to_lowercase() == part);
        fits.then_some((length, head))
    };
    let swedish = SWEDISH.iter().find_map(|head| half(head, "s").or_else(|| half(head, "")));
    swedish.or_else(|| OTHERS.iter().find_map(|head| half(head, "")))
}
