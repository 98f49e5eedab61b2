//! The two weights of the font, how wide a text is in them, and where it breaks.

use std::sync::LazyLock;

use rustybuzz::{Face, UnicodeBuffer};

use super::PaperError;

static REGULAR: &[u8] = include_bytes!("../../../fonts/SourceSans3-Regular.ttf");
static SEMI_BOLD: &[u8] = include_bytes!("../../../fonts/SourceSans3-SemiBold.ttf");
static FACES: LazyLock<[Option<Face<'static>>; 2]> =
    LazyLock::new(|| [REGULAR, SEMI_BOLD].map(|bytes| Face::from_slice(bytes, 0)));

/// For a letter that the font doesn't have.
const UNKNOWN: char = '?';

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    Regular,
    SemiBold,
}

impl Weight {
    pub const fn bytes(self) -> &'static [u8] {
        match self {
            Self::Regular => REGULAR,
            Self::SemiBold => SEMI_BOLD,
        }
    }

    fn face(self) -> Result<&'static Face<'static>, PaperError> {
        FACES[self as usize].as_ref().ok_or(PaperError::Font)
    }

    /// How wide a text of a size is, both in hundredths of a point.
    pub fn width(self, size: i32, text: &str) -> Result<i32, PaperError> {
        let face = self.face()?;
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let shaped = rustybuzz::shape(face, &[], buffer);
        let advance: i32 = shaped.glyph_positions().iter().map(|glyph| glyph.x_advance).sum();
        Ok(advance * size / face.units_per_em())
    }

    /// The text in letters that the font has: people's names may have others.
    pub fn printable(self, text: &str) -> Result<String, PaperError> {
        let face = self.face()?;
        let printable = |letter: char| match letter {
            letter if letter.is_whitespace() && letter != '\u{a0}' => Some(' '),
            letter if letter.is_control() || is_invisible(letter) => None,
            letter => Some(if face.glyph_index(letter).is_some() { letter } else { UNKNOWN }),
        };
        Ok(text.chars().filter_map(printable).collect())
    }

    /// The text in lines of a width at most, broken at spaces; a word that is longer than a line stands
    /// out.
    pub fn lines(self, size: i32, text: &str, width: i32) -> Result<Vec<String>, PaperError> {
        let (text, mut lines) = (self.printable(text)?, Vec::new());
        let mut line = String::new();
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if !line.is_empty() && self.width(size, &longer)? > width {
                lines.push(std::mem::replace(&mut line, word.to_owned()));
            } else {
                line = longer;
            }
        }
        lines.extend((!line.is_empty()).then_some(line));
        Ok(lines)
    }
}

/// Marks of direction, joiners and soft hyphens, which draw nothing.
const fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces_and_never_in_an_amount() {
        let lines = |text: &str, width| Weight::Regular.lines(1000, text, width).expect("a font");
        let broken = ["Betalt: 1\u{a0}372,25\u{a0}kr", "till Haparanda"];
        assert_eq!(lines("Betalt: 1\u{a0}372,25\u{a0}kr till Haparanda", 8000), broken);
        assert_eq!(lines("", 8000), Vec::<String>::new());
        assert_eq!(lines("Liikuntapaikkavarausjärjestelmä", 1000).len(), 1);
    }

    #[test]
    fn letters_that_the_font_lacks_are_marked() {
        let check = |text: &str, printed: &str| {
            assert_eq!(Weight::SemiBold.printable(text).expect("a font"), printed);
        };
        check("Čáhppesjávri Åsa Мария Ö\u{a0}€ ≈ −", "Čáhppesjávri Åsa Мария Ö\u{a0}€ ≈ −");
        check("李\tx\u{200b}\u{0}", "? x");
    }

    #[test]
    fn figures_stand_under_each_other() {
        let width = |text: &str| Weight::Regular.width(1000, text).expect("a font");
        assert_eq!(width("111,11"), width("888,88"));
        assert!(width("Å") > 0);
    }
}
