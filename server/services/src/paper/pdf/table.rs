//! The table of a paper. Rows are never broken; each page begins with the heads of the columns.

use super::{
    PaperError,
    mark::{Area, BODY, HEADING, Ink, KEY, Node, Role, SMALL, STRONG, Style},
    sheets::{LEFT, Sheets, WIDTH},
};
use crate::paper::{Fact, Row, Table};

const RIGHT: i32 = LEFT + WIDTH;
const GAP: i32 = 16_00;
const ROW_PADDING: i32 = 7_00;

/// A heading, and the table under it.
pub fn table(sheets: &mut Sheets, table: &Table) -> Result<[Node; 2], PaperError> {
    let columns = Columns::fit(table)?;
    sheets.make_room(90_00)?;
    let heading = sheets.text(LEFT, sheets.y, HEADING, &table.caption)?;
    sheets.y += 22_00;
    let mut parts = vec![head(sheets, table, &columns)?];
    let mut rows = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        let height = columns.height(row)?;
        if sheets.make_room(height)? {
            repeat_head(sheets, table, &columns)?;
        }
        rows.push(self::row(sheets, row, &columns)?);
    }
    parts.push(Node::of_nodes(Role::Rows, rows));
    parts.push(foot(sheets, table, &columns)?);
    Ok([Node::of_marks(Role::Heading, vec![heading]), Node::of_nodes(Role::Table, parts)])
}

struct Columns {
    /// How wide the text may be.
    text: i32,
    /// The right edge of each column of figures.
    edges: Vec<i32>,
}

impl Columns {
    /// As wide as the widest figure of each asks for; the text has the rest.
    fn fit(table: &Table) -> Result<Self, PaperError> {
        let mut widths = Vec::new();
        for (number, name) in table.columns.iter().skip(1).enumerate() {
            let mut widest = width(SMALL, name)?;
            for figure in table.rows.iter().filter_map(|row| row.figures.get(number)) {
                widest = widest.max(width(BODY, figure)?);
            }
            widths.push(widest);
        }
        if let Some(last) = widths.last_mut() {
            for sum in &table.sums {
                *last = (*last).max(width(KEY, &sum.value)?);
            }
        }
        let (mut edge, mut edges) = (RIGHT, Vec::with_capacity(widths.len()));
        for width in widths.iter().rev() {
            edges.push(edge);
            edge -= width + GAP;
        }
        edges.reverse();
        Ok(Self { text: edge - LEFT, edges })
    }

    fn height(&self, row: &Row) -> Result<i32, PaperError> {
        let lines = |style: Style, text: &str| {
            let lines = style.weight.lines(style.size, text, self.text)?.len();
            Ok::<_, PaperError>(i32::try_from(lines).map_or(0, |lines| lines * style.leading()))
        };
        Ok(lines(BODY, &row.what)? + lines(SMALL, &row.detail)? + 2 * ROW_PADDING)
    }
}

fn width(style: Style, text: &str) -> Result<i32, PaperError> {
    style.weight.width(style.size, text)
}

fn head(sheets: &mut Sheets, table: &Table, columns: &Columns) -> Result<Node, PaperError> {
    let y = sheets.y;
    let mut cells = Vec::with_capacity(table.columns.len());
    for (number, name) in table.columns.iter().enumerate() {
        let mark = match number.checked_sub(1).and_then(|figure| columns.edges.get(figure)) {
            None => sheets.text(LEFT, y, SMALL, name)?,
            Some(&edge) => sheets.text_to(edge, y, SMALL, name)?,
        };
        cells.push(Node::of_marks(Role::ColumnHeader, vec![mark]));
    }
    sheets.rule(y + 6_00, Ink::Quiet);
    sheets.y = y + 7_00;
    Ok(Node::of_nodes(Role::Head, vec![Node::of_nodes(Role::Row, cells)]))
}

/// The same on a later page, where it says nothing new.
fn repeat_head(sheets: &mut Sheets, table: &Table, columns: &Columns) -> Result<(), PaperError> {
    let first = sheets.marks.len();
    head(sheets, table, columns)?;
    sheets.marks[first..].iter_mut().for_each(|mark| mark.meaningful = false);
    Ok(())
}

fn row(sheets: &mut Sheets, row: &Row, columns: &Columns) -> Result<Node, PaperError> {
    let y = sheets.y + ROW_PADDING + BODY.size * 72 / 100;
    let (mut marks, next) =
        sheets.lines(Area { x: LEFT, y, width: columns.text, height: 0 }, BODY, &row.what)?;
    // A space between the two, for whoever has it read out.
    let detail = Area { x: LEFT, y: next, width: columns.text, height: 0 };
    let (more, next) = sheets.lines(detail, SMALL, &row.detail)?;
    marks.extend(more);
    let mut cells = vec![Node::of_marks(Role::Cell, marks)];
    for (figure, &edge) in row.figures.iter().zip(&columns.edges) {
        cells.push(Node::of_marks(Role::Cell, vec![sheets.text_to(edge, y, BODY, figure)?]));
    }
    sheets.y = next - BODY.size * 72 / 100 + ROW_PADDING;
    sheets.rule(sheets.y, Ink::Line);
    Ok(Node::of_nodes(Role::Row, cells))
}

fn foot(sheets: &mut Sheets, table: &Table, columns: &Columns) -> Result<Node, PaperError> {
    let count = i32::try_from(table.sums.len()).unwrap_or_default();
    if sheets.make_room(count * KEY.leading() + 20_00)? {
        repeat_head(sheets, table, columns)?;
    }
    sheets.y += 20_00;
    let mut rows = Vec::with_capacity(table.sums.len());
    for (number, sum) in table.sums.iter().enumerate() {
        let style = match number + 1 == table.sums.len() {
            true => Style { ink: Ink::River, ..KEY },
            false => BODY,
        };
        rows.push(self::sum(sheets, sum, style, columns)?);
    }
    sheets.y += 14_00;
    Ok(Node::of_nodes(Role::Foot, rows))
}

fn sum(sheets: &mut Sheets, sum: &Fact, style: Style, columns: &Columns) -> Result<Node, PaperError> {
    let named = Style { ink: style.ink, ..if style.size == KEY.size { KEY } else { STRONG } };
    let name = sheets.text(LEFT, sheets.y, named, &sum.name)?;
    let figure = sheets.text_to(RIGHT, sheets.y, style, &sum.value)?;
    sheets.y += style.leading() + 2_00;
    let over = u32::try_from(columns.edges.len()).unwrap_or(1);
    let cells =
        vec![Node::of_marks(Role::RowHeader(over), vec![name]), Node::of_marks(Role::Cell, vec![figure])];
    Ok(Node::of_nodes(Role::Row, cells))
}
