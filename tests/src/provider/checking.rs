//! The check of the books finds what is wrong with what providers have paid out.

use vayla_domain::money::EURO;
use vayla_services::{payment::settlement, staff::Staff};

use super::settling::fetch;
use crate::{Till, aino};

at_both_providers! {
    each_broken_rule_of_payouts_is_found_and_named,
}

async fn each_broken_rule_of_payouts_is_found_and_named(till: &Till) {
    let held = till.hold(till.ice_in_tornio().request_by(aino())).await;
    let (payment, _) = till.start(&held, EURO).await;
    till.paytrail.pay(&till.transaction(&payment)).await;
    let operator = Staff::operator();
    fetch(till, &operator, "tornio").await.expect("fetched");
    let settled = settlement::list(&till.services, &operator, None, 50).await.expect("a list").items;
    let place = format!("tornio/paytrail/{}", settled[0].settlement);
    let paid_out = "what a provider has paid out is in the books as it was reported";
    till.finds(&[
        (
            "UPDATE provider_settlement SET minor = minor + 1",
            "UPDATE provider_settlement SET minor = minor - 1",
            paid_out,
            &place,
        ),
        (
            "UPDATE ledger_transaction SET source = 'lost' || source WHERE event = 'payout'",
            "UPDATE ledger_transaction SET source = SUBSTR(source, 5) WHERE event = 'payout'",
            paid_out,
            &place,
        ),
    ])
    .await;
}
