//! Long answers come in pages.

use axum::Json;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use vayla_locales::words;
use vayla_services::Batch;

use super::problem::Problem;

/// How many items a page has.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "usize")]
pub struct Limit(pub usize);

impl Default for Limit {
    fn default() -> Self {
        Self(50)
    }
}

impl TryFrom<usize> for Limit {
    type Error = &'static str;

    fn try_from(limit: usize) -> Result<Self, &'static str> {
        if (1..=200).contains(&limit) { Ok(Self(limit)) } else { Err("1 to 200") }
    }
}

/// Which page; nothing else can be asked.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Turn {
    /// How many items at most.
    #[serde(default)]
    #[param(value_type = Option<u32>, nullable = false, minimum = 1, maximum = 200, default = 50)]
    pub limit: Limit,
    /// `next` of the page before.
    #[param(nullable = false)]
    pub after: Option<String>,
}

/// One page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// What to send as `after` for the next page; null on the last.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// The page after the item whose key is `after`; each item is made only when it is on the page.
    pub fn of<S>(
        all: &[S],
        limit: Limit,
        after: Option<&str>,
        key: impl Fn(&S) -> String,
        make: impl Fn(&S) -> T,
    ) -> Result<Json<Self>, Problem> {
        let first = match after {
            None => 0,
            Some(after) => 1 + all.iter().position(|item| key(item) == after).ok_or_else(no_such_place)?,
        };
        let rest = &all[first..];
        let next = rest.get(..limit.0).filter(|_| rest.len() > limit.0).and_then(<[S]>::last).map(key);
        Ok(Json(Self { items: rest.iter().take(limit.0).map(make).collect(), next }))
    }

    /// The page that a service has found.
    pub fn from_batch<S>(batch: Batch<S>, key: impl Fn(&S) -> String, make: impl Fn(S) -> T) -> Json<Self> {
        let next = batch.items.last().filter(|_| batch.more).map(key);
        Json(Self { items: batch.items.into_iter().map(make).collect(), next })
    }
}

/// The cursor names no place in this list.
pub fn no_such_place() -> Problem {
    Problem::refused("invalid", "after", |language| words(language).problem_field_invalid("after"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_follow_one_another_without_gap() {
        let page = |limit, after: Option<&str>| {
            let page = Page::of(&[1, 2, 3, 4, 5], Limit(limit), after, i32::to_string, |item| *item)
                .expect("a page");
            (page.0.items, page.0.next)
        };
        assert_eq!(page(2, None), (vec![1, 2], Some("2".to_owned())));
        assert_eq!(page(2, Some("2")), (vec![3, 4], Some("4".to_owned())));
        assert_eq!(page(2, Some("4")), (vec![5], None));
        assert_eq!(page(5, None), (vec![1, 2, 3, 4, 5], None));
        assert_eq!(page(5, Some("5")), (vec![], None));
        let lost = Page::of(&[1], Limit(1), Some("7"), i32::to_string, |item| *item);
        assert_eq!(lost.expect_err("no such place").code, "invalid");
    }

    #[test]
    fn a_page_has_1_to_200_items() {
        let read = |text: &str| serde_json::from_str::<Limit>(text).is_ok();
        assert!(read("1") && read("200"));
        assert!(!read("0") && !read("201") && !read("-1"));
    }
}
