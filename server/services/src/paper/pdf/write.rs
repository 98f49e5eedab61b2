//! Marks and their tree as a file.

use std::num::{NonZeroU16, NonZeroU32};

use krilla::{
    Document, SerializeSettings,
    color::rgb,
    configure::{Accessibility, ConfigurationBuilder},
    destination::XyzDestination,
    geom::{Path, PathBuilder, Point},
    metadata::Metadata,
    num::NormalizedF32,
    outline::{Outline, OutlineNode},
    page::PageSettings,
    paint::Fill,
    surface::Surface,
    tagging::{
        Artifact, ArtifactType, ContentTag, Identifier, ListNumbering, SpanTag, TableHeaderScope, Tag,
        TagGroup, TagKind, TagTree,
    },
    text::{Font, TextDirection},
};

use super::{
    PaperError,
    font::Weight,
    layout::LaidOut,
    mark::{Area, Child, Ink, Node, Role, Shape},
    sheets::{PAGE_HEIGHT, PAGE_WIDTH},
};
use crate::paper::Paper;

pub fn write(paper: &Paper, laid_out: LaidOut) -> Result<Vec<u8>, PaperError> {
    let standard = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1).finish();
    let configuration = standard.unwrap_or_else(|_| unreachable!("one standard contradicts no other"));
    let settings = SerializeSettings { configuration, enable_tagging: true, ..SerializeSettings::default() };
    let mut document = Document::new_with(settings);
    let fonts = Fonts { regular: font(Weight::Regular)?, semi_bold: font(Weight::SemiBold)? };
    let leaves = draw(&mut document, &laid_out, &fonts);
    let mut tree = TagTree::new().with_lang(Some(paper.language.code().to_owned()));
    for node in &laid_out.tree {
        tree.push(group(node, &leaves, paper));
    }
    document.set_tag_tree(tree);
    let mut outline = Outline::new();
    outline
        .push_child(OutlineNode::new(paper.title.clone(), XyzDestination::new(0, Point::from_xy(0.0, 0.0))));
    document.set_outline(outline);
    document.set_metadata(
        Metadata::new()
            .title(paper.title.clone())
            .language(paper.language.code().to_owned())
            .authors(paper.issuer.first().cloned().into_iter().collect())
            .creator("Väylä".to_owned()),
    );
    document.finish().map_err(PaperError::Pdf)
}

struct Fonts {
    regular: Font,
    semi_bold: Font,
}

impl Fonts {
    fn of(&self, weight: Weight) -> Font {
        match weight {
            Weight::Regular => self.regular.clone(),
            Weight::SemiBold => self.semi_bold.clone(),
        }
    }
}

fn font(weight: Weight) -> Result<Font, PaperError> {
    Font::new(weight.bytes().into(), 0).ok_or(PaperError::Font)
}

/// Draws page after page. Of each mark, by which name the tree knows it.
fn draw(document: &mut Document, laid_out: &LaidOut, fonts: &Fonts) -> Vec<Option<Identifier>> {
    let mut leaves = vec![None; laid_out.marks.len()];
    for number in 0..laid_out.pages {
        let settings = PageSettings::from_wh(points(PAGE_WIDTH), points(PAGE_HEIGHT)).unwrap_or_default();
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        for (mark, leaf) in laid_out.marks.iter().zip(&mut leaves).filter(|(mark, _)| mark.page == number) {
            let tag = match mark.meaningful {
                true => ContentTag::Span(SpanTag::empty()),
                false => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)),
            };
            let identifier = surface.start_tagged(tag);
            shape(&mut surface, &mark.shape, fonts);
            surface.end_tagged();
            *leaf = mark.meaningful.then_some(identifier);
        }
        surface.finish();
        page.finish();
    }
    leaves
}

fn shape(surface: &mut Surface, shape: &Shape, fonts: &Fonts) {
    match shape {
        Shape::Text { x, y, style, text } => {
            surface.set_fill(Some(paint(style.ink)));
            let at = Point::from_xy(points(*x), points(*y));
            let font = fonts.of(style.weight);
            surface.draw_text(at, font, points(style.size), text, false, TextDirection::LeftToRight);
        }
        Shape::Fill { area, radius, ink } => fill(surface, rounded(*area, *radius), *ink),
        Shape::Modules { x, y, square, height, modules } => {
            let mut path = Pen::default();
            for (column, row, width) in modules.runs() {
                let at = |place: usize| i32::try_from(place).unwrap_or_default() * square;
                path.block(Area { x: x + at(column), y: y + at(row), width: at(width), height: *height });
            }
            fill(surface, path.finish(), Ink::Black);
        }
        Shape::Emblem { area } => emblem(surface, *area),
    }
}

fn fill(surface: &mut Surface, path: Option<Path>, ink: Ink) {
    surface.set_fill(Some(paint(ink)));
    if let Some(path) = path {
        surface.draw_path(&path);
    }
}

