//! What every page knows: who asks for what, in which language, and when.

use std::{convert::Infallible, sync::Arc};

use axum::{
    Extension,
    extract::FromRequestParts,
    http::{Uri, header, request::Parts},
};
use chrono::{DateTime, Utc};
use vayla_domain::Language;
use vayla_locales::{Words, words};
use vayla_services::{Services, catalogue::Catalogue};

/// What the built site is called, and how the server runs.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// The browser part without its ending; `None` where it wasn't built.
    pub script: Option<String>,
    pub style: Option<String>,
    /// The clock was set by hand: each page says so.
    pub clock_is_set: bool,
}

/// The state of all pages.
#[derive(Clone)]
pub struct App {
    pub services: Services,
    pub site: Arc<Site>,
}

/// One request's surroundings.
#[derive(Clone)]
pub struct Ctx {
    pub services: Services,
    pub site: Arc<Site>,
    pub catalogue: Arc<Catalogue>,
    pub language: Language,
    pub now: DateTime<Utc>,
    /// The request's path with its query.
    pub uri: Uri,
    /// The language remembered from an earlier visit.
    pub remembered: Option<Language>,
}

impl Ctx {
    #[must_use]
    pub fn words(&self) -> &'static Words {
        words(self.language)
    }
}

pub(crate) const LANGUAGE_COOKIE: &str = "vayla_language";

impl FromRequestParts<App> for Ctx {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let language = Extension::<Language>::from_request_parts(parts, app).await;
        let language = language.map(|Extension(language)| language).ok();
        let remembered = remembered(parts);
        Ok(Self {
            services: app.services.clone(),
            site: Arc::clone(&app.site),
            catalogue: app.services.catalogue(),
            language: language.or(remembered).or_else(|| preferred(parts)).unwrap_or(Language::Sv),
            now: app.services.clock.now(),
            uri: parts.uri.clone(),
            remembered,
        })
    }
}

fn remembered(parts: &Parts) -> Option<Language> {
    let cookies = parts.headers.get(header::COOKIE)?.to_str().ok()?;
    let pairs = cookies.split(';').filter_map(|pair| pair.trim().split_once('='));
    pairs.into_iter().find(|(name, _)| *name == LANGUAGE_COOKIE).and_then(|(_, code)| code.parse().ok())
}

fn preferred(parts: &Parts) -> Option<Language> {
    Language::preferred(parts.headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?)
}
