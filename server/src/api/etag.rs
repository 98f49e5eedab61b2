//! Tags of files, by which a caller knows what it has.

use axum::http::{HeaderMap, header};
use sha2::{Digest, Sha256};

/// A weak one: packed or not, what comes is the same.
pub fn of(content: &[u8]) -> String {
    let hash: String = Sha256::digest(content)[..16].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("W/\"{hash}\"")
}

/// Whether the caller has what the tag stands for (RFC 9110, 13.1.2).
pub fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let lists = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|list| list.to_str().ok());
    let mut tags = lists.flat_map(|list| list.split(',')).map(str::trim);
    tags.any(|known| known == "*" || opaque(known) == opaque(tag))
}

fn opaque(tag: &str) -> &str {
    tag.strip_prefix("W/").unwrap_or(tag)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn whoever_has_the_same_is_known_by_its_tag() {
        let (mine, other) = (of(b"BEGIN:VCALENDAR"), of(b"END:VCALENDAR"));
        let check = |lists: &[&str], expected| {
            let mut headers = HeaderMap::new();
            for list in lists {
                headers.append(header::IF_NONE_MATCH, HeaderValue::from_str(list).expect("a header"));
            }
            assert_eq!(is_known(&headers, &mine), expected, "{lists:?}");
        };
        check(&[], false);
        check(&[&mine], true);
        check(&[opaque(&mine)], true);
        check(&[&other], false);
        check(&[&format!("{other}, {mine}")], true);
        check(&[&other, &mine], true);
        check(&["*"], true);
        check(&[mine.trim_matches(['W', '/', '"'])], false);
    }
}
