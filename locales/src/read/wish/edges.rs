//! What binds a time or date to one side: `efter`, `fram till`, `alkaen`.

use super::{
    dictionary::{self, Table},
    tokens::Token,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    /// That time or date and later.
    From,
    /// The same for times; of dates, those after it.
    After,
    /// Up to and with it.
    Until,
    /// The same for times; of dates, those before it.
    Before,
    Between,
}

const LEADING: &Table<Edge> = &[
    (Edge::From, "från från_och_med fr.o.m fom from tidigast tidigast_från aikaisintaan alkaen alk"),
    (Edge::From, "start med_start starta startar börja börjar alkaa"),
    (Edge::From, "inte_före inte_innan ej_före inte_tidigare_än ej_tidigare_än ei_ennen"),
    (Edge::From, "ei_aikaisemmin_kuin ei_aiemmin_kuin"),
    (Edge::After, "efter"),
    (Edge::Until, "till till_och_med t.o.m tom fram_till tills senast viimeistään"),
    (Edge::Until, "slut slutar sluta slut_senast slutar_senast sluta_senast loppuu päättyy"),
    (Edge::Until, "loppuu_viimeistään päättyy_viimeistään"),
    (Edge::Until, "inte_efter ej_efter inte_senare_än ej_senare_än ei_myöhemmin_kuin"),
    (Edge::Before, "före innan ennen"),
    (Edge::Between, "mellan"),
];

const TRAILING: &Table<Edge> = &[
    (Edge::From, "alkaen alk lähtien eteenpäin framåt och_framåt och_senare ja_myöhemmin"),
    (Edge::After, "jälkeen jlk"),
    (Edge::Until, "asti saakka mennessä"),
];

/// The edge that the tokens begin with, before what it binds.
pub(super) fn leading(tokens: &[Token<'_>]) -> Option<(usize, Edge)> {
    dictionary::look_up(LEADING, tokens)
}

/// The edge that the tokens begin with, after what it binds.
pub(super) fn trailing(tokens: &[Token<'_>]) -> Option<(usize, Edge)> {
    dictionary::look_up(TRAILING, tokens)
}
