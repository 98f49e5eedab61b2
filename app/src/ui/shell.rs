//! The frame around every page: head, header, language switch, footer.

use std::sync::Arc;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use hydration_context::SsrSharedContext;
use leptos::{nonce::Nonce, prelude::*};
use vayla_domain::Language;
use vayla_locales::words;
use vayla_services::wording::unbroken;

use super::{Ctx, Page, context::LANGUAGE_COOKIE};

/// How the language is switched on a page.
#[derive(Debug, Clone, Copy)]
pub enum Switch {
    /// By a link to the same page.
    Link,
    /// By sending the named form to the same page in the other language, so that nothing typed is
    /// lost.
    Form(&'static str),
}

/// A page, ready to be put into its frame.
pub struct Sheet {
    pub page: Page,
    /// What the title begins with, before the name of the site.
    pub title: String,
    pub status: StatusCode,
    pub switch: Switch,
    /// Whether it has islands: pages without load no script at all.
    pub islands: bool,
    /// Another site that the page's form leads to in the end: the policy must know it.
    pub leads_to: Option<String>,
    pub main: AnyView,
}

impl Sheet {
    pub fn new(page: Page, title: String, main: impl IntoView + 'static) -> Self {
        Self {
            page,
            title,
            status: StatusCode::OK,
            switch: Switch::Link,
            islands: false,
            leads_to: None,
            main: main.into_any(),
        }
    }

    #[must_use]
    pub fn switched_by(self, form: &'static str) -> Self {
        Self { switch: Switch::Form(form), ..self }
    }

    #[must_use]
    pub fn with_islands(self) -> Self {
        Self { islands: true, ..self }
    }

    /// A page that tells of errors: 422, and the title begins with the word for it.
    #[must_use]
    pub fn failed(self, ctx: &Ctx) -> Self {
        let title = ctx.words().error_title(&self.title);
        Self { status: StatusCode::UNPROCESSABLE_ENTITY, title, ..self }
    }
}

/// Renders the page with its frame, its policy and the remembered language.
pub fn render(ctx: &Ctx, build: impl FnOnce() -> Sheet) -> Response {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let (status, nonce, leads_to, html) = owner.with(|| {
        let nonce = Nonce::new();
        provide_context(nonce.clone());
        let sheet = build();
        let (status, islands, leads_to) = (sheet.status, sheet.islands, sheet.leads_to.clone());
        let html = document(ctx, sheet).to_html();
        // Marks for the browser part, spelt as HTML wants them; where there is none they would only be
        // stray comments. Leptos writes the nonce where `anonymous` belongs.
        let html = if islands { tidied(&html, &nonce) } else { html.replace("<!>", "") };
        (status, nonce, leads_to, html)
    });
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self'; connect-src 'self'; form-action 'self' {}; base-uri 'none'; frame-ancestors 'none'",
        leads_to.unwrap_or_default()
    );
    let mut response = (status, Html(format!("<!DOCTYPE html>{html}"))).into_response();
    let headers = response.headers_mut();
    headers.extend(HeaderValue::from_str(&policy).map(|policy| (header::CONTENT_SECURITY_POLICY, policy)));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if ctx.remembered != Some(ctx.language) {
        let cookie = format!(
            "{LANGUAGE_COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly",
            ctx.language.code()
        );
        headers.extend(HeaderValue::from_str(&cookie).map(|cookie| (header::SET_COOKIE, cookie)));
    }
    response
}

fn tidied(html: &str, nonce: &Nonce) -> String {
    html.replace("<!>", "<!---->").replace(&format!("crossorigin=\"{nonce}\""), "crossorigin=\"anonymous\"")
}

fn document(ctx: &Ctx, sheet: Sheet) -> impl IntoView + use<> {
    let w = ctx.words();
    let title = format!("{} – {}", sheet.title, w.brand());
    let style = ctx.site.style.as_ref().map(|style| format!("/assets/{style}"));
    let scripts = sheet.islands.then(|| ctx.site.script.clone()).flatten().map(scripts);
    view! {
        <html lang=ctx.language.code()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <title>{title}</title>
                <meta name="description" content=w.brand_description() />
                <meta name="color-scheme" content="light dark" />
                {style.map(|style| view! { <link rel="stylesheet" href=style /> })}
                <link rel="icon" type="image/svg+xml" href="/assets/favicon.svg" />
                {scripts}
            </head>
            <body>
                <a class="skip" href="#main">{w.skip_to_content()}</a>
                {header_bar(ctx, &sheet).into_any()}
                {banner(ctx)}
                <main id="main" class="wrap" tabindex="-1">{sheet.main}</main>
                {footer_bar(ctx).into_any()}
            </body>
        </html>
    }
}

fn scripts(name: String) -> impl IntoView {
    let options = LeptosOptions::builder().output_name(name).site_pkg_dir("assets").build();
    view! { <HydrationScripts options islands=true /> }
}

