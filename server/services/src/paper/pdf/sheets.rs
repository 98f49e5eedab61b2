//! Sheets of A4 that are filled from top to bottom.

use super::{
    PaperError,
    mark::{Area, Ink, Mark, SMALL, Shape, Style},
};

pub const PAGE_WIDTH: i32 = 595_00;
pub const PAGE_HEIGHT: i32 = 842_00;
pub const LEFT: i32 = 57_00;
pub const WIDTH: i32 = PAGE_WIDTH - 2 * LEFT;
const TOP: i32 = 54_00;
const BOTTOM: i32 = PAGE_HEIGHT - 72_00;
const FOOT: i32 = PAGE_HEIGHT - 45_00;
const RULE: i32 = 60;

pub struct Sheets<'a> {
    pub marks: Vec<Mark>,
    pub pages: usize,
    /// How far down the last page is filled.
    pub y: i32,
    title: &'a str,
}

impl<'a> Sheets<'a> {
    pub const fn new(title: &'a str) -> Self {
        Self { marks: Vec::new(), pages: 1, y: TOP, title }
    }

    /// Begins a new page where less than so much is left; `true` where it does.
    pub fn make_room(&mut self, height: i32) -> Result<bool, PaperError> {
        let full = self.y + height > BOTTOM;
        if full {
            self.pages += 1;
            self.y = TOP;
            self.decorate_text(LEFT, TOP, SMALL, self.title)?;
            self.y = TOP + 22_00;
        }
        Ok(full)
    }

    /// Puts a line of text with its baseline at `y`. Returns the mark's number.
    pub fn text(&mut self, x: i32, y: i32, style: Style, text: &str) -> Result<usize, PaperError> {
        let text = style.weight.printable(text)?;
        Ok(self.put(Shape::Text { x, y, style, text }, true))
    }

    /// The same with its right edge at `x`.
    pub fn text_to(&mut self, x: i32, y: i32, style: Style, text: &str) -> Result<usize, PaperError> {
        let text = style.weight.printable(text)?;
        let x = x - style.weight.width(style.size, &text)?;
        Ok(self.put(Shape::Text { x, y, style, text }, true))
    }

    /// A text in lines of a width at most, the first baseline at `y`: the marks, and where the next line
    /// would be. Each line but the last ends with the space it was broken at.
    pub fn lines(&mut self, at: Area, style: Style, text: &str) -> Result<(Vec<usize>, i32), PaperError> {
        let lines = style.weight.lines(style.size, text, at.width)?;
        let (mut marks, mut y) = (Vec::with_capacity(lines.len()), at.y);
        for (number, line) in lines.iter().enumerate() {
            let broken = if number + 1 < lines.len() { " " } else { "" };
            marks.push(self.text(at.x, y, style, &format!("{line}{broken}"))?);
            y += style.leading();
        }
        Ok((marks, y))
    }

    /// A text that says nothing new.
    pub fn decorate_text(&mut self, x: i32, y: i32, style: Style, text: &str) -> Result<(), PaperError> {
        let text = style.weight.printable(text)?;
        self.decorate(Shape::Text { x, y, style, text });
        Ok(())
    }

    pub fn decorate(&mut self, shape: Shape) {
        self.put(shape, false);
    }

    /// A thin line over the whole width.
    pub fn rule(&mut self, y: i32, ink: Ink) {
        let area = Area { x: LEFT, y, width: WIDTH, height: RULE };
        self.decorate(Shape::Fill { area, radius: 0, ink });
    }

    /// Something that says more than a text.
    pub fn figure(&mut self, shape: Shape) -> usize {
        self.put(shape, true)
    }

    fn put(&mut self, shape: Shape, meaningful: bool) -> usize {
        self.marks.push(Mark { page: self.pages - 1, shape, meaningful });
        self.marks.len() - 1
    }

    /// What stands at the foot of each page.
    pub fn number(&mut self, issuer: &str) -> Result<(), PaperError> {
        let count = self.pages;
        for page in 0..count {
            let number = format!("{} ({count})", page + 1);
            let x = LEFT + WIDTH - SMALL.weight.width(SMALL.size, &number)?;
            let texts = [(LEFT, format!("{issuer} · {}", self.title)), (x, number)];
            let area = Area { x: LEFT, y: FOOT - 16_00, width: WIDTH, height: RULE };
            self.marks.push(Mark {
                page,
                shape: Shape::Fill { area, radius: 0, ink: Ink::Line },
                meaningful: false,
            });
            for (x, text) in texts {
                let text = SMALL.weight.printable(&text)?;
                let shape = Shape::Text { x, y: FOOT, style: SMALL, text };
                self.marks.push(Mark { page, shape, meaningful: false });
            }
        }
        Ok(())
    }
}
