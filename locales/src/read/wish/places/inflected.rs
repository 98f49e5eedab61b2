//! Names with the endings of both languages.

/// The Finnish cases that places stand in, the genitives, and the Swedish way to name a side.
const ENDINGS: [&str; 20] = [
    "", "n", "a", "ä", "ta", "tä", "ssa", "ssä", "sta", "stä", "lla", "llä", "lta", "ltä", "lle", "ksi",
    "na", "nä", "s", "sidan",
];

/// How consonants weaken before an ending, the longest first; those that stay end the search.
const GRADES: [(&str, &str); 14] = [
    ("nt", "nn"),
    ("nk", "ng"),
    ("mp", "mm"),
    ("lt", "ll"),
    ("rt", "rr"),
    ("kk", "k"),
    ("pp", "p"),
    ("tt", "t"),
    ("sk", "sk"),
    ("st", "st"),
    ("tk", "tk"),
    ("k", ""),
    ("t", "d"),
    ("p", "v"),
];

/// Whether a word is the name or a form of it, both in small letters: `tornioon`, `haaparannalla`,
/// `haparandas`.
pub(super) fn is_form(word: &str, name: &str) -> bool {
    let other = name.strip_suffix('i').map(|start| format!("{start}e")); // -niemi, -niemellä
    let strong = [Some(name.to_owned()), other];
    let weak = strong.clone().map(|stem| weakened(&stem?));
    strong.into_iter().chain(weak).flatten().any(|stem| ends_well(word, &stem))
}

fn ends_well(word: &str, stem: &str) -> bool {
    let vowel = stem.chars().last();
    let lengthened = |ending: &str| ending.strip_suffix('n').is_some_and(|start| start.chars().eq(vowel));
    word.strip_prefix(stem).is_some_and(|ending| ENDINGS.contains(&ending) || lengthened(ending))
}

/// `haaparanta`: `haaparanna`.
fn weakened(stem: &str) -> Option<String> {
    let vowel = stem.chars().last()?;
    let body = stem.strip_suffix(vowel)?;
    GRADES.iter().find_map(|(strong, weak)| Some(format!("{}{weak}{vowel}", body.strip_suffix(strong)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_many_forms() {
        let check = |name: &str, forms: &[&str]| {
            for form in forms {
                assert!(is_form(form, name), "{form}");
            }
        };
        check("tornio", &["tornio", "torniossa", "torniosta", "tornioon", "tornion", "torniota"]);
        check(
            "haaparanta",
            &["haaparannalla", "haaparannalta", "haaparannan", "haaparantaan", "haaparantaa"],
        );
        check("torneå", &["torneå", "torneås", "torneåsidan"]);
        check("haparanda", &["haparanda", "haparandas"]);
        check("ylitornio", &["ylitorniossa"]);
        check("rovaniemi", &["rovaniemellä", "rovaniemi"]);
        check("alajoki", &["alajoella"]);
        check("lahti", &["lahdessa", "lahteen"]);
    }

    #[test]
    fn other_words_are_no_forms() {
        for (word, name) in
            [("tornionlaakso", "tornio"), ("torni", "tornio"), ("övertorneå", "torneå"), ("", "tornio")]
        {
            assert!(!is_form(word, name), "{word}");
        }
    }
}
