//! Papers as tagged PDF (PDF/UA-1, ISO 14289-1). Equal papers are equal bytes: nothing of the clock is in them.
//!
//! First all marks are placed (`layout`, `table`), in hundredths of a point from the upper left corner; then
//! they are written (`write`), each under its place in the tree of what it means.

mod font;
mod layout;
mod mark;
mod sheets;
mod slip;
mod table;
mod write;

use krilla::error::KrillaError;

use super::Paper;

/// The paper can't be set: a fault of ours, not of what stands on it.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    #[error("a font can't be read")]
    Font,
    #[error("not as PDF/UA asks: {0:?}")]
    Pdf(KrillaError),
}

/// The bytes of the paper as a PDF file.
///
/// # Errors
/// [`PaperError`], where the file wouldn't be as the standard asks.
pub fn pdf(paper: &Paper) -> Result<Vec<u8>, PaperError> {
    write::write(paper, layout::lay_out(paper)?)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use vayla_domain::Language;

    use super::*;
    use crate::paper::{Code, Fact, Modules, Note, Row, Slip, Table};

    fn paper(rows: usize, buyer: &str) -> Paper {
        let fact = |name: &str, value: &str| Fact::new(name.to_owned(), value);
        let row = |number: usize| Row {
            what: "Tornion jäähalli – Koko jää".to_owned(),
            detail: format!("{number}.11.2026 18.00–19.00 Suomen aikaa"),
            figures: vec!["110,13\u{a0}€".to_owned(), "13,5\u{a0}%".to_owned(), "125,00\u{a0}€".to_owned()],
        };
        Paper {
            language: Language::Fi,
            title: "Kuitti TORNIO-1".to_owned(),
            issuer: vec!["Tornion kaupunki".to_owned(), "Y-tunnus 0193524-6".to_owned()],
            facts: vec![fact("Maksupäivä", "30.10.2026"), fact("Ostaja", buyer)],
            warning: None,
            highlights: vec![fact("Maksettu", "1\u{a0}372,25\u{a0}kr")],
            table: Table {
                caption: "Mistä maksoit".to_owned(),
                columns: ["Tuote", "Veroton", "Alv", "Verollinen"].map(str::to_owned).to_vec(),
                rows: (1..=rows).map(row).collect(),
                sums: vec![fact("Yhteensä", "125,00\u{a0}€")],
            },
            slip: None,
            notes: vec![
                Note::strong("Maksettu 1\u{a0}372,25\u{a0}kr".to_owned()),
                Note::plain(buyer.to_owned()),
            ],
        }
    }

    #[test]
    fn a_receipt_has_one_page_and_a_long_one_has_more() {
        let pages = |rows| layout::lay_out(&paper(rows, "Åsa")).expect("laid out").pages;
        assert_eq!((pages(1), pages(8)), (1, 1));
        assert!((3..=6).contains(&pages(60)), "{}", pages(60));
    }

    #[test]
    fn how_it_is_paid_stands_on_one_page_with_codes_that_say_what_they_are() {
        let code = |name: &str, modules: Option<Modules>| Code {
            name: name.to_owned(),
            modules: modules.expect("a code"),
        };
        let slip = Slip {
            title: "Maksutiedot".to_owned(),
            facts: vec![Fact::new("IBAN".to_owned(), "FI21 1234 5600 0007 85"); 7],
            codes: vec![
                code("QR-koodi", Modules::squares(&"1".repeat(200))),
                code("Viivakoodi", Modules::bars(&"12".repeat(27))),
            ],
        };
        for rows in 0..12 {
            let paper = Paper { slip: Some(slip.clone()), ..paper(rows, "Åsa") };
            let laid_out = layout::lay_out(&paper).expect("laid out");
            let figures = laid_out.marks.iter().filter_map(|mark| match &mark.shape {
                mark::Shape::Modules { x, y, square, height, modules } => {
                    let wide = i32::try_from(modules.width).expect("few") * square;
                    Some((mark.page, x + wide, y + height))
                }
                _ => None,
            });
            let figures: Vec<_> = figures.collect();
            assert!(figures.iter().all(|(page, right, foot)| {
                *page == figures[0].0 && *right < sheets::PAGE_WIDTH && *foot < sheets::PAGE_HEIGHT
            }));
            assert_eq!(figures.len(), 2);
            pdf(&paper).expect("as PDF/UA asks");
        }
    }

    #[test]
    fn equal_papers_are_equal_bytes_and_as_the_standard_asks() {
        let first = pdf(&paper(60, "Åsa")).expect("as PDF/UA asks");
        assert_eq!(first, pdf(&paper(60, "Åsa")).expect("as PDF/UA asks"));
        assert_ne!(first, pdf(&paper(60, "Eva")).expect("as PDF/UA asks"));
        let has = |what: &[u8]| first.windows(what.len()).any(|window| window == what);
        assert!(first.starts_with(b"%PDF-1.7") && has(b"pdfuaid:part") && has(b"/Lang"), "tagged and named");
    }

    #[test]
    fn nothing_lies_outside_the_page_or_over_something_else() {
        let laid_out = layout::lay_out(&paper(60, "Åsa")).expect("laid out");
        let mut last = (0, 0);
        for mark in laid_out.marks.iter().filter(|mark| mark.meaningful) {
            let mark::Shape::Text { x, y, .. } = &mark.shape else { panic!("only texts mean something") };
            assert!((0..sheets::PAGE_WIDTH).contains(x) && (0..sheets::PAGE_HEIGHT).contains(y), "{mark:?}");
            assert!(mark.page >= last.0, "pages are filled in order");
            last = (mark.page, *y);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn whatever_people_are_called_can_be_set(name in "\\PC{0,80}|.{0,40}") {
            prop_assert!(pdf(&paper(2, &name)).is_ok());
        }
    }
}
