//! What people type. What has one clear meaning is taken; the page says back how it was read.

mod date;
mod month;
mod time;
mod wish;

pub use date::date;
pub use time::time;
pub use wish::{NamedPlace, WishText, wish};

/// The number in a text of `1..=digits_max` ASCII digits.
fn digits(text: &str, digits_max: usize) -> Option<u32> {
    let fits = (1..=digits_max).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}
