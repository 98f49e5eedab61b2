//! A search that understands: in one's own words, in fields, and what is nearest when nothing is free.

use vayla_domain::Language;

use super::browser::Visitor;
use crate::{Town, aino};

on_both_engines! {
    a_wish_in_ones_own_words_is_read_said_back_and_met,
    what_is_not_understood_is_handed_back,
    the_fields_say_the_same,
    what_cannot_be_meant_comes_back_with_what_to_do,
    nothing_free_offers_what_is_nearest,
    what_is_nearest_has_room_for_as_many,
    new_words_take_the_place_of_what_was_asked_before,
}

/// Two hours, half a hall, Tuesday or Thursday after five, either town, for three weeks.
async fn a_wish_in_ones_own_words_is_read_said_back_and_met(town: &Town) {
    for (language, text) in [
        (
            Language::Sv,
            "två timmar, minst halva hallen, tisdag eller torsdag efter 17, båda städerna, kommande tre veckor",
        ),
        (
            Language::Fi,
            "kaksi tuntia, vähintään puoli salia, tiistaina tai torstaina klo 17 jälkeen, seuraavat kolme viikkoa",
        ),
    ] {
        let visitor = Visitor::new(town, language);
        let w = visitor.words();
        let page = visitor.get(&search(language, &[("text", text)])).await;
        assert_eq!(page.status, 200);
        page.says(&w.search_read()).says(&w.search_share_half()).says(&w.search_best_times());
        let form = page.form(&format!("/{}/", language.code()));
        let read =
            ["kind", "minutes", "share", "order", "town", "d1", "d2", "d4"].map(|name| form.value(name));
        assert_eq!(read, ["hall", "120", "50", "best", "", "", "1", "1"]);
        assert!(form.value("from").starts_with("17"), "{}", form.value("from"));
        assert_eq!(form.value("text"), "", "what was read stands in the fields now");
        // Tuesday comes first, at five, and no smaller than half a hall.
        let first = page.html.split("class=\"hit\"").nth(1).expect("a hit");
        assert!(first.contains("17"), "{first}");
        assert!(first.contains(if language == Language::Sv { "tis" } else { "ti " }), "{first}");
    }
}

fn search(language: Language, fields: &[(&str, &str)]) -> String {
    let query = fields.iter().map(|(name, value)| format!("{name}={}", value.replace(' ', "+")));
    format!("/{}/?{}", language.code(), query.collect::<Vec<_>>().join("&"))
}

async fn what_is_not_understood_is_handed_back(town: &Town) {
    for (language, text) in [(Language::Sv, "is med pirater"), (Language::Fi, "jäätä merirosvoille")] {
        let visitor = Visitor::new(town, language);
        let page = visitor.get(&search(language, &[("text", text)])).await;
        page.says(&visitor.words().search_read());
        let unknown = text.split(' ').next_back().expect("a word");
        page.says(&visitor.words().search_not_read(format!("”{unknown}”")));
        assert_eq!(page.form(&format!("/{}/", language.code())).value("kind"), "ice");
    }
}

async fn the_fields_say_the_same(town: &Town) {
    let fields = [
        ("kind", "ice"),
        ("minutes", "60"),
        ("d3", "1"),
        ("from", "18"),
        ("to", "20"),
        ("until", "2026-11-12"),
    ];
    let page = Visitor::new(town, Language::Sv).get(&search(Language::Sv, &fields)).await;
    assert_eq!(page.status, 200);
    let hits: Vec<&str> = page.html.split("class=\"hit\"").skip(1).collect();
    assert!(!hits.is_empty());
    // Wednesdays only, from six, over by eight.
    for hit in hits {
        assert!(hit.contains("ons"), "{hit}");
        assert!(
            ["18:00–19:00", "18:15–19:15", "18:30–19:30", "18:45–19:45", "19:00–20:00"]
                .iter()
                .any(|time| hit.contains(time)),
            "{hit}"
        );
    }
}

async fn what_cannot_be_meant_comes_back_with_what_to_do(town: &Town) {
    for language in Language::ALL {
        let visitor = Visitor::new(town, language);
        let w = visitor.words();
        let page = visitor.get(&search(language, &[("from", "18"), ("to", "17")])).await;
        page.is_sent_back(&visitor).says(&w.search_ends_too_soon());
        let page = visitor.get(&search(language, &[("date", "2026-11-20"), ("until", "2026-11-01")])).await;
        page.is_sent_back(&visitor).says(&w.search_until_before());
        let page = visitor.get(&search(language, &[("date", "2026-11-20"), ("until", "2027-02-01")])).await;
        page.is_sent_back(&visitor).says(&w.problem_search_too_long(31u64));
    }
}

async fn nothing_free_offers_what_is_nearest(town: &Town) {
    // Tornio's ice from six to nine on the one evening that is asked for is taken.
    let ice = town.wall_time("tornion-jaahalli", "hela-isen", "2026-11-04 18:00", 180);
    town.hold(ice.request_by(aino())).await;
    for language in Language::ALL {
        let visitor = Visitor::new(town, language);
        let fields = [
            ("kind", "ice"),
            ("town", "tornio"),
            ("date", "2026-11-04"),
            ("until", "2026-11-04"),
            ("from", "18"),
            ("to", "21"),
            ("minutes", "60"),
        ];
        let page = visitor.get(&search(language, &fields)).await;
        page.says(&visitor.words().search_nearest());
        assert!(page.html.contains("class=\"hit\""), "the nearest stand there");
    }
}

/// Haparanda's pools together take eighty-seven.
async fn what_is_nearest_has_room_for_as_many(town: &Town) {
    let pools = town.space("haparanda-simhall", "bada-bassangerna");
    for language in Language::ALL {
        let visitor = Visitor::new(town, language);
        let nearest = async |people| {
            let wish = [("kind", "pool"), ("from", "3"), ("to", "4"), ("people", people), ("more", "20")];
            let page = visitor.get(&search(language, &wish)).await;
            page.is(200).says(&visitor.words().search_nearest());
            page
        };
        nearest("87").await.says(pools.name.get(language));
        nearest("88").await.says_not(pools.name.get(language));
    }
}

async fn new_words_take_the_place_of_what_was_asked_before(town: &Town) {
    for (language, text, tomorrow) in
        [(Language::Sv, "tisdag efter 18", "imorgon"), (Language::Fi, "tiistaina klo 18 jälkeen", "huomenna")]
    {
        let visitor = Visitor::new(town, language);
        let before =
            [("d1", "1"), ("d5", "1"), ("date", "2026-11-02"), ("until", "2026-11-20"), ("to", "12")];
        let read = async |text| {
            let page = visitor.get(&search(language, &[&before[..], &[("text", text)]].concat())).await;
            page.is(200).form(&format!("/{}/", language.code()))
        };
        let form = read(text).await;
        assert_eq!(["d1", "d2", "d5", "to"].map(|name| form.value(name)), ["", "1", "", ""]);
        assert!(form.value("from").starts_with("18"), "{form:?}");
        assert!(form.value("until").contains("20"), "nothing was said of dates: {form:?}");
        let form = read(tomorrow).await;
        assert_eq!(form.value("date"), form.value("until"), "{form:?}");
        assert_eq!(
            ["d1", "d5", "to"].map(|name| form.value(name)),
            ["1", "1", "12"],
            "nothing was said of these"
        );
    }
}
