//! What is drawn, and what it means.

use super::font::Weight;
use crate::paper::Modules;

/// A colour of the site's palette.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    Dark,
    Quiet,
    River,
    Ice,
    Line,
    Paper,
    Amber,
    /// For what machines read.
    Black,
}

impl Ink {
    /// Red, green and blue; the same as in `tokens.css`.
    pub const fn rgb(self) -> [u8; 3] {
        match self {
            Self::Dark => [0x10, 0x24, 0x2e],
            Self::Quiet => [0x48, 0x60, 0x6b],
            Self::River => [0x0d, 0x4b, 0x69],
            Self::Ice => [0xe6, 0xf1, 0xf4],
            Self::Line => [0xd5, 0xe0, 0xe3],
            Self::Paper => [0xff, 0xff, 0xff],
            Self::Amber => [0xf5, 0xb0, 0x21],
            Self::Black => [0, 0, 0],
        }
    }
}

/// How a text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    pub weight: Weight,
    pub size: i32,
    pub ink: Ink,
}

const fn style(weight: Weight, size: i32, ink: Ink) -> Style {
    Style { weight, size, ink }
}

pub const TITLE: Style = style(Weight::SemiBold, 2600, Ink::River);
pub const HEADING: Style = style(Weight::SemiBold, 1200, Ink::River);
pub const AMOUNT: Style = style(Weight::SemiBold, 1900, Ink::River);
pub const KEY: Style = style(Weight::SemiBold, 1200, Ink::Dark);
pub const STRONG: Style = style(Weight::SemiBold, 1050, Ink::Dark);
pub const BODY: Style = style(Weight::Regular, 1050, Ink::Dark);
pub const SMALL: Style = style(Weight::Regular, 900, Ink::Quiet);

impl Style {
    /// From one line to the next.
    pub const fn leading(self) -> i32 {
        self.size * 138 / 100
    }
}

/// An area: its left and upper edge, its width and height.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    pub x: i32,
    pub y: i32,
    pub width: i32,
    pub height: i32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// By its left edge and its baseline.
    Text {
        x: i32,
        y: i32,
        style: Style,
        text: String,
    },
    Fill {
        area: Area,
        radius: i32,
        ink: Ink,
    },
    /// A code of squares, or of bars of a height, from its upper left corner.
    Modules {
        x: i32,
        y: i32,
        square: i32,
        height: i32,
        modules: Modules,
    },
    /// The river between its banks.
    Emblem {
        area: Area,
    },
}

/// A shape on a page. Those without a place in the tree are there for the eye alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub page: usize,
    pub shape: Shape,
    pub meaningful: bool,
}

/// A part of what the paper says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Title,
    /// Above the table.
    Heading,
    /// Above how it is paid.
    SlipHeading,
    /// The picture of the code of that number.
    Figure(usize),
    Paragraph,
    List,
    Item,
    Label,
    Body,
    Table,
    Head,
    Rows,
    Foot,
    Row,
    ColumnHeader,
    /// Over so many columns.
    RowHeader(u32),
    Cell,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    pub role: Role,
    pub children: Vec<Child>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Child {
    Node(Node),
    /// The mark of that number.
    Mark(usize),
}

impl Node {
    pub fn of_marks(role: Role, marks: Vec<usize>) -> Self {
        Self { role, children: marks.into_iter().map(Child::Mark).collect() }
    }

    pub fn of_nodes(role: Role, nodes: Vec<Self>) -> Self {
        Self { role, children: nodes.into_iter().map(Child::Node).collect() }
    }
}
