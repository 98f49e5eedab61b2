//! Where on the sheets all that stands on a paper goes.

use super::{
    PaperError,
    mark::{AMOUNT, Area, BODY, Ink, KEY, Mark, Node, Role, SMALL, STRONG, Shape, Style, TITLE},
    sheets::{LEFT, Sheets, WIDTH},
    slip, table,
};
use crate::paper::{Fact, Note, Paper};

const EMBLEM: i32 = 24_00;
const GUTTER: i32 = 24_00;
/// How wide the names of facts are, and how far to the right they begin.
const FACT_NAME: i32 = 88_00;
const FACTS: i32 = 268_00;
/// How far a warning is from what stands over it.
const WARNING: i32 = 6_00;
pub const PADDING: i32 = 14_00;
pub const RADIUS: i32 = 7_00;

pub struct LaidOut {
    pub marks: Vec<Mark>,
    pub pages: usize,
    /// What the paper says, in reading order.
    pub tree: Vec<Node>,
}

pub fn lay_out(paper: &Paper) -> Result<LaidOut, PaperError> {
    let mut sheets = Sheets::new(&paper.title);
    emblem(&mut sheets)?;
    let mut tree = vec![title(&mut sheets, &paper.title)?];
    tree.extend(head(&mut sheets, paper)?);
    if let Some(warning) = &paper.warning {
        sheets.y += WARNING;
        tree.push(paragraph(&mut sheets, &Note::strong(warning.clone()))?);
    }
    tree.extend(highlights(&mut sheets, &paper.highlights)?);
    tree.extend(table::table(&mut sheets, &paper.table)?);
    if let Some(slip) = &paper.slip {
        tree.extend(slip::slip(&mut sheets, slip)?);
    }
    for note in &paper.notes {
        tree.push(paragraph(&mut sheets, note)?);
    }
    sheets.number(paper.issuer.first().map_or("", String::as_str))?;
    Ok(LaidOut { marks: sheets.marks, pages: sheets.pages, tree })
}

fn emblem(sheets: &mut Sheets) -> Result<(), PaperError> {
    let area = Area { x: LEFT, y: sheets.y, width: EMBLEM, height: EMBLEM };
    sheets.decorate(Shape::Emblem { area });
    sheets.decorate_text(LEFT + EMBLEM + 9_00, sheets.y + 17_00, KEY, "Väylä")?;
    sheets.y += EMBLEM + 42_00;
    Ok(())
}

fn title(sheets: &mut Sheets, title: &str) -> Result<Node, PaperError> {
    let at = Area { x: LEFT, y: sheets.y, width: WIDTH, height: 0 };
    let (marks, next) = sheets.lines(at, TITLE, title)?;
    sheets.y = next - 4_00;
    Ok(Node::of_marks(Role::Title, marks))
}

/// The issuer to the left, the facts to the right.
fn head(sheets: &mut Sheets, paper: &Paper) -> Result<Vec<Node>, PaperError> {
    let top = sheets.y;
    let mut y = top;
    let mut address = Vec::new();
    for (number, line) in paper.issuer.iter().enumerate() {
        let style = if number == 0 { STRONG } else { BODY };
        let at = Area { x: LEFT, y, width: FACTS - GUTTER - LEFT, height: 0 };
        let (marks, next) = sheets.lines(at, style, line)?;
        address.push(Node::of_marks(Role::Paragraph, marks));
        y = next;
    }
    let left = y;
    y = top;
    let mut items = Vec::new();
    for fact in &paper.facts {
        let (item, next) = fact_line(sheets, fact, y)?;
        items.push(item);
        y = next;
    }
    sheets.y = left.max(y) + 8_00;
    address.push(Node::of_nodes(Role::List, items));
    Ok(address)
}

fn fact_line(sheets: &mut Sheets, fact: &Fact, y: i32) -> Result<(Node, i32), PaperError> {
    let name = Area { x: FACTS, y, width: FACT_NAME - 8_00, height: 0 };
    let value = Area { x: FACTS + FACT_NAME, y, width: LEFT + WIDTH - FACTS - FACT_NAME, height: 0 };
    let (label, below_name) = sheets.lines(name, Style { size: BODY.size, ..SMALL }, &fact.name)?;
    let (body, below_value) = sheets.lines(value, BODY, &fact.value)?;
    Ok((item(label, body), below_name.max(below_value)))
}

pub fn item(label: Vec<usize>, body: Vec<usize>) -> Node {
    Node::of_nodes(Role::Item, vec![Node::of_marks(Role::Label, label), Node::of_marks(Role::Body, body)])
}

/// A panel of what one looks for first: the first of it in large letters.
fn highlights(sheets: &mut Sheets, highlights: &[Fact]) -> Result<Option<Node>, PaperError> {
    let Ok(count) = i32::try_from(highlights.len()) else { return Ok(None) };
    if count == 0 {
        return Ok(None);
    }
    let height = 2 * PADDING + 34_00;
    let area = Area { x: LEFT, y: sheets.y, width: WIDTH, height };
    sheets.decorate(Shape::Fill { area, radius: RADIUS, ink: Ink::Ice });
    let mut items = Vec::new();
    for (column, fact) in (0..).zip(highlights) {
        let x = LEFT + PADDING + 4_00 + column * (WIDTH - 2 * PADDING) / count;
        let label = sheets.text(x, sheets.y + PADDING + 8_00, SMALL, &fact.name)?;
        let style = if column == 0 { AMOUNT } else { KEY };
        let body = sheets.text(x, sheets.y + PADDING + 29_00, style, &fact.value)?;
        items.push(item(vec![label], vec![body]));
    }
    sheets.y += height + 34_00;
    Ok(Some(Node::of_nodes(Role::List, items)))
}

fn paragraph(sheets: &mut Sheets, note: &Note) -> Result<Node, PaperError> {
    let style = if note.strong { STRONG } else { BODY };
    let lines = style.weight.lines(style.size, &note.text, WIDTH)?.len();
    let height = i32::try_from(lines).map_or(0, |lines| lines * style.leading());
    sheets.make_room(height)?;
    let at = Area { x: LEFT, y: sheets.y, width: WIDTH, height };
    let (marks, next) = sheets.lines(at, style, &note.text)?;
    sheets.y = next + 5_00;
    Ok(Node::of_marks(Role::Paragraph, marks))
}
