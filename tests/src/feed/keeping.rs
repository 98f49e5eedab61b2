//! What a program has is not sent again, and a link that isn't ours opens nothing.

use vayla_domain::{Language, money::EURO};
use vayla_locales::words;

use super::follower::{follow, follow_with, talkative};
use crate::{Town, aino, pages::browser::Visitor};

on_both_engines! {
    what_a_program_has_is_not_sent_again,
    whoever_passes_it_on_may_keep_what_is_everybodys,
    a_link_that_is_not_ours_opens_nothing,
    whatever_has_been_followed_nothing_has_changed,
}

async fn what_a_program_has_is_not_sent_again(town: &Town) {
    let booking = town.book(&town.ice_in_tornio(), aino(), EURO).await;
    let link = town.links(Language::Fi, "aino@example.fi").await.remove(0);
    let first = follow(town, &link).await;
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with("W/\"") && tag.len() == 36, "{tag}");
    assert_eq!(first.header("content-type"), "text/calendar; charset=utf-8");
    // Later it is the same to the byte: nothing in it is of the moment.
    town.clock.advance_minutes(61);
    let again = follow(town, &link).await;
    assert_eq!((again.text.as_str(), again.header("etag")), (first.text.as_str(), tag.as_str()));
    let known = follow_with(town, &link, &[("if-none-match", &tag)]).await;
    assert_eq!((known.status, known.text.as_str(), known.header("etag")), (304, "", tag.as_str()));
    assert_eq!(known.header("cache-control"), "private, max-age=300");
    assert_eq!(follow_with(town, &link, &[("if-none-match", "\"other\"")]).await.text, first.text);
    town.cancel(booking.id).await;
    let changed = follow_with(town, &link, &[("if-none-match", &tag)]).await;
    assert_eq!(changed.status, 200);
    assert_ne!(changed.header("etag"), tag);
    // The single file, too.
    let path = format!("/fi/varaus/{}/kalenteri.ics", town.services.secret.manage_token(booking.id));
    let visitor = Visitor::new(town, Language::Fi);
    let one = visitor.get(&path).await;
    town.clock.advance_minutes(1);
    assert_eq!(visitor.get(&path).await.html, one.html);
}

async fn whoever_passes_it_on_may_keep_what_is_everybodys(town: &Town) {
    town.book_for_club(&town.ice_in_tornio(), talkative()).await;
    let own = town.links(Language::Sv, "asa@example.se").await;
    let page = Visitor::new(town, Language::Sv).get("/sv/anlaggningar/tornion-jaahalli").await;
    let public = page.links("/api/v1/feeds/");
    assert_eq!((own.len(), public.len()), (2, 2));
    for link in own {
        assert_eq!(follow(town, &link).await.header("cache-control"), "private, max-age=300");
    }
    for link in public {
        assert_eq!(follow(town, &link).await.header("cache-control"), "public, max-age=300");
    }
}

async fn a_link_that_is_not_ours_opens_nothing(town: &Town) {
    let booking = town.book_for_club(&town.ice_in_tornio(), talkative()).await;
    let links = town.links(Language::Sv, "asa@example.se").await;
    let token =
        |link: &str| link.rsplit('/').next().and_then(|file| file.strip_suffix(".ics")).map(str::to_owned);
    let [person, club] = [&links[0], &links[1]].map(|link| token(link).expect("a token"));
    let manage = town.services.secret.manage_token(booking.id);
    // The club's content with the person's signature, a changed letter, another kind of token, none at all.
    let mixed = format!("{}{}", &person[..26], &club[26..]);
    let changed = format!("B{}", &person[1..]);
    let unknown = vayla_services::feed::Feed::Person(booking.id).url(&town.services, Language::Sv);
    let unknown = token(&unknown).expect("a token");
    for forged in [&mixed, &changed, &manage, &unknown, &booking.id.to_string(), "", "%ff", "å"] {
        for name in [format!("{forged}.ics"), forged.to_owned()] {
            let path = format!("{}/api/v1/feeds/{name}", town.base_url);
            let refused = follow_with(town, &path, &[("accept-language", "fi")]).await;
            assert_eq!(refused.status, 404, "{name}: {}", refused.text);
            assert_eq!(refused.header("content-type"), "application/problem+json", "{name}");
            assert!(refused.text.contains(&words(Language::Fi).problem_not_found()), "{}", refused.text);
        }
    }
    assert_eq!(follow(town, links[0].trim_end_matches(".ics")).await.status, 404);
    assert_eq!(follow(town, &format!("{}?language=fi", links[0])).await.status, 400);
    // Nor does a feed's link manage anything.
    let visitor = Visitor::new(town, Language::Sv);
    visitor.get(&format!("/sv/bokning/{person}")).await.is(404);
    visitor.get(&format!("/sv/bokning/{manage}")).await.is(200);
    // An address that is gone is followed no more.
    crate::sql!(town, c => sqlx::query("DELETE FROM feed").execute(c).await.map(drop)).expect("the table");
    assert_eq!(follow(town, &links[0]).await.status, 404);
}

async fn whatever_has_been_followed_nothing_has_changed(town: &Town) {
    use crate::pages::contents::{contents, is_still};
    town.book_for_club(&town.ice_in_tornio(), talkative()).await;
    let links = town.links(Language::Sv, "asa@example.se").await;
    let before = contents(town).await;
    for link in links {
        assert_eq!(follow(town, &link).await.status, 200);
        town.client.head(&link).send().await.expect("an answer");
    }
    is_still(town, &before).await;
}
