//! Numbers, in digits and in words.

use super::{
    dictionary::{self, Table},
    tokens::Token,
};
use crate::read::digits;

/// Digits of a number before its comma.
const DIGITS_MAX: usize = 5;

/// In hundredths.
const SPOKEN: &Table<i64> = &[
    (50, "halv halvt en_halv ett_halvt puoli puolen puolta puoleksi"),
    (1_00, "en ett yksi yhden yhtä yhdeksi"),
    (1_50, "puolitoista puolentoista puoleksitoista"),
    (2_00, "två kaksi kahden kahta kahdeksi"),
    (3_00, "tre kolme kolmen kolmea kolmeksi"),
    (4_00, "fyra neljä neljän neljää neljäksi"),
    (5_00, "fem viisi viiden viittä"),
    (6_00, "sex kuusi kuuden kuutta"),
    (7_00, "sju seitsemän seitsemää"),
    (8_00, "åtta kahdeksan kahdeksaa"),
    (9_00, "nio yhdeksän yhdeksää"),
    (10_00, "tio kymmenen kymmentä"),
    (11_00, "elva yksitoista yhdentoista"),
    (12_00, "tolv kaksitoista kahdentoista"),
    (13_00, "tretton kolmetoista kolmentoista"),
    (14_00, "fjorton neljätoista neljäntoista"),
    (15_00, "femton viisitoista viidentoista"),
    (16_00, "sexton kuusitoista kuudentoista"),
    (17_00, "sjutton seitsemäntoista"),
    (18_00, "arton kahdeksantoista"),
    (19_00, "nitton yhdeksäntoista"),
    (20_00, "tjugo kaksikymmentä kahdenkymmenen"),
    (25_00, "tjugofem kaksikymmentäviisi"),
    (30_00, "trettio kolmekymmentä kolmenkymmenen"),
    (40_00, "fyrtio neljäkymmentä"),
    (45_00, "fyrtiofem neljäkymmentäviisi neljänkymmenenviiden"),
    (50_00, "femtio viisikymmentä"),
    (60_00, "sextio kuusikymmentä"),
    (75_00, "sjuttiofem seitsemänkymmentäviisi"),
    (90_00, "nittio yhdeksänkymmentä yhdeksänkymmenen"),
    (100_00, "hundra sata sadan"),
];

const AND_A_HALF: &str = "och_en_halv och_ett_halvt och_halv ja_puoli";

/// What stands between the ends of a range.
pub(super) const TO: &str = "- till";

/// Parts that are written with a slash, in hundredths; the thirds are rounded down.
const FRACTIONS: [(&str, i64); 5] = [("1/2", 50), ("1/3", 33), ("2/3", 66), ("1/4", 25), ("3/4", 75)];

/// `1/2`, `½`: the hundredths.
pub(super) fn fraction(word: &str) -> Option<i64> {
    let written = FRACTIONS.iter().find(|(text, _)| *text == word).map(|(_, hundredths)| *hundredths);
    written.or((word == "½").then_some(50))
}

/// `2027`.
pub(super) fn year(word: &str) -> Option<i32> {
    digits(word, 4).filter(|_| word.len() == 4)?.try_into().ok()
}

/// A number in hundredths, and how many tokens it takes: `1,5`, `1½`, `två och en halv`, `1 500`.
pub(super) fn number(tokens: &[Token<'_>]) -> Option<(usize, i64)> {
    let (taken, number) = written(tokens).or_else(|| dictionary::look_up(SPOKEN, tokens))?;
    match dictionary::find(AND_A_HALF, &tokens[taken..]) {
        Some(more) if number % 100 == 0 => Some((taken + more, number + 50)),
        _ => Some((taken, number)),
    }
}

/// A number without a fraction.
pub(super) fn whole(tokens: &[Token<'_>]) -> Option<(usize, i64)> {
    number(tokens).filter(|(_, number)| number % 100 == 0).map(|(taken, number)| (taken, number / 100))
}

/// A number or a range of them: its ends in hundredths.
pub(super) fn range(tokens: &[Token<'_>]) -> Option<(usize, (i64, i64))> {
    let (taken, low) = number(tokens)?;
    let end = dictionary::find(TO, &tokens[taken..]).and_then(|to| {
        let (more, high) = number(&tokens[taken + to..])?;
        Some((taken + to + more, (low, high)))
    });
    Some(end.unwrap_or((taken, (low, low))))
}

fn written(tokens: &[Token<'_>]) -> Option<(usize, i64)> {
    let [first, rest @ ..] = tokens else { return None };
    let thousands = rest.first().filter(|next| is_group(next) && follows(next, first));
    let leads = digits(&first.word, 3).is_some() && !first.dot;
    if let Some(next) = thousands.filter(|_| leads) {
        return Some((2, hundredths(&format!("{}{}", first.word, next.word))?));
    }
    fraction(&first.word).or_else(|| hundredths(&first.word)).map(|number| (1, number))
}

fn is_group(token: &Token<'_>) -> bool {
    token.word.len() == 3 && digits(&token.word, 3).is_some()
}

/// Whether only a space stands between two tokens; one that doesn't break takes two bytes.
fn follows(next: &Token<'_>, token: &Token<'_>) -> bool {
    !next.pause && (1..=2).contains(&(next.start - token.end()))
}

fn hundredths(word: &str) -> Option<i64> {
    let (word, half) = word.strip_suffix('½').map_or((word, 0), |rest| (rest, 50));
    let (whole, decimals) = word.split_once([',', '.']).unwrap_or((word, ""));
    let decimals = match decimals.len() {
        0 => half,
        1 if half == 0 => digits(decimals, 1)? * 10,
        2 if half == 0 => digits(decimals, 2)?,
        _ => return None,
    };
    Some(i64::from(digits(whole, DIGITS_MAX)? * 100 + decimals))
}