fn paint(ink: Ink) -> Fill {
    let [red, green, blue] = ink.rgb();
    Fill { paint: rgb::Color::new(red, green, blue).into(), opacity: NormalizedF32::ONE, ..Fill::default() }
}

fn rounded(Area { x, y, width, height }: Area, radius: i32) -> Option<Path> {
    let (right, bottom) = (x + width, y + height);
    let mut path = Pen::default();
    path.go(x + radius, y);
    path.line(right - radius, y);
    path.bend((right, y), (right, y + radius));
    path.line(right, bottom - radius);
    path.bend((right, bottom), (right - radius, bottom));
    path.line(x + radius, bottom);
    path.bend((x, bottom), (x, bottom - radius));
    path.line(x, y + radius);
    path.bend((x, y), (x + radius, y));
    path.finish()
}

/// The sign of the site: a river between two banks, and the sun over one of them.
fn emblem(surface: &mut Surface, area: Area) {
    let at = |x: i32, y: i32| (area.x + x * area.width / 34, area.y + y * area.height / 34);
    fill(surface, rounded(area, area.width / 4), Ink::River);
    let mut river = Pen::default();
    let (x, y) = at(11, 4);
    river.go(x, y);
    river.bend(at(17, 10), at(13, 18));
    river.bend(at(10, 24), at(14, 30));
    let (x, y) = at(19, 30);
    river.line(x, y);
    river.bend(at(15, 24), at(18, 18));
    river.bend(at(22, 10), at(16, 4));
    fill(surface, river.finish(), Ink::Paper);
    let (x, y) = at(23, 6);
    let across = 6 * area.width / 34;
    fill(surface, rounded(Area { x, y, width: across, height: across }, across / 2), Ink::Amber);
}

/// Draws in hundredths of a point.
#[derive(Default)]
struct Pen(PathBuilder);

impl Pen {
    fn go(&mut self, x: i32, y: i32) {
        self.0.move_to(points(x), points(y));
    }

    fn line(&mut self, x: i32, y: i32) {
        self.0.line_to(points(x), points(y));
    }

    fn bend(&mut self, (over_x, over_y): (i32, i32), (x, y): (i32, i32)) {
        self.0.quad_to(points(over_x), points(over_y), points(x), points(y));
    }

    fn block(&mut self, Area { x, y, width, height }: Area) {
        self.go(x, y);
        self.line(x + width, y);
        self.line(x + width, y + height);
        self.line(x, y + height);
        self.0.close();
    }

    fn finish(mut self) -> Option<Path> {
        self.0.close();
        self.0.finish()
    }
}

/// The one place where places become numbers of the file.
#[expect(clippy::float_arithmetic, reason = "no money: where on the page something stands")]
fn points(hundredths: i32) -> f32 {
    hundredths as f32 / 100.0
}

fn group(node: &Node, leaves: &[Option<Identifier>], paper: &Paper) -> TagGroup {
    let mut group = TagGroup::new(tag(node.role, paper));
    for child in &node.children {
        match child {
            Child::Node(node) => group.push(self::group(node, leaves, paper)),
            Child::Mark(number) => {
                if let Some(Some(leaf)) = leaves.get(*number) {
                    group.push(*leaf);
                }
            }
        }
    }
    group
}

fn tag(role: Role, paper: &Paper) -> TagKind {
    let slip = paper.slip.as_ref();
    let heading = |level, text: &str| Tag::Hn(level, Some(text.to_owned())).into();
    match role {
        Role::Title => heading(NonZeroU16::MIN, &paper.title),
        Role::Heading => heading(NonZeroU16::MIN.saturating_add(1), &paper.table.caption),
        Role::SlipHeading => {
            heading(NonZeroU16::MIN.saturating_add(1), slip.map_or("", |slip| slip.title.as_str()))
        }
        Role::Figure(number) => {
            let code = slip.and_then(|slip| slip.codes.get(number));
            Tag::Figure(code.map(|code| code.name.clone())).into()
        }
        Role::Paragraph => Tag::P.into(),
        Role::List => Tag::L(ListNumbering::None).into(),
        Role::Item => Tag::LI.into(),
        Role::Label => Tag::Lbl.into(),
        Role::Body => Tag::LBody.into(),
        Role::Table => Tag::Table.into(),
        Role::Head => Tag::THead.into(),
        Role::Rows => Tag::TBody.into(),
        Role::Foot => Tag::TFoot.into(),
        Role::Row => Tag::TR.into(),
        Role::ColumnHeader => Tag::TH(TableHeaderScope::Column).into(),
        Role::RowHeader(over) => Tag::TH(TableHeaderScope::Row).with_col_span(NonZeroU32::new(over)).into(),
        Role::Cell => Tag::TD.into(),
    }
}
