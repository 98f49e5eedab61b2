//! The problems that an operation may answer with, for its description.

use std::collections::BTreeMap;

use utoipa::{
    IntoResponses,
    openapi::{ContentBuilder, Header, ObjectBuilder, Ref, RefOr, Response, ResponseBuilder, schema::Type},
};

use super::problem::MEDIA_TYPE;

/// A set of problems by status, each with the codes it can have.
macro_rules! answers {
    ($($(#[$docs:meta])* $name:ident { $($status:literal => $codes:literal,)* })*) => {$(
        $(#[$docs])*
        pub struct $name;

        impl IntoResponses for $name {
            fn responses() -> BTreeMap<String, RefOr<Response>> {
                BTreeMap::from([$(problem($status, $codes)),*])
            }
        }
    )*};
}

answers! {
    /// Of a list.
    Listed {
        400 => "`unknown_field` · `invalid`",
        422 => "`invalid`: the cursor names no place in the list, or the day is out of range",
        503 => "`unavailable`",
    }
    /// Of a thing by its id.
    Found {
        400 => "`unknown_field`",
        404 => "`not_found`",
        503 => "`unavailable`",
    }
    /// Of a space's day.
    Looked {
        400 => "`unknown_field` · `invalid`",
        404 => "`not_found`: no such space, or no rate for the day",
        422 => "`invalid`: the day is out of range",
        503 => "`unavailable`",
    }
    /// Of a price.
    Quoted {
        400 => "`bad_json` · `unknown_field` · `invalid`",
        404 => "`not_found`: no such space",
        413 => "`too_large`",
        415 => "`not_json`",
        422 => "`closed` · `too_short` · `too_long` · `off_raster` · `in_the_past` · `too_early` · `too_late` · `leaves_gap` · \
                `nonexistent_time` · `ambiguous_time` · `no_price` · `currency`",
        503 => "`unavailable`",
    }
    /// Of a new booking.
    Booked {
        400 => "`bad_json` · `unknown_field` · `invalid` · `idempotency_key`",
        404 => "`not_found`: no such space",
        409 => "`occupied` with `alternatives` · `quote_changed` · `not_held` · `in_progress` · `answer_lost`",
        413 => "`too_large`",
        415 => "`not_json`",
        422 => "`closed` · `too_short` · `too_long` · `off_raster` · `in_the_past` · `too_early` · `too_late` · `leaves_gap` · \
                `nonexistent_time` · `ambiguous_time` · `no_price` · `invalid` · `idempotency_mismatch`",
        503 => "`unavailable`",
    }
    /// Of a booking, to whoever has its token.
    Opened {
        400 => "`unknown_field`",
        401 => "`token_missing` · `token_invalid`",
        404 => "`not_found`: no such booking, or another's token",
        503 => "`unavailable`",
    }
    /// Of a booking that must be in a certain state.
    Changed {
        400 => "`unknown_field`",
        401 => "`token_missing` · `token_invalid`",
        404 => "`not_found`: no such booking, or another's token",
        409 => "`not_live` · `begun` · `not_confirmed`",
        503 => "`unavailable`",
    }
    /// Of a move.
    Moved {
        400 => "`bad_json` · `unknown_field` · `invalid`",
        401 => "`token_missing` · `token_invalid`",
        404 => "`not_found`: no such booking or space, or another's token",
        409 => "`occupied` with `alternatives` · `quote_changed` · `too_late_to_move` · `never_moves` · `begun` · `not_live`",
        413 => "`too_large`",
        415 => "`not_json`",
        422 => "`closed` · `too_short` · `too_long` · `off_raster` · `in_the_past` · `too_early` · \
                `nonexistent_time` · `ambiguous_time` · `no_price` · `unchanged` · `other_town` · `too_many`",
        503 => "`unavailable`",
    }
    /// Of a new payment.
    Paid {
        400 => "`bad_json` · `unknown_field` · `invalid` · `idempotency_key`",
        401 => "`token_missing` · `token_invalid`",
        404 => "`not_found`: no such booking, or another's token",
        409 => "`not_held` · `nothing_due` · `no_details` · `free` · `quote_changed`: less is off for so few dates of the \
                series; the booking has that price now · `too_many_payments` · `in_progress` · `answer_lost`",
        413 => "`too_large`",
        415 => "`not_json`",
        422 => "`unknown_provider` · `currency` · `return_url` · `grant_code`: why it pays nothing · \
                `idempotency_mismatch`",
        503 => "`unavailable` · `provider_down`",
    }
    /// Of a call by a payment provider.
    Heard {
        400 => "`bad_json` · `invalid`",
        404 => "`not_heard`: not a provider's own word, or about nothing of ours",
        413 => "`too_large`",
        415 => "`not_json`",
        503 => "`unavailable`: tell again",
    }
    /// Of a new place in line.
    Joined {
        400 => "`bad_json` · `unknown_field` · `invalid` · `idempotency_key`",
        404 => "`not_found`: no such space",
        409 => "`free` with `alternatives`: no need to wait · `too_many` · `in_progress` · `answer_lost`",
        413 => "`too_large`",
        415 => "`not_json`",
        422 => "`in_the_past` · `too_early` · `no_day` · `too_many_days` · `no_room` · `no_such_length` · `invalid` · \
                `idempotency_mismatch`",
        503 => "`unavailable`",
    }
    /// Of a place in line, to whoever has its token.
    Awaited {
        400 => "`unknown_field`",
        401 => "`token_missing` · `token_invalid`",
        404 => "`not_found`: no such place, or another's token",
        503 => "`unavailable`",
    }
    /// Of a series laid out.
    Outlined {
        400 => "`bad_json` · `unknown_field` · `invalid`",
        404 => "`not_found`: no such space",
        413 => "`too_large`",
        415 => "`not_json`",
        422 => "`invalid` with `errors` · `until_or_count` · `no_price`",
        503 => "`unavailable`",
    }
    /// Of a new series.
    SeriesBooked {
        400 => "`bad_json` · `unknown_field` · `invalid` · `idempotency_key`",
        404 => "`not_found`: no such space",
        409 => "`series_changed` with `errors`: a date is gone, or its price is another · `not_held` · `in_progress` · `answer_lost`",
        413 => "`too_large`",
        415 => "`not_json`",
        422 => "`invalid` with `errors` · `until_or_count` · `missing`: no date · `no_price` · `idempotency_mismatch`",
        503 => "`unavailable`",
    }
    /// Of a series that something is given back of.
    SeriesChanged {
        400 => "`bad_json` · `unknown_field` · `invalid`",
        401 => "`token_missing` · `token_invalid`",
        404 => "`not_found`: no such series, or another's token",
        409 => "`not_live`: nothing of it can be cancelled · `begun`",
        413 => "`too_large`",
        415 => "`not_json`",
        422 => "`bookings_or_from` · `invalid`: the day is out of range",
        503 => "`unavailable`",
    }
    /// Of a move of a series' bookings.
    SeriesShifted {
        400 => "`bad_json` · `unknown_field` · `invalid`",
        401 => "`token_missing` · `token_invalid`",
        404 => "`not_found`: no such series or space, or another's token",
        409 => "`series_barred` with `errors`: a booking can't be moved there, or costs more · `series_changed` with \
                `errors` · `too_late_to_move`: for all of them · `not_live`",
        413 => "`too_large`",
        415 => "`not_json`",
        422 => "`invalid` with `errors` · `bookings_or_from` · `unchanged` · `other_town` · `too_many` · `no_price`",
        503 => "`unavailable`",
    }
    /// Of a list, to staff.
    StaffListed {
        400 => "`unknown_field` · `invalid`",
        401 => "`token_missing` · `token_invalid`",
        403 => "`forbidden`: the scope is missing, or it is another town's",
        404 => "`not_found`: no such facility",
        422 => "`invalid`: the cursor names no place in the list, or the day is out of range",
        503 => "`unavailable`",
    }
    /// Of a thing by its id, to staff.
    StaffOpened {
        400 => "`unknown_field`",
        401 => "`token_missing` · `token_invalid`",
        403 => "`forbidden`: the scope is missing, or it is another town's",
        404 => "`not_found`",
        503 => "`unavailable`",
    }
    /// Of a closure that is made or thought of.
    StaffClosed {
        400 => "`bad_json` · `unknown_field` · `invalid` · `idempotency_key`",
        401 => "`token_missing` · `token_invalid`",
        403 => "`forbidden`: the scope is missing, or it is another town's",
        404 => "`not_found`: no such facility or space",
        409 => "`undecided` with `bookings` · `in_progress` · `answer_lost`",
        413 => "`too_large`",
        415 => "`not_json`",
        422 => "`invalid` · `nonexistent_time` · `ambiguous_time` · `cannot_move` · `idempotency_mismatch`",
        503 => "`unavailable`",
    }
    /// Of a closure that is ended.
    StaffEnded {
        400 => "`unknown_field` · `idempotency_key`",
        401 => "`token_missing` · `token_invalid`",
        403 => "`forbidden`: the scope is missing, or it is another town's",
        404 => "`not_found`",
        409 => "`not_in_force` · `in_progress` · `answer_lost`",
        422 => "`idempotency_mismatch`",
        503 => "`unavailable`",
    }
    /// Of rules that staff lay down.
    StaffRuled {
        400 => "`bad_json` · `unknown_field` · `invalid` · `idempotency_key`",
        401 => "`token_missing` · `token_invalid`",
        403 => "`forbidden`: the scope is missing, or it is another town's",
        404 => "`not_found`",
        409 => "`in_progress` · `answer_lost`",
        412 => "`stale`: they have been changed since they were read",
        413 => "`too_large`",
        415 => "`not_json`",
        422 => "`invalid` · `idempotency_mismatch`",
        503 => "`unavailable`",
    }
    /// Of price lists and rates of tax.
    StaffPriced {
        400 => "`bad_json` · `unknown_field` · `invalid` · `idempotency_key`",
        401 => "`token_missing` · `token_invalid`",
        403 => "`forbidden`: the scope is missing, or it is another town's",
        404 => "`not_found`: no such place or list, or it isn't for that space",
        409 => "`published`: it never changes · `exists` · `too_many` · `in_progress` · `answer_lost`",
        412 => "`stale`: it has been replaced since it was read",
        413 => "`too_large`",
        415 => "`not_json`",
        422 => "`invalid` with `errors` · `in_the_past` · `nonexistent_time` · `ambiguous_time` · `idempotency_mismatch`",
        503 => "`unavailable`",
    }
    /// Of a move of a series' bookings by staff.
    StaffShifted {
        400 => "`bad_json` · `unknown_field` · `invalid` · `idempotency_key`",
        401 => "`token_missing` · `token_invalid`",
        403 => "`forbidden`: the scope is missing, or it is another town's",
        404 => "`not_found`",
        409 => "`series_barred` with `errors`: a booking can't be moved there · `series_changed` with `errors` · `not_live` · \
                `in_progress` · `answer_lost`",
        413 => "`too_large`",
        415 => "`not_json`",
        422 => "`invalid` with `errors` · `bookings_or_from` · `unchanged` · `other_town` · `too_many` · \
                `idempotency_mismatch`",
        503 => "`unavailable`",
    }
    /// Of a move by staff.
    StaffMoved {
        400 => "`bad_json` · `unknown_field` · `invalid` · `idempotency_key`",
        401 => "`token_missing` · `token_invalid`",
        403 => "`forbidden`: the scope is missing, or it is another town's",
        404 => "`not_found`: no such booking or space",
        409 => "`occupied` with `alternatives` · `begun` · `not_live` · `in_progress` · `answer_lost`",
        413 => "`too_large`",
        415 => "`not_json`",
        422 => "`invalid` · `in_the_past` · `off_raster` · `unchanged` · `other_town` · `too_many` · `nonexistent_time` · \
                `ambiguous_time` · `idempotency_mismatch`",
        503 => "`unavailable`",
    }
    /// Of a booking that somebody pays later.
    PutOnAccount {
        400 => "`bad_json` · `unknown_field` · `invalid` · `idempotency_key`",
        401 => "`token_missing` · `token_invalid`",
        404 => "`not_found`: no such booking or series, or another's token",
        409 => "`not_held` · `no_details` · `free` · `quote_changed` · `credit`: more than the customer may owe · \
                `in_progress` · `answer_lost`",
        413 => "`too_large`",
        415 => "`not_json`",
        422 => "`no_account` · `other_town` · `price_group` · `idempotency_mismatch`",
        503 => "`unavailable`",
    }
    /// Of a new customer.
    StaffMadeCustomer {
        400 => "`bad_json` · `unknown_field` · `invalid` · `idempotency_key`",
        401 => "`token_missing` · `token_invalid`",
        403 => "`forbidden`: the scope is missing, or it is another town's",
        404 => "`not_found`: no such town",
        409 => "`in_progress` · `answer_lost`",
        413 => "`too_large`",
        415 => "`not_json`",
        422 => "`invalid` · `idempotency_mismatch`",
        503 => "`unavailable`",
    }
    /// Of grants.
    StaffGranted {
        400 => "`bad_json` · `unknown_field` · `invalid` · `idempotency_key`",
        401 => "`token_missing` · `token_invalid`",
        403 => "`forbidden`: the scope is missing, or it is another town's",
        404 => "`not_found`",
        409 => "`closed` · `has_customer` · `too_many` · `in_progress` · `answer_lost`",
        413 => "`too_large`",
        415 => "`not_json`",
        422 => "`invalid` · `idempotency_mismatch`",
        503 => "`unavailable`",
    }
    /// Of invoices.
    StaffInvoiced {
        400 => "`bad_json` · `unknown_field` · `invalid` · `idempotency_key`",
        401 => "`token_missing` · `token_invalid`",
        403 => "`forbidden`: the scope is missing, or it is another town's",
        404 => "`not_found`",
        409 => "`not_held` · `no_details` · `free` · `quote_changed` · `credit` · `customer_closed` · `no_tax` · `no_payee` · `no_room` · \
                `not_overdue` · `too_often` · `no_fee` · `is_credit` · `nothing_left` · `key_known` · \
                `nothing_open` · `too_much` · `in_progress` · `answer_lost`",
        413 => "`too_large`",
        415 => "`not_json`",
        422 => "`invalid` · `no_account` · `other_town` · `price_group` · `no_money` · `no_invoice` · `idempotency_mismatch`",
        503 => "`unavailable`",
    }
    /// Of what a use has cost afterwards.
    StaffCharged {
        400 => "`bad_json` · `unknown_field` · `invalid` · `idempotency_key`",
        401 => "`token_missing` · `token_invalid`",
        403 => "`forbidden`: the scope is missing, or it is another town's",
        404 => "`not_found`",
        409 => "`not_booked` · `not_begun` · `not_over` · `no_show`: charged already · `no_tax` · `too_many` · `taken_back` · \
                `in_progress` · `answer_lost`",
        413 => "`too_large`",
        415 => "`not_json`",
        422 => "`not_listed`: the price list that holds has no such entry · `invalid` · `idempotency_mismatch`",
        503 => "`unavailable`",
    }
    /// Of money that staff give back.
    StaffGaveBack {
        400 => "`bad_json` · `unknown_field` · `invalid` · `idempotency_key`",
        401 => "`token_missing` · `token_invalid`",
        403 => "`forbidden`: the scope is missing, or it is another town's",
        404 => "`not_found`",
        409 => "`nothing_left` · `in_progress` · `answer_lost`",
        413 => "`too_large`",
        415 => "`not_json`",
        422 => "`invalid`: no amount, no reason, or more than is left · `idempotency_mismatch`",
        503 => "`unavailable`",
    }
    /// Of a settlement of two towns, line by line.
    StaffReckoned {
        400 => "`unknown_field` · `invalid`",
        401 => "`token_missing` · `token_invalid`",
        403 => "`forbidden`: the scope is missing, or it is another town's",
        404 => "`not_found`",
        422 => "`invalid`: the cursor names no line",
        503 => "`unavailable`",
    }
    /// Of a settlement that is drawn up, thought of, or paid.
    StaffSettled {
        400 => "`bad_json` · `unknown_field` · `invalid` · `idempotency_key`",
        401 => "`token_missing` · `token_invalid`",
        403 => "`forbidden`: the scope is missing, or neither town is the token's, or writing off is the payee's",
        404 => "`not_found`: no such town or settlement, or no treaty then",
        409 => "`not_over`: the month isn't · `later_settled` · `nothing_owed` · `no_rate` · `rate_too_old` · `nothing_left` · \
                `nothing_open` · `too_much` to write off · `in_progress` · `answer_lost`",
        412 => "`stale`: the figures have changed since they were read",
        413 => "`too_large`",
        415 => "`not_json`",
        422 => "`invalid` · `not_the_end`: the treaty settles more months together · `no_money` · `idempotency_mismatch`",
        503 => "`unavailable`",
    }
    /// Of what staff change.
    StaffChanged {
        400 => "`bad_json` · `unknown_field` · `invalid` · `idempotency_key`",
        401 => "`token_missing` · `token_invalid`",
        403 => "`forbidden`: the scope is missing, or it is another town's",
        404 => "`not_found`",
        409 => "`not_live` · `over` · `not_dead` · `refunded` · `refund_asked` · `known` · `in_progress` · `answer_lost`",
        413 => "`too_large`",
        415 => "`not_json`",
        422 => "`invalid` · `idempotency_mismatch`",
        503 => "`unavailable`",
    }
}

fn problem(status: u16, codes: &str) -> (String, RefOr<Response>) {
    let schema = Ref::from_schema_name("Problem");
    let mut response = ResponseBuilder::new()
        .description(codes)
        .content(MEDIA_TYPE, ContentBuilder::new().schema(Some(schema)).build());
    if status == 401 {
        response =
            response.header("WWW-Authenticate", Header::new(ObjectBuilder::new().schema_type(Type::String)));
    }
    if status == 503 {
        response =
            response.header("Retry-After", Header::new(ObjectBuilder::new().schema_type(Type::Integer)));
    }
    (status.to_string(), response.build().into())
}
