//! How long a time is still held: counts down where there is a script.

use leptos::prelude::*;

/// Counts down by the server's clock. `labels[n]` says "n minutes left"; the last two minutes are
/// announced.
#[island]
pub fn HoldClock(
    /// Instants in milliseconds of Unix time.
    ends_at_ms: i64,
    now_ms: i64,
    /// Whole minutes left when the page was made.
    first: i64,
    labels: Vec<String>,
    over: String,
) -> impl IntoView {
    let left_minutes = RwSignal::new(first);
    #[cfg(feature = "hydrate")]
    ticking(ends_at_ms - now_ms, left_minutes);
    #[cfg(not(feature = "hydrate"))]
    let _ = (ends_at_ms, now_ms);
    let text = move || {
        let left = left_minutes.get();
        if left < 0 {
            return over.clone();
        }
        usize::try_from(left).ok().and_then(|left| labels.get(left).cloned()).unwrap_or_default()
    };
    let urgent = move || left_minutes.get() < 2;
    view! {
        <span class="countdown" class:urgent=urgent aria-live=move || if urgent() { "assertive" } else { "off" }>
            {text}
        </span>
    }
}

/// Looks at the page's own clock each second: it counts on while the device sleeps.
#[cfg(feature = "hydrate")]
fn ticking(left_ms: i64, left_minutes: RwSignal<i64>) {
    let began = now_ms();
    set_interval(
        move || {
            let passed = now_ms() - began;
            let left = (left_ms - passed).div_euclid(60_000);
            if left != left_minutes.get_untracked() {
                left_minutes.set(left);
            }
        },
        std::time::Duration::from_secs(1),
    );
}

#[cfg(feature = "hydrate")]
#[expect(clippy::cast_possible_truncation, reason = "whole milliseconds are all that is wanted")]
fn now_ms() -> i64 {
    js_sys::Date::now() as i64
}
