//! The grid with a keyboard, and a range picked in it.

use leptos::prelude::*;

/// Makes the table inside an ARIA grid: one tab stop, arrows, Home and End, Page Up and Page Down;
/// Shift with an arrow down stretches the choice. Without a script the table's links do the same
/// step by step.
#[island]
pub fn GridKeys(
    /// "Chosen:".
    chosen: String,
    /// The button that takes the choice on.
    go_on: String,
    /// How to use the keys; read out with the grid.
    hint: String,
    children: Children,
) -> impl IntoView {
    let choice = RwSignal::new(None::<Choice>);
    let frame = NodeRef::<leptos::html::Div>::new();
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        if let Some(frame) = frame.get() {
            browser::prepare(&frame);
        }
    });
    let bar = move || {
        choice.get().map(|choice| {
            view! {
                <div class="foot" role="status">
                    <span>{chosen.clone()} " " <b>{choice.text}</b></span>
                    <a class="btn" href=choice.href>{go_on.clone()}</a>
                </div>
            }
        })
    };
    view! {
        <div
            class="grid-frame"
            node_ref=frame
            on:keydown=move |event| {
                #[cfg(feature = "hydrate")]
                browser::key(&event, choice);
                #[cfg(not(feature = "hydrate"))]
                let _ = event;
            }
            on:click=move |event| {
                #[cfg(feature = "hydrate")]
                browser::click(&event, choice);
                #[cfg(not(feature = "hydrate"))]
                let _ = event;
            }
        >
            <p class="hidden" id="grid-hint">{hint}</p>
            {children()}
        </div>
        {bar}
    }
}

