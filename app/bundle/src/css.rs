//! One stylesheet out of a folder of them.

use std::{fs, io, path::Path};

/// The order that matters: names first, then what all share; components follow in name order.
const FIRST: [&str; 2] = ["tokens.css", "base.css"];

pub fn concatenate(folder: &Path) -> io::Result<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".css") {
            names.push(name);
        }
    }
    let rank = |name: &String| FIRST.iter().position(|first| first == name).unwrap_or(FIRST.len());
    names.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| a.cmp(b)));
    names.iter().map(|name| Ok(fs::read_to_string(folder.join(name))? + "\n")).collect()
}

/// Strips comments and the white space that means nothing, and leaves strings as they are. A space beside
/// `:`, `+`, `-`, `*`, `(` or `)` may mean something (`a :hover`, `calc(1px + 2px)`, `and (`) and stays.
pub fn minify(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    let mut spaced = false;
    while let Some(first) = rest.chars().next() {
        let length = token_length(rest, first);
        let (token, tail) = rest.split_at(length);
        rest = tail;
        if first.is_ascii_whitespace() || token.starts_with("/*") {
            spaced |= first.is_ascii_whitespace();
            continue;
        }
        if spaced && !out.is_empty() && !out.ends_with(closes_up) && !closes_up(first) {
            out.push(' ');
        }
        spaced = false;
        out.push_str(token);
    }
    out
}

fn closes_up(character: char) -> bool {
    matches!(character, '{' | '}' | ';' | ',' | '>')
}

/// Bytes of the next piece: a comment, a string, an escaped character, or one character.
fn token_length(rest: &str, first: char) -> usize {
    match first {
        '/' if rest.starts_with("/*") => rest[2..].find("*/").map_or(rest.len(), |end| end + 4),
        '"' | '\'' => string_length(rest, first),
        '\\' => rest.char_indices().nth(2).map_or(rest.len(), |(end, _)| end),
        _ => first.len_utf8(),
    }
}

fn string_length(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, character) in rest.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if character == quote => return at + quote.len_utf8(),
            _ => {}
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::minify;

    fn check(css: &str, expected: &str) {
        assert_eq!(minify(css), expected);
    }

    #[test]
    fn comments_and_idle_space_go() {
        check(
            "/* a */\na {\n  color: red;\n  margin: 0 auto;\n}\n\nb,\ni { top: 0 }\n",
            "a{color: red;margin: 0 auto;}b,i{top: 0}",
        );
        check("a/* x */b{}", "ab{}");
        check("/*/ still */a{}", "a{}");
    }

    #[test]
    fn space_that_means_something_stays() {
        check("a :hover { width: calc(1px + 2px) }", "a :hover{width: calc(1px + 2px)}");
        check(
            "@media (width > 40em) and (hover) { a { top: 0 } }",
            "@media (width>40em) and (hover){a{top: 0}}",
        );
        check("a { margin: 0 -1px; --x: 1px ; }", "a{margin: 0 -1px;--x: 1px;}");
    }

    #[test]
    fn strings_and_escapes_stay_whole() {
        check(r#"a::before { content: "/* {  } \" ;  */" }"#, r#"a::before{content: "/* {  } \" ;  */"}"#);
        check("q { quotes: '»  ' \"'\" }", "q{quotes: '»  ' \"'\"}");
        check(r".a\;b { top: 0 }", r".a\;b{top: 0}");
    }
}
