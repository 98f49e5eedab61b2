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
    /// Whose clocks the cells' times are on: the facility's, then the others'.
    clocks: Vec<String>,
    children: Children,
) -> impl IntoView {
    let choice = RwSignal::new(None::<Choice>);
    let frame = NodeRef::<leptos::html::Div>::new();
    let clocks = StoredValue::new(clocks);
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
                browser::key(&event, clocks, choice);
                #[cfg(not(feature = "hydrate"))]
                let _ = (event, clocks);
            }
            on:click=move |event| {
                #[cfg(feature = "hydrate")]
                browser::click(&event, clocks, choice);
                #[cfg(not(feature = "hydrate"))]
                let _ = (event, clocks);
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
    use leptos::prelude::{RwSignal, Set, StoredValue, WithValue};
    use wasm_bindgen::JsCast;
    use web_sys::{Element, HtmlElement, KeyboardEvent, MouseEvent};

    use super::Choice;

    type Clocks = StoredValue<Vec<String>>;

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

    pub fn key(event: &KeyboardEvent, clocks: Clocks, choice: RwSignal<Option<Choice>>) {
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
                pick(&cell, false, clocks, choice);
                return;
            }
            _ => return,
        };
        event.prevent_default();
        let Some(next) = next else { return };
        focus(&cell, &next);
        if event.shift_key() {
            if !column.iter().any(is_chosen) {
                pick(&cell, false, clocks, choice);
            }
            pick(&next, true, clocks, choice);
        }
    }

    /// A first click picks a time; one further down in the same column stretches it.
    pub fn click(event: &MouseEvent, clocks: Clocks, choice: RwSignal<Option<Choice>>) {
        let plain = !event.ctrl_key() && !event.meta_key() && event.button() == 0;
        let Some(cell) = cell_of(event.target()).filter(|cell| plain && cell.class_list().contains("free"))
        else {
            return;
        };
        event.prevent_default();
        pick(&cell, true, clocks, choice);
        focus(&cell, &cell);
    }

    /// Picks this cell, or from the first one picked in its column to this one: at least the shortest
    /// booking, at most the longest, and only as far as all is free.
    fn pick(cell: &Element, stretch: bool, clocks: Clocks, choice: RwSignal<Option<Choice>>) {
        let column = column(cell);
        let Some(here) = column.iter().position(|other| other == cell) else { return };
        let first = column.iter().position(is_chosen).filter(|&first| stretch && first <= here);
        let from = first.unwrap_or(here);
        let range = reach(&column, from, here).or_else(|| reach(&column, here, here));
        clear(cell);
        for cell in range.unwrap_or_default() {
            let _ = cell.class_list().add_1("chosen");
            set(cell, "aria-selected", "true");
        }
        choice.set(range.and_then(|range| summary(range, clocks)));
    }

    /// The cells from `from` on that cover `here` and a booking's bounds; `None` where that isn't free.
    fn reach(column: &[Element], from: usize, here: usize) -> Option<&[Element]> {
        let (shortest, longest) = bounds(&column[from])?;
        let start = number(&column[from], "data-from")?;
        let length = |cell: &Element| number(cell, "data-to").map_or(0, |to| to - start);
        let mut end = from;
        while length(&column[end]) < shortest || end < here {
            let next =
                column.get(end + 1).filter(|next| length(next) <= longest || length(&column[end]) < shortest);
            if next.is_none() {
                break;
            }
            end += 1;
        }
        let range = &column[from..=end];
        let open = column[from].class_list().contains("free") && range.iter().all(is_free);
        (open && length(&column[end]) >= shortest).then_some(range)
    }

    /// The shortest and the longest booking of the cell's space, in quarters.
    fn bounds(cell: &Element) -> Option<(i64, i64)> {
        let head = column_head(cell)?;
        Some((number(&head, "data-min")?, number(&head, "data-max")?))
    }

    fn column_head(cell: &Element) -> Option<Element> {
        let table = cell.closest("table").ok().flatten()?;
        let column = usize::try_from(number(cell, "data-column")?).ok()?;
        all(&table, "thead th").into_iter().nth(column + 1) // after the bank
    }

    fn is_chosen(cell: &Element) -> bool {
        cell.class_list().contains("chosen")
    }

    fn is_free(cell: &Element) -> bool {
        let classes = cell.class_list();
        classes.contains("free") || classes.contains("short")
    }

    /// `Hall 1, hela: 17:00–18:00 svensk tid · 18:00–19:00 finsk tid`, and the way on.
    fn summary(range: &[Element], clocks: Clocks) -> Option<Choice> {
        let (head, last) = (range.first()?, range.last()?);
        let minutes = 15 * (number(last, "data-to")? - number(head, "data-from")?);
        let href = format!("{}&minutes={minutes}", first(head, "a")?.get_attribute("href")?);
        let (begins, ends) = (head.get_attribute("data-begin")?, last.get_attribute("data-end")?);
        let times = begins.split('|').zip(ends.split('|'));
        let texts = clocks.with_value(|clocks| {
            times
                .zip(clocks)
                .map(|((begin, end), clock)| format!("{begin}–{end} {clock}"))
                .collect::<Vec<_>>()
        });
        let space = first(&column_head(head)?, ".space")?.text_content().unwrap_or_default();
        Some(Choice { text: format!("{space}: {}", texts.join(" · ")), href })
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
