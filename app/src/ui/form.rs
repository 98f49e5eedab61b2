//! Fields, their errors, and the summary of them.

use leptos::prelude::*;

use super::Ctx;

/// What is wrong, field by field: the field's id and what to do about it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Errors(Vec<(&'static str, String)>);

impl Errors {
    /// Just this one.
    #[must_use]
    pub fn one(field: &'static str, message: String) -> Self {
        Self(vec![(field, message)])
    }

    pub fn add(&mut self, field: &'static str, message: String) {
        self.0.push((field, message));
    }

    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    #[must_use]
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| *known == field).map(|(_, message)| message.as_str())
    }

    /// The summary at the top: counted, in focus, each line a link to its field.
    pub fn summary(&self, ctx: &Ctx) -> Option<impl IntoView + use<>> {
        let lines: Vec<(&'static str, String)> = self.0.clone();
        let title = ctx.words().error_summary(lines.len() as i64);
        (!lines.is_empty()).then(|| {
            view! {
                <section class="summary" role="alert" aria-labelledby="summary-title" tabindex="-1" autofocus>
                    <h2 id="summary-title">{title}</h2>
                    <ul>
                        {lines
                            .into_iter()
                            .map(|(field, message)| view! { <li><a href=format!("#{field}")>{message}</a></li> })
                            .collect_view()}
                    </ul>
                </section>
            }
        })
    }
}

/// A line to type in.
pub struct Field {
    pub id: &'static str,
    pub label: String,
    pub hint: Option<String>,
    pub value: String,
    pub kind: &'static str,
    pub autocomplete: Option<&'static str>,
    pub inputmode: Option<&'static str>,
    pub required: bool,
    pub narrow: bool,
}

impl Field {
    pub fn text(id: &'static str, label: String, value: &str) -> Self {
        Self {
            id,
            label,
            hint: None,
            value: value.to_owned(),
            kind: "text",
            autocomplete: None,
            inputmode: None,
            required: false,
            narrow: false,
        }
    }

    pub fn view(self, errors: &Errors) -> impl IntoView + use<> {
        let Self { id, label, hint, value, kind, autocomplete, inputmode, required, narrow } = self;
        let error = errors.of(id).map(str::to_owned);
        let described = describes(id, hint.is_some(), error.is_some());
        view! {
            <div class="field" class:wrong=error.is_some()>
                <label for=id>{label}</label>
                {hint.map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> })}
                {error_line(id, error.clone())}
                <input
                    id=id
                    name=id
                    type=kind
                    value=value
                    class:narrow=narrow
                    autocomplete=autocomplete
                    inputmode=inputmode
                    required=required
                    aria-invalid=error.is_some().then_some("true")
                    aria-describedby=described
                />
            </div>
        }
    }
}

/// One of a few, from a list.
pub fn select(
    id: &'static str,
    label: String,
    options: Vec<(String, String)>,
    chosen: &str,
    errors: &Errors,
) -> impl IntoView + use<> {
    let error = errors.of(id).map(str::to_owned);
    let described = describes(id, false, error.is_some());
    let options = options.into_iter().map(|(value, text)| {
        let selected = value == chosen;
        view! { <option value=value selected=selected>{text}</option> }
    });
    view! {
        <div class="field" class:wrong=error.is_some()>
            <label for=id>{label}</label>
            {error_line(id, error.clone())}
            <select id=id name=id aria-invalid=error.is_some().then_some("true") aria-describedby=described>
                {options.collect_view()}
            </select>
        </div>
    }
}

/// One of a few, all in view.
pub fn radios(
    id: &'static str,
    legend: String,
    options: Vec<(String, String)>,
    chosen: &str,
    errors: &Errors,
) -> impl IntoView + use<> {
    let error = errors.of(id).map(str::to_owned);
    let described = describes(id, false, error.is_some());
    let options = options.into_iter().enumerate().map(|(place, (value, text))| {
        // The first carries the field's id, so that the summary's link finds it.
        let option_id = if place == 0 { id.to_owned() } else { format!("{id}-{place}") };
        let checked = value == chosen;
        view! {
            <div class="choice">
                <input type="radio" id=option_id.clone() name=id value=value checked=checked />
                <label for=option_id>{text}</label>
            </div>
        }
    });
    view! {
        <fieldset class="field" class:wrong=error.is_some() aria-describedby=described>
            <legend>{legend}</legend>
            {error_line(id, error.clone())}
            {options.collect_view()}
        </fieldset>
    }
}

/// Boxes to check, each by its own name.
pub fn checks(
    legend: String,
    value: &'static str,
    boxes: &[(&'static str, String, bool)],
) -> impl IntoView + use<> {
    let boxes = boxes.iter().map(|(name, text, checked)| {
        view! {
            <div class="choice">
                <input type="checkbox" id=*name name=*name value=value checked=*checked />
                <label for=*name>{text.clone()}</label>
            </div>
        }
    });
    view! { <fieldset class="field"><legend>{legend}</legend>{boxes.collect_view()}</fieldset> }
}

fn error_line(id: &'static str, error: Option<String>) -> Option<impl IntoView> {
    error.map(|error| view! { <p class="error" id=format!("{id}-error")>{error}</p> })
}

fn describes(id: &str, hint: bool, error: bool) -> Option<String> {
    let names = [(hint, "hint"), (error, "error")];
    let names: Vec<String> =
        names.iter().filter(|(there, _)| *there).map(|(_, name)| format!("{id}-{name}")).collect();
    (!names.is_empty()).then(|| names.join(" "))
}
