//! How an invoice is paid: facts to the left, a square code to the right, bars below. It is never broken.

use super::{
    PaperError,
    layout::{PADDING, RADIUS, item},
    mark::{Area, BODY, HEADING, Ink, Node, Role, SMALL, STRONG, Shape, Style},
    sheets::{LEFT, Sheets, WIDTH},
};
use crate::paper::{Code, Fact, Slip};

/// How wide the names of facts are.
const NAME: i32 = 108_00;
/// How wide a square of a square code is; it has four light ones around it.
const SQUARE: i32 = 1_90;
const QUIET: i32 = 4 * SQUARE;
/// How wide the narrowest bar is: 54 digits are 105 millimetres, as banks want them, and ten to a side are light.
const BAR: i32 = 90;
const BARS_HEIGHT: i32 = 34_00;
const BARS_QUIET: i32 = 10 * BAR;

/// A heading, and what stands in a frame under it.
pub fn slip(sheets: &mut Sheets, slip: &Slip) -> Result<Vec<Node>, PaperError> {
    let (square, bars): (Vec<_>, Vec<_>) =
        slip.codes.iter().enumerate().partition(|(_, code)| !code.modules.is_bars());
    let side = square.iter().map(|(_, code)| side(code)).max().unwrap_or_default();
    let value = WIDTH - 2 * PADDING - NAME - if side > 0 { side + PADDING } else { 0 };
    let height = frame_height(slip, value, side, bars.len())?;
    sheets.make_room(height + 36_00)?;
    let heading = sheets.text(LEFT, sheets.y, HEADING, &slip.title)?;
    sheets.y += 14_00;
    let frame = Area { x: LEFT, y: sheets.y, width: WIDTH, height };
    sheets.decorate(Shape::Fill { area: frame, radius: RADIUS, ink: Ink::Line });
    let inside = Area { x: LEFT + 60, y: frame.y + 60, width: WIDTH - 1_20, height: height - 1_20 };
    sheets.decorate(Shape::Fill { area: inside, radius: RADIUS - 60, ink: Ink::Paper });
    let mut y = frame.y + PADDING + 9_00;
    let mut items = Vec::with_capacity(slip.facts.len());
    for fact in &slip.facts {
        let (item, next) = fact_line(sheets, fact, y, value)?;
        items.push(item);
        y = next;
    }
    let mut nodes = vec![Node::of_marks(Role::SlipHeading, vec![heading]), Node::of_nodes(Role::List, items)];
    let right = LEFT + WIDTH - PADDING + QUIET;
    for (number, code) in square {
        nodes.push(draw(
            sheets,
            number,
            code,
            right - self::side(code),
            frame.y + PADDING - QUIET,
            SQUARE,
            SQUARE,
        ));
    }
    y = y.max(frame.y + PADDING + side);
    for (number, code) in bars {
        nodes.push(draw(sheets, number, code, LEFT + PADDING, y, BAR, BARS_HEIGHT));
        y += BARS_HEIGHT + PADDING;
    }
    sheets.y = frame.y + height + 26_00;
    Ok(nodes)
}

fn frame_height(slip: &Slip, value: i32, side: i32, bars: usize) -> Result<i32, PaperError> {
    let mut facts = 0;
    for fact in &slip.facts {
        let lines = STRONG.weight.lines(STRONG.size, &fact.value, value)?.len().max(1);
        facts += i32::try_from(lines).unwrap_or(1) * STRONG.leading();
    }
    let bars = i32::try_from(bars).unwrap_or_default() * (BARS_HEIGHT + PADDING);
    Ok(facts.max(side) + bars + 2 * PADDING)
}

/// How wide and high a square code is, with the light around it.
fn side(code: &Code) -> i32 {
    i32::try_from(code.modules.width).unwrap_or_default() * SQUARE + 2 * QUIET
}

fn fact_line(sheets: &mut Sheets, fact: &Fact, y: i32, width: i32) -> Result<(Node, i32), PaperError> {
    let name = Area { x: LEFT + PADDING, y, width: NAME - 8_00, height: 0 };
    let value = Area { x: LEFT + PADDING + NAME, y, width, height: 0 };
    let (label, below_name) = sheets.lines(name, Style { size: BODY.size, ..SMALL }, &fact.name)?;
    let (body, below_value) = sheets.lines(value, STRONG, &fact.value)?;
    Ok((item(label, body), below_name.max(below_value)))
}

fn draw(sheets: &mut Sheets, number: usize, code: &Code, x: i32, y: i32, square: i32, height: i32) -> Node {
    let quiet = if code.modules.is_bars() { BARS_QUIET } else { QUIET };
    let below = if code.modules.is_bars() { 0 } else { QUIET };
    let shape = Shape::Modules { x: x + quiet, y: y + below, square, height, modules: code.modules.clone() };
    Node::of_marks(Role::Figure(number), vec![sheets.figure(shape)])
}
