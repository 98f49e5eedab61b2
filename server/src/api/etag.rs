//! Tags, by which a caller says what it has, or has read.

use std::fmt::Display;

use axum::{
    Json,
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::AppendHeaders,
};
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

/// An answer that names the version of what it tells of.
pub type Tagged<T> = (AppendHeaders<[(HeaderName, HeaderValue); 1]>, Json<T>);

pub fn tagged<T>(version: impl Display, body: T) -> Tagged<T> {
    let tag = HeaderValue::from_str(&format!("\"{version}\"")).unwrap_or(HeaderValue::from_static("*"));
    (AppendHeaders([(header::ETAG, tag)]), Json(body))
}

/// The version that the caller has read (RFC 9110, 13.1.1); `None` where whatever is there will do. What is no tag
/// of ours is no version of anything.
pub fn read_version(headers: &HeaderMap) -> Option<&str> {
    let text = headers.get(header::IF_MATCH)?.to_str().unwrap_or_default();
    let inside = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    (text != "*").then(|| inside.unwrap_or_default())
}

fn opaque(tag: &str) -> &str {
    tag.strip_prefix("W/").unwrap_or(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_read_from_its_tag() {
        let check = |text: &str, expected| {
            let mut headers = HeaderMap::new();
            headers.insert(header::IF_MATCH, HeaderValue::from_str(text).expect("a header"));
            assert_eq!(read_version(&headers), expected, "{text}");
        };
        check("\"7\"", Some("7"));
        check("*", None);
        check("W/\"7\"", Some(""));
        check("7", Some(""));
        assert_eq!(read_version(&HeaderMap::new()), None);
    }

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
