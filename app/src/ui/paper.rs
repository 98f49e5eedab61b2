//! A paper as a page, and as a file.

use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use leptos::prelude::*;
use vayla_services::{
    DbError,
    paper::{self, Code, Fact, Paper, Slip, Table},
};

use super::{Ctx, Trouble};

/// The paper with its title as the page's heading.
pub fn paper(paper: &Paper) -> impl IntoView + use<> {
    let issuer = paper.issuer.first().cloned();
    let address = paper.issuer.iter().skip(1).cloned().map(|line| view! { <br /> {line} });
    let notes = paper.notes.iter().map(|note| {
        let class = note.strong.then_some("strong");
        view! { <p class=class>{note.text.clone()}</p> }
    });
    view! {
        <article class="receipt">
            <h1>{paper.title.clone()}</h1>
            <address>
                <b>{issuer}</b>
                {address.collect_view()}
            </address>
            {facts("answers", &paper.facts).into_any()}
            {paper.warning.clone().map(|warning| view! { <p class="note">{warning}</p> })}
            {facts("highlights", &paper.highlights).into_any()}
            {paper_table(&paper.table).into_any()}
            {paper.slip.as_ref().map(|paid| slip(paid).into_any())}
            {notes.collect_view()}
        </article>
    }
}

fn facts(class: &'static str, facts: &[Fact]) -> impl IntoView + use<> {
    let facts: Vec<Fact> = facts.to_vec();
    let facts = facts.into_iter().map(|fact| view! { <div><dt>{fact.name}</dt><dd>{fact.value}</dd></div> });
    view! { <dl class=class>{facts.collect_view()}</dl> }
}

/// Its rows of figures.
pub fn paper_table(table: &Table) -> impl IntoView + use<> {
    let columns = table.columns.iter().cloned().enumerate().map(|(number, name)| {
        let class = (number > 0).then_some("num");
        view! { <th scope="col" class=class>{name}</th> }
    });
    let rows = table.rows.iter().cloned().map(|row| {
        let figures = row.figures.into_iter().map(|figure| view! { <td class="num">{figure}</td> });
        view! {
            <tr>
                <td>{row.what} <br /> <span class="clock2">{row.detail}</span></td>
                {figures.collect_view()}
            </tr>
        }
    });
    let over = (table.columns.len() - 1).to_string();
    let sums = table.sums.iter().cloned().map(|sum| {
        view! {
            <tr>
                <th scope="row" colspan=over.clone()>{sum.name}</th>
                <td class="num">{sum.value}</td>
            </tr>
        }
    });
    view! {
        <section class="scroll figures" tabindex="0" aria-label=table.caption.clone()>
        <table class="plain wide">
            <caption class="hidden">{table.caption.clone()}</caption>
            <thead><tr>{columns.collect_view()}</tr></thead>
            <tbody>{rows.collect_view()}</tbody>
            <tfoot>{sums.collect_view()}</tfoot>
        </table>
        </section>
    }
}

/// How it is paid: in letters, and for a camera.
fn slip(slip: &Slip) -> impl IntoView + use<> {
    let codes = slip.codes.iter().map(picture);
    view! {
        <section class="slip">
            <h2>{slip.title.clone()}</h2>
            {facts("answers", &slip.facts).into_any()}
            <div class="codes">{codes.collect_view()}</div>
        </section>
    }
}

/// So many light modules around a square code, and beside bars.
const QUIET: (usize, usize) = (4, 10);
/// Bars are so many modules high.
const BARS_HEIGHT: usize = 40;

/// A code as a picture.
pub fn picture(code: &Code) -> impl IntoView + use<> {
    let modules = &code.modules;
    let (class, quiet, high) = match modules.is_bars() {
        true => ("bars", QUIET.1, BARS_HEIGHT),
        false => ("qr", QUIET.0, 1),
    };
    let path: String = modules
        .runs()
        .map(|(column, row, wide)| {
            format!("M{} {}h{wide}v{high}h-{wide}z", column + quiet, row * high + quiet)
        })
        .collect();
    let (width, height) = (modules.width + 2 * quiet, modules.height() * high + 2 * quiet);
    view! {
        <svg class=class role="img" aria-label=code.name.clone() viewBox=format!("0 0 {width} {height}")>
            <rect width=width height=height fill="#fff" />
            <path d=path fill="#000" shape-rendering="crispEdges" />
        </svg>
    }
}

/// The paper as a PDF file that opens in the browser.
pub fn paper_file(ctx: &Ctx, paper: &Paper, name: &str) -> Response {
    let bytes = match paper::pdf(paper) {
        Ok(bytes) => bytes,
        Err(error) => {
            let holds = DbError::corrupt(format_args!("a paper that can't be set, {name}: {error}"));
            return Trouble::Unavailable(holds).page(ctx);
        }
    };
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, format!("inline; filename=\"{name}.pdf\"")),
        (header::CACHE_CONTROL, "private, no-cache".to_owned()),
    ];
    (headers, bytes).into_response()
}
