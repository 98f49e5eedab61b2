//! What the build script made of the messages.
#![expect(
    dead_code,
    clippy::derivable_impls,
    clippy::unwrap_used,
    reason = "generated; the build has checked that each message exists in each language"
)]

include!(concat!(env!("OUT_DIR"), "/words.rs"));
