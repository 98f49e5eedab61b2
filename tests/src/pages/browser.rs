//! A browser without scripts: it reads what a page says, fills in its forms and follows its links.

use reqwest::{RequestBuilder, Response, header::HeaderMap};
use vayla_domain::Language;
use vayla_locales::{Words, words};

use crate::Town;

/// Somebody in front of the pages, who reads one of the languages.
pub struct Visitor<'a> {
    pub town: &'a Town,
    pub language: Language,
}

/// A page as it came.
#[derive(Debug)]
pub struct Sheet {
    pub address: String,
    pub status: u16,
    /// Where it sends the reader on to.
    pub location: Option<String>,
    pub headers: HeaderMap,
    pub html: String,
}

/// A form as it would be sent if nothing more were typed.
#[derive(Debug, Clone)]
pub struct Form {
    pub action: String,
    pub fields: Vec<(String, String)>,
    /// Its named buttons: one of them is sent when it is pressed.
    pub buttons: Vec<(String, String)>,
}

impl<'a> Visitor<'a> {
    pub const fn new(town: &'a Town, language: Language) -> Self {
        Self { town, language }
    }

    pub fn words(&self) -> &'static Words {
        words(self.language)
    }

    pub async fn get(&self, path: &str) -> Sheet {
        read(path, self.town.client.get(self.url(path))).await
    }

    pub async fn send(&self, form: &Form) -> Sheet {
        self.post(&form.action, &form.fields).await
    }

    pub async fn post<K: AsRef<str>, V: AsRef<str>>(&self, path: &str, fields: &[(K, V)]) -> Sheet {
        let fields: Vec<(&str, &str)> =
            fields.iter().map(|(name, value)| (name.as_ref(), value.as_ref())).collect();
        read(path, self.town.client.post(self.url(path)).form(&fields)).await
    }

    /// The page that a sheet sends on to.
    pub async fn follow(&self, sheet: &Sheet) -> Sheet {
        assert_eq!(sheet.status, 303, "{sheet:#?}");
        self.get(sheet.location.as_ref().expect("a place to go on to")).await
    }

    fn url(&self, path: &str) -> String {
        if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.town.base_url) }
    }
}

pub async fn read(address: &str, request: RequestBuilder) -> Sheet {
    let answer: Response = request.send().await.expect("an answer");
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    let location = headers.get("location").map(|value| value.to_str().expect("an address").to_owned());
    let html = answer.text().await.expect("text");
    Sheet { address: address.to_owned(), status, location, headers, html }
}