/// What is picked, in words, and where to go on with it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Choice {
    text: String,
    href: String,
}

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::prelude::{RwSignal, Set};
    use wasm_bindgen::JsCast;
    use web_sys::{Element, HtmlElement, KeyboardEvent, MouseEvent};

    use super::Choice;

    /// Turns the table into a grid with one tab stop.
    pub fn prepare(frame: &Element) {
        let Some(table) = first(frame, "table") else { return };
        set(&table, "role", "grid");
        set(&table, "aria-describedby", "grid-hint");
        set(&table, "aria-multiselectable", "true");
        for cell in all(frame, "tbody td") {
            set(&cell, "role", "gridcell");
            set(&target(&cell), "tabindex", "-1");
        }
        if let Some(cell) = first(frame, "tbody td.free").or_else(|| first(frame, "tbody td")) {
            set(&target(&cell), "tabindex", "0");
        }
    }

    pub fn key(event: &KeyboardEvent, choice: RwSignal<Option<Choice>>) {
        let Some(cell) = cell_of(event.target()) else { return };
        let column = column(&cell);
        let place = column.iter().position(|other| *other == cell).unwrap_or_default();
        let last = column.len().saturating_sub(1);
        let next = match event.key().as_str() {
            "ArrowDown" => column.get((place + 1).min(last)).cloned(),
            "ArrowUp" => column.get(place.saturating_sub(1)).cloned(),
            "PageDown" => column.get((place + 8).min(last)).cloned(),
            "PageUp" => column.get(place.saturating_sub(8)).cloned(),
            "Home" => beside(&cell, i64::MIN),
            "End" => beside(&cell, i64::MAX),
            "ArrowRight" => beside(&cell, 1),
            "ArrowLeft" => beside(&cell, -1),
            "Escape" => {
                clear(&cell);
                choice.set(None);
                return;
            }
            " " => {
                event.prevent_default();
                pick(&cell, false, choice);
                return;
            }
            _ => return,
        };
        event.prevent_default();
        let Some(next) = next else { return };
        focus(&cell, &next);
        if event.shift_key() {
            pick(&next, true, choice);
        }
    }

    /// A first click picks a time; one further down in the same column stretches it.
    pub fn click(event: &MouseEvent, choice: RwSignal<Option<Choice>>) {
        let plain = !event.ctrl_key() && !event.meta_key() && event.button() == 0;
        let Some(cell) = cell_of(event.target()).filter(|cell| plain && cell.class_list().contains("free"))
        else {
            return;
        };
        event.prevent_default();
        pick(&cell, true, choice);
        focus(&cell, &cell);
    }

    /// Picks from the cell that was picked first in this column to this one, if all between is free.
    fn pick(cell: &Element, stretch: bool, choice: RwSignal<Option<Choice>>) {
        let column = column(cell);
        let at = |wanted: &Element| column.iter().position(|other| other == wanted);
        let chosen: Vec<usize> =
            (0..column.len()).filter(|&place| column[place].class_list().contains("chosen")).collect();
        let Some(here) = at(cell) else { return };
        let anchor =
            chosen.first().copied().filter(|&first| stretch && first <= here && chosen.last() != Some(&here));
        let from = anchor.unwrap_or(here);
        let range = &column[from..=here];
        let free = |cell: &Element| {
            let classes = cell.class_list();
            classes.contains("free") || classes.contains("short")
        };
        clear(cell);
        let range = if range.iter().all(free) { range } else { &column[here..=here] };
        if !range[0].class_list().contains("free") {
            choice.set(None);
            return;
        }
        for cell in range {
            let _ = cell.class_list().add_1("chosen");
            set(cell, "aria-selected", "true");
        }
        choice.set(summary(range));
    }

    fn summary(range: &[Element]) -> Option<Choice> {
        let (link, last) = (first(range.first()?, "a")?, range.last()?);
        let quarters = number(last, "data-to")? - number(range.first()?, "data-from")?;
        let minutes = 15 * quarters;
        let href = format!("{}&minutes={minutes}", link.get_attribute("href")?);
        let name = link.get_attribute("aria-label")?;
        let name = name.rsplit_once(": ").map_or(name.as_str(), |(name, _)| name);
        Some(Choice { text: format!("{name}, {minutes} min"), href })
    }

    fn clear(inside: &Element) {
        let Some(table) = inside.closest("table").ok().flatten() else { return };
        for cell in all(&table, "td.chosen") {
            let _ = cell.class_list().remove_1("chosen");
            let _ = cell.remove_attribute("aria-selected");
        }
    }

    fn focus(from: &Element, to: &Element) {
        set(&target(from), "tabindex", "-1");
        let to = target(to);
        set(&to, "tabindex", "0");
        if let Some(element) = to.dyn_ref::<HtmlElement>() {
            let _ = element.focus();
        }
    }

    /// The cells of the same column, top to bottom.
    fn column(cell: &Element) -> Vec<Element> {
        number(cell, "data-column").map(|column| nth_column(cell, column)).unwrap_or_default()
    }

    fn nth_column(cell: &Element, column: i64) -> Vec<Element> {
        let Some(table) = cell.closest("table").ok().flatten() else { return Vec::new() };
        all(&table, &format!("td[data-column='{column}']"))
    }

    /// The cell so many columns to the side, as far as there are any, at the same time of day.
    fn beside(cell: &Element, columns: i64) -> Option<Element> {
        let table = cell.closest("table").ok().flatten()?;
        let last = all(&table, "thead th").len() as i64 - 3; // without the two banks, from nought
        let (here, from) = (number(cell, "data-column")?, number(cell, "data-from")?);
        let covers = |other: &Element| number(other, "data-to").is_some_and(|to| from < to);
        nth_column(cell, here.saturating_add(columns).clamp(0, last)).into_iter().find(covers)
    }

    fn number(element: &Element, name: &str) -> Option<i64> {
        element.get_attribute(name)?.parse().ok()
    }

    /// What takes the focus in a cell: its link, or the cell itself.
    fn target(cell: &Element) -> Element {
        first(cell, "a").unwrap_or_else(|| cell.clone())
    }

    fn cell_of(target: Option<web_sys::EventTarget>) -> Option<Element> {
        target?.dyn_into::<Element>().ok()?.closest("tbody td").ok().flatten()
    }

    fn first(inside: &Element, selector: &str) -> Option<Element> {
        inside.query_selector(selector).ok().flatten()
    }

    fn all(inside: &Element, selector: &str) -> Vec<Element> {
        let Ok(list) = inside.query_selector_all(selector) else { return Vec::new() };
        (0..list.length()).filter_map(|place| list.get(place)?.dyn_into().ok()).collect()
    }

    fn set(element: &Element, name: &str, value: &str) {
        let _ = element.set_attribute(name, value);
    }
}
