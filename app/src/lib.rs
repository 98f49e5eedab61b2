//! The user interface.
#[cfg(feature = "ssr")]
mod server {
use axum::Router;
use vayla_services::Services;
#[derive(Clone)]
pub struct Site { pub script: Option<String>, pub style: Option<String>, pub clock_is_set: bool }
pub fn router(services: Services, _site: Site) -> Router { Router::new().with_state(services) }
}
#[cfg(feature = "ssr")]
pub use server::*;
