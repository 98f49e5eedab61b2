//! Receipts as files: tagged, in the payer's language, with the same figures as the page, in order.

mod file;

use std::{
    io::Write,
    process::{Command, Stdio},
};

/// What a PDF file says, in the order in which it is read; breaking or not, a space is a space.
pub(crate) fn pdf_text(pdf: &[u8]) -> String {
    let read = run("pdftotext", &["-raw", "-enc", "UTF-8", "-", "-"], pdf);
    String::from_utf8(read).expect("UTF-8").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is known of a PDF file: `Tagged`, `Title`, `Pages`.
pub(crate) fn pdf_fact(pdf: &[u8], name: &str) -> String {
    let facts = String::from_utf8(run("pdfinfo", &["-"], pdf)).expect("UTF-8");
    let line = facts.lines().find_map(|line| line.strip_prefix(&format!("{name}:")));
    line.unwrap_or_else(|| panic!("no {name}: {facts}")).trim().to_owned()
}

/// Asserts that a text has all these in their order.
pub(crate) fn says_in_order(text: &str, expected: &[&str]) {
    let mut rest = text;
    for said in expected {
        let said = said.replace('\u{a0}', " ");
        let (_, after) =
            rest.split_once(&said).unwrap_or_else(|| panic!("no “{said}” after that in:\n{text}"));
        rest = after;
    }
}

/// Reads a file with one of poppler's programs (`tests/setup/install.sh`).
fn run(program: &str, arguments: &[&str], input: &[u8]) -> Vec<u8> {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{program}: {error}"));
    child.stdin.take().expect("its input").write_all(input).expect("to be read");
    let done = child.wait_with_output().expect("its output");
    assert!(done.status.success(), "{program}: {}", done.status);
    done.stdout
}
