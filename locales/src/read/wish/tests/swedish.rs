use vayla_domain::language::Language;

use super::check;

#[test]
fn whole_wishes() {
    check(
        Language::Sv,
        &[
            (
                "två timmar, minst halva hallen, tisdag eller torsdag efter 17, båda städerna, kommande tre veckor",
                "120min 50% hall Tue,Thu 17:00- 11-25..12-15",
            ),
            ("is i Torneå på lördag förmiddag 1,5 h", "90min ice Sat 9:00-12:00 tornio"),
            ("hela hallen imorgon kväll", "100% hall 17:00-22:00 11-26..11-26"),
            (
                "Hej! Vi är 12 som vill spela innebandy i Haparanda på torsdagar kl. 18–20.",
                "hall Thu 18:00-20:00 haparanda 12p ?spela",
            ),
            (
                "Simhallen på svenska sidan nästa vecka, vardagar före kl 15",
                "pool Mon,Tue,Wed,Thu,Fri -15:00 haparanda 11-30..12-06",
            ),
            ("is 90 min, helgerna i december, en halv plan", "90min 50% ice Sat,Sun 12-01..12-31"),
            (
                "Jag söker en tredjedel av en hall för 25 personer mån–fre mellan 16 och 19",
                "33% hall Mon,Tue,Wed,Thu,Fri 16:00-19:00 25p",
            ),
            ("tennisbana i morgon bitti", "court 6:00-9:00 11-26..11-26"),
            ("ikväll en timme is", "60min ice 17:00-22:00 11-25..11-25"),
            (
                "gränslöst: fotboll i Haparanda eller Torneå, torsdag den 26 november kl 17",
                "field 17:00- 11-26..11-26 ?gränslöst",
            ),
        ],
    );
}

#[test]
fn lengths() {
    check(
        Language::Sv,
        &[
            ("en och en halv timme", "90min"),
            ("ett par timmar", "?par|timmar"),
            ("1 tim 30 min", "90min"),
            ("1h30", "90min"),
            ("1 h 30", "90min"),
            ("2½ timmar", "150min"),
            ("tre kvart", "45min"),
            ("2 timmar 30 november", "120min 11-30..11-30"),
            ("1 h 15.00", "60min 15:00-"),
            ("halvtimme", "30min"),
            ("1/2 timme is", "30min ice"),
            ("en timme och en kvart", "75min"),
            ("timme", "60min"),
            ("2h kl 17", "120min 17:00-"),
            ("20 min", "?20 min"),
            ("25 timmar", "?25 timmar"),
            ("0 timmar", "?0 timmar"),
        ],
    );
}

#[test]
fn shares_and_people() {
    check(
        Language::Sv,
        &[
            ("minst halva", "50%"),
            ("hälften av hallen", "50% hall"),
            ("två tredjedelar av planen", "66% field"),
            ("minst 1/4 av hallen", "25% hall"),
            ("50 %", "50%"),
            ("minst 75 procent av isen", "75% ice"),
            ("is, hela hallen", "100% ice"),
            ("halv plan i fotbollshallen", "50% field"),
            ("10–12 personer", "12p"),
            ("högst 20 personer", "20p"),
            ("vi blir tolv på lördag", "Sat 12p"),
            ("vi är en grupp på 15", "15p"),
            ("1 500 personer", "1500p"),
            ("6000 personer", "?6000 personer"),
        ],
    );
}

#[test]
fn days() {
    check(
        Language::Sv,
        &[
            ("mån, ons och fre.", "Mon,Wed,Fri"),
            ("on eller to", "Wed,Thu"),
            ("från måndag till onsdag", "Mon,Tue,Wed"),
            ("lör–mån", "Mon,Sat,Sun"),
            ("lör + sön", "Sat,Sun"),
            ("vardagskvällar utom fredag", "Mon,Tue,Wed,Thu 17:00-22:00"),
            ("inte söndag", "Mon,Tue,Wed,Thu,Fri,Sat"),
            ("på måndag går inte", "Tue,Wed,Thu,Fri,Sat,Sun"),
            ("idag", "11-25..11-25"),
            ("idag eller imorgon", "11-25..11-26"),
            ("i övermorgon", "11-27..11-27"),
            ("den här veckan", "11-25..11-29"),
            ("inom en månad", "11-25..12-24"),
            ("närmaste veckan", "11-25..12-01"),
            ("10 dagar framåt", "11-25..12-04"),
            ("vecka 48", "11-25..11-29"),
            ("vecka 49 och 50, 2 h", "120min 11-30..12-13"),
            ("december–januari", "12-01..2027-01-31"),
            ("v47", "2027-11-22..2027-11-28"),
            ("v 52–1", "12-21..2027-01-10"),
            ("november", "11-25..11-30"),
            ("i januari 2028", "2028-01-01..2028-01-31"),
        ],
    );
}

#[test]
fn dates() {
    check(
        Language::Sv,
        &[
            ("26/11", "11-26..11-26"),
            ("2026-11-26", "11-26..11-26"),
            ("2026-11-26–2026-12-15", "11-26..12-15"),
            ("tors 26 nov.", "11-26..11-26"),
            ("den 1:a december", "12-01..12-01"),
            ("1–15 december", "12-01..12-15"),
            ("från den 1 till den 15 december", "12-01..12-15"),
            ("mellan 1/12 och 15/12", "12-01..12-15"),
            ("fre 4 – sön 6 december", "12-04..12-06"),
            ("20/12–7/1", "12-20..2027-01-07"),
            ("15/11–30/11", "11-25..11-30"),
            ("från och med 1 december", "12-01.."),
            ("efter den 1 december", "12-02.."),
            ("fram till 15.12.", "..12-15"),
            ("före den 15 december", "..12-14"),
            ("fr.o.m. 1/12 t.o.m. 15/12", "12-01..12-15"),
            ("till söndag 29/11", "..11-29"),
        ],
    );
}

#[test]
fn times() {
    check(
        Language::Sv,
        &[
            ("från kl 17", "17:00-"),
            ("kl.17", "17:00-"),
            ("kl17.30", "17:30-"),
            ("17:15", "17:15-"),
            ("tidigast 17 och senast 21", "17:00-21:00"),
            ("17-24", "17:00-24:00"),
            ("17 till 20", "17:00-20:00"),
            ("inte före kl 17", "17:00-"),
            ("innan 20", "-20:00"),
            ("efter halv sex", "17:30-"),
            ("kl halv elva", "10:30-"),
            ("efter fem på tisdagar", "Tue 17:00-"),
            ("kl 6 på kvällen", "18:00-22:00"),
            ("kl 8 på morgonen", "8:00-9:00"),
            ("lördagskväll efter 18", "Sat 18:00-22:00"),
            ("kväll 6 timmar", "360min 17:00-"),
            ("6–22", "6:00-22:00"),
            ("kl 06", "6:00-"),
            ("börjar kl 17 och slutar senast 20", "17:00-20:00"),
            ("start 1/12", "12-01.."),
            ("eftermiddag", "12:00-17:00"),
            ("lunch", "11:00-13:00"),
        ],
    );
}

#[test]
fn places() {
    check(
        Language::Sv,
        &[
            ("i Haparanda", "haparanda"),
            ("på Torneåsidan", "tornio"),
            ("i Finland", "tornio"),
            ("Haparanda/Torneå", ""),
            ("Tornio", "tornio"),
            ("oavsett stad", ""),
        ],
    );
}
