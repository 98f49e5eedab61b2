//! What every page shares.

mod context;
mod form;
mod paper;
mod parts;
mod route;
mod shell;
mod to_pay;
mod trouble;

pub use context::Site;
pub(crate) use context::{App, Ctx};
pub(crate) use form::{Errors, Field, checks, radios, select};
pub(crate) use paper::{paper, paper_file, paper_table, picture};
pub(crate) use parts::{
    book_link, both_clocks, both_prices, duration_options, group_options, home_field, is_near, lines_of,
    plan, plan_of_parts, price_lines, rate_of, tax_line, use_name, use_options,
};
pub(crate) use route::Page;
pub(crate) use shell::{Sheet, render};
pub(crate) use to_pay::{sum_of, to_pay_sums};
pub(crate) use trouble::{Trouble, not_found, pages_for_refusals};
pub(crate) use vayla_services::wording::{kind as kind_name, rate as rate_line};
