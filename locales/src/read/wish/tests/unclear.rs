//! What has no one clear meaning is handed back, and never guessed.

use vayla_domain::language::Language;

use super::{check, read};

#[test]
fn contradictions() {
    check(
        Language::Sv,
        &[
            ("två timmar is, eller 3 timmar", "ice ?två timmar|3 timmar"),
            ("halva hallen eller hela hallen", "hall ?halva|hela"),
            ("is eller simhall", "?is|simhall"),
            ("efter 17, efter 18", "?efter 17|efter 18"),
            ("ti 17–19 och to 18–20", "Tue,Thu ?17–19|18–20"),
            ("efter 20 före 18", "?efter 20|före 18"),
            ("morgon eller kväll", "?morgon|kväll"),
            ("kl 17 på morgonen", "?kl 17|morgonen"),
            ("onsdag 26/11", "?onsdag 26/11"),
            ("imorgon på fredag", "?imorgon|fredag"),
            ("26/11 och 30/11", "?26/11|30/11"),
            ("från 15/12 till 1/12", "?från 15/12 till 1/12"),
            ("i december, kommande tre veckor", "?december|kommande tre veckor"),
            ("båda städerna, i Torneå", "?båda städerna|Torneå"),
            ("10 barn och 2 vuxna", "?10 barn|2 vuxna"),
            ("måndag, utom måndag", "?måndag|utom måndag"),
        ],
    );
}

#[test]
fn words_that_bend_their_neighbour() {
    check(
        Language::Sv,
        &[
            ("vi är 12 från Torneå som vill ha is", "ice 12p ?från Torneå"),
            ("om två timmar", "?om två timmar"),
            ("över 2 timmar", "?över 2 timmar"),
            ("högst halva hallen", "hall ?högst halva"),
            ("efter lunch", "?efter lunch"),
            ("efter hockeyn", "?efter hockeyn"),
            ("till fredag", "?till fredag"),
            ("från måndag", "?från måndag"),
            ("hela kvällen", "?hela kvällen"),
            ("nära Torneå", "?nära Torneå"),
            ("till 10 personer", "10p"),
            ("10+2 personer", "?10+2 personer"),
            ("en kvart över fem", "?en kvart|över|fem"),
            ("1-2 timmar", "?1-2 timmar"),
            ("en timme eller två, is", "ice ?en timme eller två"),
            ("bor i Haparanda", "?bor i Haparanda"),
        ],
    );
    check(
        Language::Fi,
        &[
            ("kahden tunnin päästä", "?kahden tunnin päästä"),
            ("maanantain jälkeen", "?maanantain|jälkeen"),
            ("perjantaihin mennessä", "?perjantaihin|mennessä"),
            ("joulukuun jälkeen", "?joulukuun jälkeen"),
            ("jääkiekon jälkeen", "?jääkiekon jälkeen"),
        ],
    );
}

#[test]
fn a_not_is_never_a_yes() {
    check(
        Language::Sv,
        &[
            ("inte i Torneå", "?inte i Torneå"),
            ("is, inte simhall", "ice ?inte simhall"),
            ("utan is", "?utan is"),
            ("inte måndag utan tisdag", "?inte måndag utan tisdag"),
            ("måndag, tisdag går inte", "?måndag, tisdag går inte"),
            ("inte till och med måndag", "?inte till och med måndag"),
            ("inte bara måndag", "?inte bara måndag"),
            ("tisdag passar inte, men torsdag", "Thu"),
            ("torsdag men inte efter jul", "Thu ?inte efter|jul"),
        ],
    );
    check(
        Language::Fi,
        &[
            ("en pääse maanantaina", "?en pääse maanantaina"),
            ("en timme", "60min"),
            ("ei Tornioon, Haaparannalle", "haparanda ?ei Tornioon"),
        ],
    );
}

#[test]
fn what_is_two_things_at_once() {
    check(
        Language::Sv,
        &[
            ("tisdag 17", "Tue ?17"),
            ("kl 5", "?kl 5"),
            ("kl halv åtta", "?kl halv åtta"),
            ("kl halv åtta på kvällen", "19:30-22:00"),
            ("halv sex", "?halv|sex"),
            ("is 1/2", "ice ?1/2"),
            ("efter 17.10", "?efter 17.10"),
            ("17.10 jälkeen", "?17.10 jälkeen"),
            ("17.10–20", "17:10-20:00"),
            ("mellan 17.10 och 20.00", "17:10-20:00"),
            ("17.30", "17:30-"),
            ("tre veckor", "?tre|veckor"),
            ("nästa lördag", "Sat ?nästa"),
            ("kl 17 svensk tid", "17:00- ?svensk"),
            ("i jul", "?jul"),
            ("efter fem matcher", "?efter|fem|matcher"),
            ("26.11. 2000 personer", "11-26..11-26 2000p"),
            ("kl 25", "?25"),
            ("barn 7–9 år", "?barn|7–9|år"),
            ("7-9-åringar", "?7-9-åringar"),
            ("is 2-3 gånger efter 17", "ice 17:00- ?2-3|gånger"),
            ("500-600 kr", "?500-600|kr"),
            ("v 49 och 51", "?v|49|51"),
        ],
    );
}

#[test]
fn words_are_handed_back_as_typed() {
    check(
        Language::Sv,
        &[
            ("Träning för P12-laget, med bastu!", "?Träning|P12-laget|bastu"),
            ("🏒 <script>alert(1)</script>", "?🏒|<script>alert|1|</script>"),
            ("  ,.;  ", ""),
            ("", ""),
        ],
    );
}

#[test]
fn on_is_wednesday_in_swedish_alone() {
    assert_eq!(read("on", Language::Sv).weekdays, [chrono::Weekday::Wed]);
    assert_eq!(read("on", Language::Fi).weekdays, []);
}

#[test]
fn a_long_text_is_cut_between_words() {
    let text = format!("{}1000 personer", "is ".repeat(99));
    assert_eq!(read(&text, Language::Sv).people, None);
    assert_eq!(read(&text, Language::Sv).kind, Some("ice"));
    let text = format!("{}10 personer", "is ".repeat(96));
    assert_eq!(read(&text, Language::Sv).people, Some(10));
}
