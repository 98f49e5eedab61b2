//! Text as calendar files have it.

/// No line is longer, in bytes (RFC 5545, 3.1).
const LINE_BYTES_MAX: usize = 75;

/// The value of a text (RFC 5545, 3.3.11). Control characters other than line ends are dropped:
/// none may stand in a file.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => escaped.extend(['\\', letter]),
            '\n' => escaped.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// Ends a line, cut where it grows too long, never inside a letter.
pub(super) fn fold(line: &str) -> String {
    let (mut folded, mut length) = (String::with_capacity(line.len() + 8), 0);
    for letter in line.chars() {
        if length + letter.len_utf8() > LINE_BYTES_MAX {
            folded.push_str("\r\n ");
            length = 1;
        }
        folded.push(letter);
        length += letter.len_utf8();
    }
    folded.push_str("\r\n");
    folded
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_would_end_a_value_is_escaped() {
        assert_eq!(escape("a;b,c\\d\r\ne\nf\tg"), "a\\;b\\,c\\\\d\\ne\\nfg");
    }

    proptest! {
        #[test]
        fn no_text_leaves_its_line(text: String) {
            let file = fold(&format!("SUMMARY:{}", escape(&text)));
            let line = file.strip_suffix("\r\n").expect("an end");
            prop_assert!(line.split("\r\n").all(|line| line.len() <= LINE_BYTES_MAX));
            let unfolded = line.replace("\r\n ", "");
            prop_assert!(!unfolded.contains(|letter: char| letter.is_control()));
            let kept: String = text.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
            prop_assert_eq!(unescaped(&unfolded["SUMMARY:".len()..]), kept);
        }
    }

    fn unescaped(value: &str) -> String {
        let (mut text, mut letters) = (String::new(), value.chars());
        while let Some(letter) = letters.next() {
            match letter {
                '\\' => match letters.next().expect("an escaped letter") {
                    'n' => text.push('\n'),
                    escaped => text.push(escaped),
                },
                letter => text.push(letter),
            }
        }
        text
    }
}
