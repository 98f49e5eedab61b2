//! The API's description (OpenAPI): what isn't said beside a handler.

use std::collections::BTreeMap;

use utoipa::{
    Modify, OpenApi,
    openapi::{
        self, ObjectBuilder, PathItem, RefOr, Required, Schema,
        path::{Operation, Parameter, ParameterBuilder, ParameterIn},
        schema::Type,
        security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme},
    },
};

use super::{
    availability::Order, booking::MANAGE_TOKEN, instant::Day, names::Number, problem::ProblemBody,
    staff::STAFF_TOKEN,
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Väylä",
        version = "1.0.0",
        description = "Book the leisure facilities of Haparanda and Tornio. Times carry the facility's offset; \
            amounts are decimal text; texts for people come in the language of `Accept-Language` (sv, fi).",
        license(name = "EUPL-1.2", identifier = "EUPL-1.2"),
    ),
    servers((url = "/", description = "This server")),
    tags(
        (name = "places", description = "Towns, facilities, spaces"),
        (name = "times", description = "What is free"),
        (name = "prices", description = "What it costs, in both currencies"),
        (name = "bookings", description = "Holding, paying, moving, cancelling"),
        (name = "providers", description = "Where payment providers call"),
        (name = "waiting", description = "Waiting for what is taken"),
        (name = "feeds", description = "Bookings as calendars that are followed"),
        (name = "series", description = "The same time every so many weeks"),
        (name = "staff", description = "What only the towns' staff and systems do, each within its scopes"),
        (name = "finance", description = "The books, for accountants and the towns' accounting systems"),
    ),
    components(schemas(ProblemBody, Day, Number, Order)),
    modifiers(&Keys, &RuleDocuments),
)]
pub struct Description;

struct Keys;

impl Modify for Keys {
    fn modify(&self, description: &mut openapi::OpenApi) {
        let components = description.components.get_or_insert_default();
        let bearer = Http::builder()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("A booking's `manage_token`"))
            .build();
        let in_query = ApiKeyValue::with_description(MANAGE_TOKEN, "The same in the address, for links");
        components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
        components.add_security_scheme(MANAGE_TOKEN, SecurityScheme::ApiKey(ApiKey::Query(in_query)));
        let staff = Http::builder()
            .scheme(HttpAuthScheme::Bearer)
            .bearer_format("vayla_…")
            .description(Some("A token that the town has made with `vayla token create`"))
            .build();
        components.add_security_scheme(STAFF_TOKEN, SecurityScheme::Http(staff));
    }
}

/// The documents of rules and of prices are the domain's own types: what they look like is written down beside their
/// calls.
struct RuleDocuments;

impl Modify for RuleDocuments {
    fn modify(&self, description: &mut openapi::OpenApi) {
        let files = [include_str!("staff/rules.schema.json"), include_str!("staff/tariff.schema.json")];
        for file in files {
            let schemas: BTreeMap<String, RefOr<Schema>> =
                serde_json::from_str(file).unwrap_or_else(|error| unreachable!("our own file: {error}"));
            description.components.get_or_insert_default().schemas.extend(schemas);
        }
    }
}

/// Adds to each operation the headers that it takes, and that its body must be there.
pub fn complete(description: &mut openapi::OpenApi) {
    for (path, item) in &mut description.paths.paths {
        for operation in operations(item) {
            add(operation, accept_language());
            if let Some(RefOr::T(body)) = &mut operation.request_body {
                body.required = Some(Required::True);
            }
        }
        // Providers' calls have names of their own to be known by.
        let called = path.contains("/payments/");
        let only_asks = ["/quotes", "/affected", "/preview"].iter().any(|end| path.ends_with(end));
        // What is shown once isn't kept to be shown again.
        let shown_once = path.ends_with("/vouchers");
        let creates = !only_asks && !called && !shown_once;
        if let Some(operation) = item.post.as_mut().filter(|_| creates) {
            add(operation, idempotency_key());
        }
    }
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete].into_iter().flatten()
}

fn add(operation: &mut Operation, parameter: Parameter) {
    operation.parameters.get_or_insert_default().push(RefOr::T(parameter));
}

fn accept_language() -> Parameter {
    ParameterBuilder::new()
        .name("Accept-Language")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some("`sv` or `fi`; else the language of the facility's town"))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
        .example(Some("fi".into()))
        .build()
}

fn idempotency_key() -> Parameter {
    let schema = ObjectBuilder::new()
        .schema_type(Type::String)
        .min_length(Some(1))
        .max_length(Some(200))
        .pattern(Some("^[!-~]{1,200}$"));
    ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some("The same key and call give the same answer again, for two days"))
        .schema(Some(schema))
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_says_what_may_stand_in_the_way() {
        use super::super::{creating, finance, nouns, series, staff};

        let staff = staff::looking().merge(staff::changing());
        let finance = finance::looking().merge(finance::changing());
        let calls = nouns().merge(creating()).merge(series::paying());
        let (_, mut description) = calls.nest("/staff", staff).nest("/finance", finance).split_for_parts();
        complete(&mut description);
        let mut operations_seen = 0;
        for item in description.paths.paths.values_mut() {
            for operation in operations(item) {
                operations_seen += 1;
                let name = operation.operation_id.clone().expect("a name");
                for status in ["400", "503"] {
                    assert!(operation.responses.responses.contains_key(status), "{name} lacks {status}");
                }
                if let Some(body) = &operation.request_body {
                    let required = matches!(body, RefOr::T(body) if body.required == Some(Required::True));
                    assert!(required, "{name} goes without its body");
                }
            }
        }
        assert_eq!(operations_seen, 108);
    }
}
