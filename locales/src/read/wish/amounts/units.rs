//! What numbers count.

use crate::read::wish::{
    dictionary::{self, Table},
    tokens::Token,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read::wish) enum Unit {
    Hour,
    /// A form that follows "one" alone.
    OneHour,
    Quarter,
    Minute,
    Day,
    Week,
    Month,
    Person,
    Percent,
    /// What isn't searched by.
    Other,
}

const UNITS: &Table<Unit> = &[
    (Unit::Hour, "timme timmar timmars timma timmes timmen tim h t tuntia tunnin tunniksi"),
    (Unit::OneHour, "tunti"),
    (Unit::Quarter, "kvart vartti varttia vartin"),
    (Unit::Minute, "min minut minuter minuters minuutti minuuttia minuutin minuutiksi"),
    (Unit::Day, "dag dagen dagar dagarna dagars pv päivä päivää päivän"),
    (Unit::Week, "vecka veckan veckor veckorna veckors v vk vko viikko viikkoa viikon"),
    (Unit::Month, "månad månaden månader månaderna kk kuukausi kuukautta kuukauden"),
    (Unit::Person, "person personer personers pers man spelare deltagare barn vuxna ungdomar"),
    (Unit::Person, "henkilö henkilöä henkilön henkilölle henkeä hengen hengelle hlö hlöä hlön ihmistä"),
    (Unit::Person, "ihmisen pelaaja pelaajaa pelaajan pelaajalle osallistujaa lasta lapsen lapselle"),
    (Unit::Person, "aikuista nuorta"),
    (Unit::Percent, "% procent prosenttia prosentin"),
    (Unit::Other, "år åringar åriga årig vuotta vuotiaat vuotiaille vuotiaita gånger ggr kertaa st kpl"),
    (Unit::Other, "kr kronor kruunua € eur euro euroa m meter metriä km kilometer"),
];

/// The unit that the tokens begin with.
pub(in crate::read::wish) fn unit(tokens: &[Token<'_>]) -> Option<(usize, Unit)> {
    dictionary::look_up(UNITS, tokens)
}
