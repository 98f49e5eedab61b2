//! Codes for cameras and scanners.

use qrcode::{Color, EcLevel, QrCode};

/// A picture that a machine reads, and what it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    pub name: String,
    pub modules: Modules,
}

/// Dark and light modules, row by row; bars are one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Modules {
    pub width: usize,
    dark: Vec<bool>,
}

/// The start of Code 128 in its set C, which holds two digits in a symbol.
const START_C: usize = 105;
const STOP: &str = "2331112";
/// How wide the bars and spaces of each symbol of Code 128 are, by its value (ISO/IEC 15417, table 1).
const SYMBOLS: [&str; 106] = [
    "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212", "221213",
    "221312", "231212", "112232", "122132", "122231", "113222", "123122", "123221", "223211", "221132",
    "221231", "213212", "223112", "312131", "311222", "321122", "321221", "312212", "322112", "322211",
    "212123", "212321", "232121", "111323", "131123", "131321", "112313", "132113", "132311", "211313",
    "231113", "231311", "112133", "112331", "132131", "113123", "113321", "133121", "313121", "211331",
    "231131", "213113", "213311", "213131", "311123", "311321", "331121", "312113", "312311", "332111",
    "314111", "221411", "431111", "111224", "111422", "121124", "121421", "141122", "141221", "112214",
    "112412", "122114", "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111",
    "111242", "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211", "212141",
    "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311", "113141",
    "114131", "311141", "411131", "211412", "211214", "211232",
];

impl Modules {
    /// A QR code of a text, of the level M that the banks ask for; `None` where the text is too long.
    #[must_use]
    pub fn squares(text: &str) -> Option<Self> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
        let dark = code.to_colors().into_iter().map(|color| color == Color::Dark).collect();
        Some(Self { width: code.width(), dark })
    }

    /// The bars of an even number of digits in Code 128 C; `None` of anything else.
    #[must_use]
    pub fn bars(digits: &str) -> Option<Self> {
        let values = pairs(digits)?;
        let check = values.iter().zip(1..).map(|(value, place)| value * place).sum::<usize>() + START_C;
        let symbols = [START_C].into_iter().chain(values).chain([check % 103]);
        let widths = symbols.flat_map(|symbol| SYMBOLS[symbol].chars()).chain(STOP.chars());
        let wide = |width: char| width.to_digit(10).map_or(0, |width| width as usize);
        let dark: Vec<bool> = widths
            .zip([true, false].into_iter().cycle())
            .flat_map(|(width, dark)| std::iter::repeat_n(dark, wide(width)))
            .collect();
        Some(Self { width: dark.len(), dark })
    }

    #[must_use]
    pub fn height(&self) -> usize {
        self.dark.len() / self.width.max(1)
    }

    #[must_use]
    pub fn is_bars(&self) -> bool {
        self.height() == 1
    }

    /// The dark modules as bars of one row: the column and the row where each begins, and how wide it is.
    pub fn runs(&self) -> impl Iterator<Item = (usize, usize, usize)> {
        self.dark.chunks(self.width.max(1)).enumerate().flat_map(|(row, modules)| {
            let mut column = 0;
            modules.chunk_by(|one, other| one == other).filter_map(move |run| {
                let from = column;
                column += run.len();
                run[0].then_some((from, row, run.len()))
            })
        })
    }
}

fn pairs(digits: &str) -> Option<Vec<usize>> {
    if digits.is_empty()
        || !digits.len().is_multiple_of(2)
        || !digits.bytes().all(|byte| byte.is_ascii_digit())
    {
        return None;
    }
    let value = |pair: &[u8]| usize::from(pair[0] - b'0') * 10 + usize::from(pair[1] - b'0');
    Some(digits.as_bytes().chunks(2).map(value).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(modules: &Modules) -> String {
        modules.dark.iter().map(|dark| if *dark { '#' } else { '.' }).collect()
    }

    #[test]
    fn bars_begin_and_end_as_the_standard_says_and_are_checked() {
        let bars = Modules::bars("1234").expect("bars");
        // Start C, 12, 34, the check (105 + 12 + 2 × 34) % 103 = 82, stop.
        assert_eq!(drawn(&bars), "##.#..###..#.##..###..#...#.##...#..#..####.##...###.#.##");
        assert!(bars.is_bars());
        for wrong in ["", "123", "12a4", "١٢"] {
            assert_eq!(Modules::bars(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_checks_of_the_guides_examples() {
        // "Pankkiviivakoodi-opas" prints them behind its codes.
        for (code, check) in [
            ("479440520200360820048831500000000868516259619897100612", 40),
            ("458101710000001220004829900000000559582243294671120131", 55),
        ] {
            let bars = drawn(&Modules::bars(code).expect("bars"));
            assert_eq!(bars.len(), (1 + 27 + 1) * 11 + 13);
            let width = |run: &[char]| char::from_digit(u32::try_from(run.len()).expect("few"), 10);
            let symbols: Vec<char> = bars.chars().collect();
            let check_symbol = &symbols[28 * 11..29 * 11];
            let widths: String = check_symbol.chunk_by(|one, other| one == other).filter_map(width).collect();
            assert_eq!(widths, SYMBOLS[check], "{code}");
        }
    }

    #[test]
    fn each_symbol_is_eleven_modules_of_three_bars_and_like_no_other() {
        for (place, symbol) in SYMBOLS.iter().enumerate() {
            let widths: Vec<u32> = symbol.chars().filter_map(|width| width.to_digit(10)).collect();
            assert_eq!((widths.len(), widths.iter().sum::<u32>()), (6, 11), "{symbol}");
            let bars: u32 = widths.iter().step_by(2).sum();
            assert_eq!(bars % 2, 0, "{symbol}: bars are even");
            assert!(!SYMBOLS[..place].contains(symbol), "{symbol}");
        }
    }

    #[test]
    fn runs_are_the_dark_modules() {
        let code = Modules::squares("BCD\n002").expect("a code");
        assert_eq!((code.width, code.height(), code.is_bars()), (21, 21, false));
        let mut dark = vec![false; code.dark.len()];
        for (column, row, width) in code.runs() {
            dark[row * code.width + column..][..width].fill(true);
        }
        assert_eq!(dark, code.dark);
    }
}
