//! What the server says of itself, what it has kept when it is killed, and its commands.

mod books;
mod breaks;
mod charges;
mod customers;
mod giving_back;
mod grants;
mod kill;
mod paid;
mod payouts;
mod program;
mod tariffs;
mod tokens;

use crate::Town;

on_both_engines! {
    the_server_is_alive_and_ready,
}

async fn the_server_is_alive_and_ready(town: &Town) {
    for path in ["/health/live", "/health/ready"] {
        let answer = town.client.get(format!("{}{path}", town.base_url)).send().await.expect("an answer");
        assert_eq!(answer.status(), 200, "{path}");
        assert_eq!(answer.text().await.expect("a text"), "ok\n");
    }
}
