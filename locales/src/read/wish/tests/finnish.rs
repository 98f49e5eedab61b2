use vayla_domain::language::Language;

use super::check;

#[test]
fn whole_wishes() {
    check(
        Language::Fi,
        &[
            (
                "kaksi tuntia, vähintään puoli salia, tiistaina tai torstaina klo 17 jälkeen, kummassa kaupungissa \
                 vain, seuraavat kolme viikkoa",
                "120min 50% hall Tue,Thu 17:00- 11-25..12-15",
            ),
            ("jäätä Haaparannalla la-su klo 9-12, 10 henkilöä", "ice Sat,Sun 9:00-12:00 haparanda 10p"),
            ("koko halli huomenna illalla", "100% hall 17:00-22:00 11-26..11-26"),
            (
                "Moi! Meitä on 12 ja haluaisimme pelata salibandya Torniossa torstaisin klo 18–20.",
                "hall Thu 18:00-20:00 tornio 12p ?pelata",
            ),
            (
                "uimahalli Ruotsin puolella ensi viikolla, arkisin ennen klo 15",
                "pool Mon,Tue,Wed,Thu,Fri -15:00 haparanda 11-30..12-06",
            ),
            ("jää 90 min viikonloppuisin joulukuussa, puoli kenttää", "90min 50% ice Sat,Sun 12-01..12-31"),
            (
                "etsin kolmasosaa salista 25 hengelle ma–pe klo 16 ja 19 välillä",
                "33% hall Mon,Tue,Wed,Thu,Fri 16:00-19:00 25p",
            ),
            ("tenniskenttä huomisaamuna", "court 6:00-9:00 11-26..11-26"),
            ("tänä iltana tunnin jäävuoro", "60min ice 17:00-22:00 11-25..11-25"),
            (
                "jalkapalloa Torniossa tai Haaparannalla torstaina 26. marraskuuta klo 17",
                "field 17:00- 11-26..11-26",
            ),
        ],
    );
}

#[test]
fn lengths() {
    check(
        Language::Fi,
        &[
            ("puolitoista tuntia", "90min"),
            ("kaksi ja puoli tuntia", "150min"),
            ("puolen tunnin vuoro", "30min"),
            ("1 t 30 min", "90min"),
            ("tunniksi", "60min"),
            ("parin tunnin vuoro", "?parin|tunnin"),
            ("45 minuuttia", "45min"),
            ("kolme varttia", "45min"),
            ("klo 17 tunniksi", "60min 17:00-"),
            ("17 tunti", "?17|tunti"),
            ("kahdeksi tunniksi", "120min"),
            ("enintään kaksi tuntia", "?enintään kaksi tuntia"),
        ],
    );
}

#[test]
fn shares_and_people() {
    check(
        Language::Fi,
        &[
            ("koko sali", "100% hall"),
            ("puolet salista", "50% hall"),
            ("puolikas kenttää", "50% field"),
            ("neljännes hallista", "25% hall"),
            ("kolme neljäsosaa", "75%"),
            ("vähintään 30 prosenttia", "30%"),
            ("12 hengen ryhmä", "12p"),
            ("meitä on kymmenen", "10p"),
            ("10-15 pelaajaa", "15p"),
            ("jopa 20 henkilöä", "20p"),
            ("yli 20 henkilöä", "?yli 20 henkilöä"),
        ],
    );
}

#[test]
fn days() {
    check(
        Language::Fi,
        &[
            ("ma, ke ja pe", "Mon,Wed,Fri"),
            ("ti tai to", "Tue,Thu"),
            ("mikä on vapaa", "?mikä"),
            ("maanantaista keskiviikkoon", "Mon,Tue,Wed"),
            ("arki-iltaisin paitsi perjantaisin", "Mon,Tue,Wed,Thu 17:00-22:00"),
            ("ei sunnuntaina", "Mon,Tue,Wed,Thu,Fri,Sat"),
            ("maanantai ei käy", "Tue,Wed,Thu,Fri,Sat,Sun"),
            ("tänään", "11-25..11-25"),
            ("tänään tai huomenna", "11-25..11-26"),
            ("ylihuomenna", "11-27..11-27"),
            ("tällä viikolla", "11-25..11-29"),
            ("kuukauden sisällä", "?kuukauden|sisällä"),
            ("kahden viikon sisällä", "11-25..12-08"),
            ("lähimmän viikon aikana", "11-25..12-01"),
            ("viikolla 48", "11-25..11-29"),
            ("vko 50-51", "12-07..12-20"),
            ("ensi kuussa", "12-01..12-31"),
            ("tammi–helmikuussa", "2027-01-01..2027-02-28"),
            ("tammikuussa", "2027-01-01..2027-01-31"),
        ],
    );
}

#[test]
fn dates() {
    check(
        Language::Fi,
        &[
            ("26.11.", "11-26..11-26"),
            ("to 26.11.", "11-26..11-26"),
            ("26. marraskuuta", "11-26..11-26"),
            ("1.–15.12.", "12-01..12-15"),
            ("1.12.-15.12.", "12-01..12-15"),
            ("1.12.2026–7.1.2027", "12-01..2027-01-07"),
            ("1.12. alkaen", "12-01.."),
            ("15.12. asti", "..12-15"),
            ("1.12. alkaen 15.12. saakka", "12-01..12-15"),
            ("1.12. jälkeen", "12-02.."),
            ("ennen 15. joulukuuta", "..12-14"),
        ],
    );
}

#[test]
fn times() {
    check(
        Language::Fi,
        &[
            ("17 alkaen", "17:00-"),
            ("alkaen klo 17", "17:00-"),
            ("klo17.30", "17:30-"),
            ("17:n jälkeen", "17:00-"),
            ("klo 17:stä 20:een", "17:00-20:00"),
            ("klo 20 mennessä", "-20:00"),
            ("aikaisintaan 17 ja viimeistään 21", "17:00-21:00"),
            ("ei ennen klo 17", "17:00-"),
            ("klo puoli kuusi", "17:30-"),
            ("puoli kuuden jälkeen", "17:30-"),
            ("viiden jälkeen", "17:00-"),
            ("kuudelta", "18:00-"),
            ("puoli kahdeksalta illalla", "19:30-22:00"),
            ("kello 8 illalla", "20:00-22:00"),
            ("lauantai-iltana klo 18 jälkeen", "Sat 18:00-22:00"),
            ("aamupäivällä", "9:00-12:00"),
            ("iltapäivisin", "12:00-17:00"),
            ("lounasaikaan", "11:00-13:00"),
            ("klo 8.05–9.10", "8:05-9:10"),
        ],
    );
}

#[test]
fn places() {
    check(
        Language::Fi,
        &[
            ("Haaparannalta", "haparanda"),
            ("Tornioon", "tornio"),
            ("Suomen puolella", "tornio"),
            ("Ruotsissa", "haparanda"),
            ("kummalla puolella tahansa", ""),
            ("kaupungilla ei ole väliä", "?kaupungilla"),
        ],
    );
}
