//! How Paytrail signs what it sends and what is sent to it.
//!
//! HMAC over all `checkout-…` names with their values, sorted, a line each, and then the body as it is. New
//! names may come at any time: all are signed.

use hmac::Mac;

use super::super::Key;

const SIGNED: &str = "checkout-";
pub const SIGNATURE: &str = "signature";
const ALGORITHM: &str = "checkout-algorithm";

/// The signature of these names and values, of which only those that count are signed.
pub fn sign(key: &Key, named: &[(&str, &str)], body: &[u8]) -> String {
    let mut signer = key.sha256();
    signer.update(&payload(named, body).unwrap_or_default());
    hex(&signer.finalize().into_bytes())
}

/// Whether it was Paytrail, or somebody else with the secret, who has signed this.
pub fn is_signed(key: &Key, named: &[(&str, &str)], body: &[u8]) -> bool {
    let value = |name: &str| named.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
    let (Some(signature), Some(payload)) = (value(SIGNATURE).and_then(unhex), payload(named, body)) else {
        return false;
    };
    match value(ALGORITHM) {
        Some("sha256") => {
            let mut signer = key.sha256();
            signer.update(&payload);
            signer.verify_slice(&signature).is_ok()
        }
        Some("sha512") => {
            let mut signer = key.sha512();
            signer.update(&payload);
            signer.verify_slice(&signature).is_ok()
        }
        _ => false,
    }
}

/// What is signed. `None` where two readings of it would have one signature: a name twice, or a value with a
/// line end in it.
fn payload(named: &[(&str, &str)], body: &[u8]) -> Option<Vec<u8>> {
    let mut signed: Vec<(&str, &str)> =
        named.iter().filter(|(name, _)| name.starts_with(SIGNED)).copied().collect();
    signed.sort_unstable();
    let twice = signed.windows(2).any(|pair| pair[0].0 == pair[1].0);
    let broken = |text: &str| text.contains(['\n', '\r']);
    if twice || signed.iter().any(|(name, value)| broken(name) || name.contains(':') || broken(value)) {
        return None;
    }
    let mut payload = Vec::new();
    for (name, value) in signed {
        payload.extend_from_slice(format!("{name}:{value}\n").as_bytes());
    }
    payload.extend_from_slice(body);
    Some(payload)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    let pairs = (0..text.len()).step_by(2).map(|at| &text[at..at + 2]);
    pairs.map(|pair| u8::from_str_radix(pair, 16).ok().filter(|_| !pair.contains('+'))).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key() -> Key {
        Key::from_file(b"SAIPPUAKAUPPIAS").expect("a key")
    }

    /// The published example of a request.
    #[test]
    fn a_request_is_signed_as_published() {
        let body = concat!(
            r##"{"stamp":"unique-identifier-for-merchant","reference":"3759170","amount":1525,"currency":"EUR","##,
            r##""language":"FI","items":[{"unitPrice":1525,"units":1,"vatPercentage":25.5,"productCode":"#1234","##,
            r##""deliveryDate":"2018-09-01"}],"customer":{"email":"test.customer@example.com"},"##,
            r##""redirectUrls":{"success":"https://ecom.example.com/cart/success","##,
            r##""cancel":"https://ecom.example.com/cart/cancel"}}"##
        );
        let headers = [
            ("checkout-timestamp", "2018-07-06T10:01:31.904Z"),
            ("checkout-account", "375917"),
            ("content-type", "application/json; charset=utf-8"),
            ("checkout-algorithm", "sha256"),
            ("checkout-method", "POST"),
            ("checkout-nonce", "564635208570151"),
        ];
        let signature = sign(&key(), &headers, body.as_bytes());
        assert_eq!(signature, "9a4a7735279de4c99268e4566a5526ae887e73e6e58f2918cb2309ccac366129");
    }

    const CALLED: [(&str, &str); 9] = [
        ("checkout-account", "375917"),
        ("checkout-algorithm", "sha256"),
        ("checkout-amount", "2964"),
        ("checkout-stamp", "15336332710015"),
        ("checkout-reference", "192387192837195"),
        ("checkout-transaction-id", "4b300af6-9a22-11e8-9184-abb6de7fd2d0"),
        ("checkout-status", "ok"),
        ("checkout-provider", "nordea"),
        ("signature", "b2d3ecdda2c04563a4638fcade3d4e77dfdc58829b429ad2c2cb422d0fc64080"),
    ];

    /// The published example of a callback.
    #[test]
    fn a_callback_is_signed_as_published() {
        assert!(is_signed(&key(), &CALLED, b""));
        let mut other_order = CALLED;
        other_order.reverse();
        assert!(is_signed(&key(), &other_order, b""));
    }

    #[test]
    fn whatever_is_changed_added_or_left_out_shows() {
        for place in 0..CALLED.len() {
            let mut changed = CALLED.to_vec();
            changed[place].1 = "1";
            assert!(!is_signed(&key(), &changed, b""), "{:?}", CALLED[place]);
            let mut left_out = CALLED.to_vec();
            left_out.remove(place);
            assert!(!is_signed(&key(), &left_out, b""), "{:?}", CALLED[place]);
        }
        let with = |name, value| [&CALLED[..], &[(name, value)]].concat();
        assert!(!is_signed(&key(), &with("checkout-new", "1"), b""));
        assert!(!is_signed(&key(), &with("checkout-status", "ok"), b""), "a name twice");
        assert!(is_signed(&key(), &with("refund", "1"), b""), "what isn't signed doesn't count");
        assert!(!is_signed(&key(), &CALLED, b"{}"));
        assert!(!is_signed(&Key::from_file(b"another").expect("a key"), &CALLED, b""));
    }

    #[test]
    fn one_signature_has_one_reading() {
        let (one, other) = ([("checkout-a", "1\ncheckout-b:2")], [("checkout-a", "1"), ("checkout-b", "2")]);
        assert!(payload(&other, b"").is_some());
        assert_eq!(payload(&one, b""), None);
        assert_eq!(payload(&[("checkout-a:1", "2")], b""), None);
    }

    proptest! {
        #[test]
        fn what_is_signed_is_known_again(
            values in proptest::collection::btree_map("[a-z]{1,8}", "[ -~äö]{0,12}", 0..8),
            body in proptest::collection::vec(any::<u8>(), 0..64),
        ) {
            let names: Vec<(String, String)> =
                values.into_iter().map(|(name, value)| (format!("checkout-x-{name}"), value)).collect();
            let mut named: Vec<(&str, &str)> =
                names.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            named.push((ALGORITHM, "sha256"));
            let signature = sign(&key(), &named, &body);
            named.insert(0, (SIGNATURE, &signature));
            prop_assert!(is_signed(&key(), &named, &body));
            let mut longer = body.clone();
            longer.push(b' ');
            prop_assert!(!is_signed(&key(), &named, &longer));
        }

        #[test]
        fn no_text_breaks_the_reading_of_a_signature(text in "\\PC{0,200}") {
            prop_assert!(!is_signed(&key(), &[(ALGORITHM, "sha512"), (SIGNATURE, &text)], b""));
        }
    }
}
