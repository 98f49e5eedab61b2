//! Letters go to a mail server that speaks SMTP (RFC 5321) on loopback.

use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use mail_parser::MessageParser;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};
use vayla_domain::{booking::Who, money::EURO};
use vayla_services::{
    Services,
    mail::Post,
    outbox::{self, Queue},
};

use crate::{Town, aino};

on_both_engines! {
    a_letter_is_handed_over_to_a_mail_server,
    a_mail_server_that_says_later_is_asked_later,
}

/// What a mail server has been handed: from, to and the message.
type Received = Arc<Mutex<Vec<(String, String, String)>>>;

/// Takes letters, after it has said "later" to the first `later` senders. Returns its address.
async fn mail_server(later: usize) -> (String, Received) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("smtp://{}", listener.local_addr().expect("its number"));
    let received = Received::default();
    let box_of_letters = Arc::clone(&received);
    tokio::spawn(async move {
        for talk in 0.. {
            let (caller, _) = listener.accept().await.expect("a caller");
            converse(caller, talk < later, &box_of_letters).await;
        }
    });
    (url, received)
}

async fn converse(mut caller: TcpStream, later: bool, received: &Received) {
    let (read, mut write) = caller.split();
    let (mut lines, mut from, mut to) = (BufReader::new(read).lines(), String::new(), String::new());
    let mut answer = "220 mail.example ESMTP";
    loop {
        write.write_all(format!("{answer}\r\n").as_bytes()).await.expect("to answer");
        let Ok(Some(line)) = lines.next_line().await else { return };
        answer = match line.split([':', ' ']).next().unwrap_or_default() {
            "EHLO" => "250 mail.example",
            "MAIL" if later => "451 4.7.1 try again later",
            "MAIL" => {
                from = line;
                "250 ok"
            }
            "RCPT" => {
                to = line;
                "250 ok"
            }
            "DATA" => {
                write.write_all(b"354 go ahead\r\n").await.expect("to answer");
                let mut message = String::new();
                while let Ok(Some(line)) = lines.next_line().await
                    && line != "."
                {
                    message.push_str(line.strip_prefix('.').unwrap_or(&line));
                    message.push_str("\r\n");
                }
                received.lock().expect("the box").push((from.clone(), to.clone(), message));
                "250 kept"
            }
            _ => "250 ok",
        };
    }
}

async fn by_smtp(town: &Town, url: &str) -> Services {
    let post = Post::smtp(url, "vayla@example.org").expect("an address");
    let services = &town.services;
    Services::open(services.db.clone(), services.clock.clone(), services.secret.clone(), &town.base_url, post)
        .await
        .expect("the places")
}

async fn a_letter_is_handed_over_to_a_mail_server(town: &Town) {
    let (url, received) = mail_server(0).await;
    let services = by_smtp(town, &url).await;
    let name = "Åsa <script> 🏒 Näätänen";
    let booking = town.book(&town.ice_in_tornio(), Who { name: name.to_owned(), ..aino() }, EURO).await;
    assert_eq!(outbox::deliver_due(&services, Queue::Letters).await.expect("the outbox"), 1);
    assert_eq!(outbox::deliver_due(&services, Queue::Letters).await.expect("the outbox"), 0);
    let received = received.lock().expect("the box").clone();
    let [(from, to, message)] = received.as_slice() else { panic!("one letter, and not {received:#?}") };
    assert!(from.starts_with("MAIL FROM:<vayla@example.org>"), "{from}");
    assert_eq!(to, "RCPT TO:<aino@example.fi>");
    assert!(message.is_ascii() && message.lines().all(|line| line.len() <= 998), "{message}");
    let message = MessageParser::default().parse(message.as_bytes()).expect("a mail message");
    assert_eq!(message.to().and_then(|to| to.first()).and_then(|to| to.name()), Some(name));
    let text = message.body_text(0).expect("a text");
    assert!(text.contains(name) && text.contains(&booking.reference), "{text}");
}

async fn a_mail_server_that_says_later_is_asked_later(town: &Town) {
    let (url, received) = mail_server(1).await;
    let services = by_smtp(town, &url).await;
    town.book(&town.ice_in_tornio(), aino(), EURO).await;
    outbox::deliver_due(&services, Queue::Letters).await.expect("the outbox");
    assert!(received.lock().expect("the box").is_empty());
    assert_eq!(town.count("SELECT COUNT(*) FROM outbox WHERE last_error LIKE '%try again later%'").await, 1);
    town.clock.advance(TimeDelta::seconds(10));
    outbox::deliver_due(&services, Queue::Letters).await.expect("the outbox");
    assert_eq!(received.lock().expect("the box").len(), 1);
    assert_eq!(
        town.count("SELECT COUNT(*) FROM outbox WHERE done_at IS NOT NULL AND last_error IS NULL").await,
        1
    );
}