fn header_bar(ctx: &Ctx, sheet: &Sheet) -> impl IntoView + use<> {
    let (w, language) = (ctx.words(), ctx.language);
    // What went wrong has no place in the menu.
    let found = !sheet.status.is_client_error() || sheet.status == StatusCode::UNPROCESSABLE_ENTITY;
    let search = (found && sheet.page == Page::Search).then_some("page");
    let facilities = matches!(sheet.page, Page::Facility(_) | Page::Facilities).then_some("page");
    let first = ctx.catalogue.municipalities.iter().map(|town| {
        let day = Page::Today(town.code.clone());
        let shown =
            matches!(&sheet.page, Page::Day { place, .. } | Page::Today(place) if *place == town.code);
        view! {
            <a href=day.path(language) aria-current=shown.then_some("page")>
                {town.name.get(language).to_owned()} <span class="today">" " {w.nav_today()}</span>
            </a>
        }
    });
    view! {
        <header class="top">
            <div class="wrap">
                <a class="brand" href=Page::Search.path(language)>
                    <svg width="34" height="34" viewBox="0 0 34 34" aria-hidden="true">
                        <rect width="34" height="34" rx="8" class="brand-ground" />
                        <path d="M13 4c5 5-3 9 2 14s-2 8 1 12" class="brand-river" />
                        <circle cx="26" cy="9" r="3.2" class="brand-sun" />
                    </svg>
                    <span>
                        {w.brand()} <small>{vayla_services::wording::towns(language, &ctx.catalogue)}</small>
                    </span>
                </a>
                <nav aria-label=w.nav_label()>
                    <a href=Page::Search.path(language) aria-current=search>{w.nav_search()}</a>
                    {first.collect_view()}
                    <a href=Page::Facilities.path(language) aria-current=facilities>{w.nav_facilities()}</a>
                </nav>
                {language_switch(ctx, sheet)}
            </div>
        </header>
    }
}

fn language_switch(ctx: &Ctx, sheet: &Sheet) -> impl IntoView + use<> {
    let query = ctx.uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let choices = Language::ALL.map(|language| {
        let (code, name) = (language.code(), words(language).language_own_name());
        let address = sheet.page.path(language);
        if language == ctx.language {
            return view! { <span lang=code aria-current="true">{name}</span> }.into_any();
        }
        match sheet.switch {
            Switch::Link => {
                view! { <a href=format!("{address}{query}") lang=code hreflang=code>{name}</a> }.into_any()
            }
            // Enter sends a form by its first button: that must not be the one that switches.
            Switch::Form(form) => view! {
                <button type="submit" form=form class="hidden" tabindex="-1" aria-hidden="true">
                    {ctx.words().step_continue()}
                </button>
                <button type="submit" form=form formaction=format!("{address}{query}") formnovalidate name="switch" value="1" lang=code>
                    {name}
                </button>
            }
            .into_any(),
        }
    });
    view! { <div class="lang" role="group" aria-label=ctx.words().language_label()>{choices.into_iter().collect_view()}</div> }
}

fn banner(ctx: &Ctx) -> Option<impl IntoView + use<>> {
    let w = ctx.words();
    let demo = ctx.catalogue.treaty(ctx.now.date_naive()).is_some_and(|treaty| treaty.demo);
    let clock = ctx.site.clock_is_set.then(|| {
        let town = ctx.catalogue.municipalities.first()?;
        Some(w.banner_clock(vayla_services::wording::moment(ctx.language, ctx.now, town)))
    });
    let lines: Vec<String> = [demo.then(|| w.banner_demo()), clock.flatten()].into_iter().flatten().collect();
    (!lines.is_empty()).then(|| {
        view! { <aside class="banner" aria-label=w.banner_label()><div class="wrap">{lines.join(" ")}</div></aside> }
    })
}

fn footer_bar(ctx: &Ctx) -> impl IntoView + use<> {
    let (w, language) = (ctx.words(), ctx.language);
    let towns = ctx.catalogue.municipalities.iter().map(|town| {
        let details = &town.details;
        let mail = details
            .email
            .clone()
            .map(|mail| view! { " · " <a href=format!("mailto:{mail}")>{mail.clone()}</a> });
        let phone = details.phone.clone().map(|phone| {
            let digits: String = phone.chars().filter(|c| !c.is_whitespace()).collect();
            view! { " · " <a href=format!("tel:{digits}")>{unbroken(&phone)}</a> }
        });
        let site =
            details.url.clone().map(|url| view! { <a href=url>{town.name.get(language).to_owned()}</a> });
        view! { <p>{site}{mail}{phone}</p> }
    });
    view! {
        <footer class="bottom">
            <div class="wrap">
                <div>{towns.collect_view()}</div>
                <p class="links">
                    <a href=Page::Accessibility.path(language)>{w.nav_accessibility()}</a>
                    <a href="/api/openapi.json">{w.nav_api()}</a>
                </p>
                <p class="quiet">{w.footer_rates()}</p>
            </div>
        </footer>
    }
}
