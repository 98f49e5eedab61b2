use super::{read, tell};
use vayla_domain::language::Language;
#[test]
fn explore() {
    for line in std::fs::read_to_string("/tmp/wish.txt").unwrap().lines() {
        let (l, t) = line.split_at(3);
        let language = if l == "sv " { Language::Sv } else { Language::Fi };
        eprintln!("{t:70} => {}", tell(&read(t, language)));
    }
}
