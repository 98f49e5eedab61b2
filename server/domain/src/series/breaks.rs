//! The breaks of a town's schools, as the town writes them.

use super::Break;

pub const BREAKS_MAX: usize = 100;
pub const BREAK_NAME_MAX: usize = 100;

/// What is wrong with a break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BreakProblem {
    #[error("a town has at most {max} breaks")]
    TooMany { max: usize },
    #[error("it ends before it begins")]
    Backwards,
    #[error("it has days of another in it")]
    Overlaps,
    #[error("it has a name of 1 to {max} letters in each language")]
    Name { max: usize },
}

/// The breaks in the order of the calendar.
///
/// # Errors
/// The place in the list of the first that is wrong, and what is wrong with it.
pub fn breaks_in_order(breaks: Vec<Break>) -> Result<Vec<Break>, (usize, BreakProblem)> {
    if breaks.len() > BREAKS_MAX {
        return Err((BREAKS_MAX, BreakProblem::TooMany { max: BREAKS_MAX }));
    }
    let mut placed: Vec<(usize, Break)> = breaks.into_iter().enumerate().collect();
    for (place, pause) in &placed {
        pause.check().map_err(|problem| (*place, problem))?;
    }
    placed.sort_by_key(|(_, pause)| pause.from);
    if let Some([_, (place, _)]) = placed.array_windows().find(|[(_, one), (_, next)]| next.from <= one.to) {
        return Err((*place, BreakProblem::Overlaps));
    }
    Ok(placed.into_iter().map(|(_, pause)| pause).collect())
}

impl Break {
    fn check(&self) -> Result<(), BreakProblem> {
        let is_name = |name: &str| {
            !name.trim().is_empty()
                && name.chars().count() <= BREAK_NAME_MAX
                && !name.contains(char::is_control)
        };
        if self.to < self.from {
            return Err(BreakProblem::Backwards);
        }
        if !is_name(&self.name.sv) || !is_name(&self.name.fi) {
            return Err(BreakProblem::Name { max: BREAK_NAME_MAX });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Bilingual;

    fn pause(from: &str, to: &str) -> Break {
        let name = Bilingual { sv: "sportlov".to_owned(), fi: "hiihtoloma".to_owned() };
        Break { from: from.parse().expect("a date"), to: to.parse().expect("a date"), name }
    }

    fn check(breaks: &[Break], expected: Result<usize, (usize, BreakProblem)>) {
        assert_eq!(breaks_in_order(breaks.to_vec()).map(|breaks| breaks.len()), expected, "{breaks:?}");
    }

    #[test]
    fn breaks_come_in_order_and_apart() {
        let (spring, autumn) = (pause("2027-03-01", "2027-03-07"), pause("2026-10-26", "2026-11-01"));
        assert_eq!(
            breaks_in_order(vec![spring.clone(), autumn.clone()]),
            Ok(vec![autumn.clone(), spring.clone()])
        );
        check(&[spring.clone(), pause("2027-03-08", "2027-03-08")], Ok(2));
        check(&[spring.clone(), pause("2027-03-07", "2027-03-08")], Err((1, BreakProblem::Overlaps)));
        check(&[spring.clone(), autumn, spring.clone()], Err((2, BreakProblem::Overlaps)));
        check(&[spring, pause("2027-03-08", "2027-03-07")], Err((1, BreakProblem::Backwards)));
    }

    #[test]
    fn a_break_has_a_name_in_both_languages() {
        let named = |sv: &str, fi: &str| {
            let name = Bilingual { sv: sv.to_owned(), fi: fi.to_owned() };
            Break { name, ..pause("2027-03-01", "2027-03-07") }
        };
        let problem = BreakProblem::Name { max: BREAK_NAME_MAX };
        check(&[named("sportlov", " ")], Err((0, problem)));
        check(&[named("sport\nlov", "hiihtoloma")], Err((0, problem)));
        check(&[named(&"ä".repeat(100), "hiihtoloma")], Ok(1));
        check(&[named(&"ä".repeat(101), "hiihtoloma")], Err((0, problem)));
    }

    #[test]
    fn a_town_has_so_many_at_most() {
        let days: Vec<_> =
            "2027-01-01".parse::<chrono::NaiveDate>().expect("a date").iter_days().take(101).collect();
        let name = pause("2027-01-01", "2027-01-01").name;
        let breaks: Vec<Break> =
            days.iter().map(|day| Break { from: *day, to: *day, name: name.clone() }).collect();
        check(&breaks[..100], Ok(100));
        check(&breaks, Err((100, BreakProblem::TooMany { max: BREAKS_MAX })));
    }
}