impl Sheet {
    /// What stands on it, without marks; breaking or not, a space is a space.
    pub fn text(&self) -> String {
        let body = self.html.split_once("<body>").map_or(self.html.as_str(), |(_, body)| body);
        let mut text = String::new();
        for piece in body.split('<') {
            text.push_str(&decoded(piece.split_once('>').map_or(piece, |(_, text)| text)));
            text.push(' ');
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ").replace(" ,", ",").replace(" .", ".")
    }

    pub fn title(&self) -> String {
        let (_, rest) = self.html.split_once("<title>").unwrap_or_else(|| panic!("no title: {self:#?}"));
        decoded(rest.split_once("</title>").expect("its end").0)
    }

    pub fn says(&self, expected: &str) -> &Self {
        let (text, expected) = (self.text(), expected.replace('\u{a0}', " "));
        assert!(text.contains(&expected), "{} doesn't say “{expected}”:\n{text}", self.address);
        self
    }

    pub fn says_not(&self, unwanted: &str) -> &Self {
        let (text, unwanted) = (self.text(), unwanted.replace('\u{a0}', " "));
        assert!(!text.contains(&unwanted), "{} says “{unwanted}”:\n{text}", self.address);
        self
    }

    pub fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status, status, "{}: {}", self.address, self.html);
        self
    }

    /// A form that came back: 422, told in the title and at the top.
    pub fn is_sent_back(&self, by: &Visitor<'_>) -> &Self {
        self.is(422);
        let begins = by.words().error_title("");
        assert!(self.title().starts_with(begins.trim_end()), "{}", self.title());
        assert!(self.html.contains(r#"<section role="alert""#), "{}", self.html);
        self
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("text"))
    }

    /// The addresses of its links that contain the text.
    pub fn links(&self, containing: &str) -> Vec<String> {
        let links = tags(&self.html).into_iter().filter(|tag| tag.name == "a");
        links.filter_map(|tag| tag.of("href")).filter(|href| href.contains(containing)).collect()
    }

    pub fn link(&self, containing: &str) -> String {
        self.links(containing).into_iter().next().unwrap_or_else(|| panic!("no {containing}: {self:#?}"))
    }

    /// The form that is sent to an address ending so.
    pub fn form(&self, ending: &str) -> Form {
        let forms = self.forms();
        let found = forms.iter().find(|form| form.action.ends_with(ending));
        found.unwrap_or_else(|| panic!("no form to …{ending}: {forms:#?} on {}", self.html)).clone()
    }

    pub fn forms(&self) -> Vec<Form> {
        let mut forms: Vec<Form> = Vec::new();
        let (mut open, mut select) = (false, String::new());
        for tag in tags(&self.html) {
            let (name, value) = (tag.of("name"), tag.of("value").unwrap_or_default());
            match (tag.name.as_str(), forms.last_mut()) {
                ("form", _) => {
                    let action = tag.of("action").expect("where to");
                    forms.push(Form { action, fields: Vec::new(), buttons: Vec::new() });
                    open = true;
                }
                ("/form", _) => open = false,
                ("select", _) => select = name.expect("a name"),
                ("option", Some(form)) if open => {
                    let known = form.fields.iter().any(|(name, _)| *name == select);
                    if !known || tag.has("selected") {
                        form.set(&select, &value);
                    }
                }
                ("input", Some(form)) if open => {
                    let ticked = matches!(tag.of("type").as_deref(), Some("radio" | "checkbox"));
                    let chosen = !ticked || tag.has("checked");
                    if let Some(name) = name.filter(|_| chosen) {
                        form.set(&name, &value);
                    }
                }
                ("button", Some(form)) if open => {
                    form.buttons.extend(name.map(|name| (name, value)));
                }
                _ => {}
            }
        }
        forms
    }

    /// The address that the button for the other language sends the form to.
    pub fn other_language(&self) -> String {
        let button = tags(&self.html).into_iter().find_map(|tag| tag.of("formaction"));
        button.unwrap_or_else(|| panic!("no form can be sent in the other language: {}", self.html))
    }
}

impl Form {
    pub fn set(&mut self, name: &str, value: &str) {
        match self.fields.iter_mut().find(|(known, _)| known == name) {
            Some(field) => value.clone_into(&mut field.1),
            None => self.fields.push((name.to_owned(), value.to_owned())),
        }
    }

    #[must_use]
    pub fn with(mut self, fields: &[(&str, &str)]) -> Self {
        for (name, value) in fields {
            self.set(name, value);
        }
        self
    }

    /// Pressed with the button of that value, which must be there.
    #[must_use]
    pub fn pressed(mut self, value: &str) -> Self {
        let button = self.buttons.iter().find(|(_, known)| known == value);
        let (name, value) = button.unwrap_or_else(|| panic!("no button {value}: {self:?}")).clone();
        self.set(&name, &value);
        self
    }

    pub fn value(&self, name: &str) -> &str {
        self.fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
}

struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    fn of(&self, name: &str) -> Option<String> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
    }

    fn has(&self, name: &str) -> bool {
        self.of(name).is_some()
    }
}

/// The tags of our own pages, whose attributes stand between double quotes.
fn tags(html: &str) -> Vec<Tag> {
    html.split('<').skip(1).filter_map(|piece| tag(piece.split_once('>')?.0)).collect()
}

fn tag(inside: &str) -> Option<Tag> {
    let (name, mut rest) = inside.split_once(' ').unwrap_or((inside, ""));
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches([' ', '/']);
        if rest.is_empty() {
            return Some(Tag { name: name.to_owned(), attributes });
        }
        let end = rest.find([' ', '=']).unwrap_or(rest.len());
        let (key, after) = rest.split_at(end);
        let value = match after.strip_prefix("=\"") {
            Some(after) => {
                let (value, after) = after.split_once('"')?;
                rest = after;
                value
            }
            None => {
                rest = after.trim_start_matches('=');
                ""
            }
        };
        attributes.push((key.to_owned(), decoded(value)));
    }
}

fn decoded(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#x27;", "'");
    text.replace("&nbsp;", "\u{a0}").replace("&amp;", "&")
}
