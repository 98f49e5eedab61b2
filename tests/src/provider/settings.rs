//! Providers are set up by the environment, whole or not at all.

use std::{collections::HashMap, fs};

use vayla_domain::money::EURO;
use vayla_server::providers::providers;
use vayla_services::payment::{self, ChargeError, Outcome, provider::Providers};

use crate::{
    Till, aino,
    fakes::{MERCHANT, PAYEE, SECRET},
    harness::folder::Folder,
};

at_both_providers! {
    a_whole_set_of_settings_is_taken,
    half_a_set_says_which_setting_is_wrong,
    nothing_is_played_any_more_once_money_is_real,
}

/// As a town's operator sets them, with the files that they name.
fn settings(till: &Till, folder: &Folder) -> HashMap<String, String> {
    till.swish.certificates.write(folder.path()).expect("certificates");
    let file = |name: &str| folder.path().join(name).display().to_string();
    fs::write(file("secret"), format!("{SECRET}\n")).expect("a secret");
    fs::write(file("empty"), "\n").expect("a file");
    [
        ("VAYLA_PROVIDER_TORNIO", "paytrail".to_owned()),
        ("VAYLA_PAYTRAIL_TORNIO_MERCHANT", MERCHANT.to_owned()),
        ("VAYLA_PAYTRAIL_TORNIO_SECRET_FILE", file("secret")),
        ("VAYLA_PROVIDER_HAPARANDA", "swish".to_owned()),
        ("VAYLA_SWISH_HAPARANDA_PAYEE", PAYEE.to_owned()),
        ("VAYLA_SWISH_HAPARANDA_CERT_FILE", file("client.pem")),
        ("VAYLA_SWISH_HAPARANDA_KEY_FILE", file("client.key")),
        ("VAYLA_SWISH_HAPARANDA_CA_FILE", file("ca.pem")),
        ("VAYLA_SWISH_HAPARANDA_URL", till.swish.url.clone()),
        ("VAYLA_LISTEN", "127.0.0.1:0".to_owned()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into()
}

fn set_up(till: &Till, settings: &HashMap<String, String>) -> Result<Vec<&'static str>, String> {
    let catalogue = till.services.catalogue();
    let made = providers(settings, &catalogue, &till.base_url, &till.services.clock)?;
    let printed = format!("{made:?}");
    assert!(!printed.contains(SECRET), "{printed}");
    Ok(["tornio", "haparanda"].map(|town| made.of(town).name()).to_vec())
}

async fn a_whole_set_of_settings_is_taken(till: &Till) {
    let folder = Folder::make();
    assert_eq!(set_up(till, &settings(till, &folder)), Ok(vec!["paytrail", "swish"]));
    assert_eq!(set_up(till, &HashMap::new()), Ok(vec!["sandbox", "sandbox"]));
}

async fn half_a_set_says_which_setting_is_wrong(till: &Till) {
    let folder = Folder::make();
    let whole = settings(till, &folder);
    let file = |name: &str| folder.path().join(name).display().to_string();
    let left_out = whole.keys().filter(|name| name.ends_with("MERCHANT") || name.ends_with("_FILE"));
    for name in left_out.filter(|name| !name.contains("CA_FILE")) {
        let mut half = whole.clone();
        half.remove(name);
        let says = set_up(till, &half).expect_err(name);
        assert!(says.starts_with(&format!("{name} is missing: VAYLA_PROVIDER_")), "{says}");
    }
    for (name, value, says) in [
        ("VAYLA_PROVIDER_TORNIO", "stripe", "stripe is none of"),
        ("VAYLA_PROVIDER_TORNIO", "swish", "VAYLA_SWISH_TORNIO_PAYEE is missing"),
        ("VAYLA_PROVIDER_TORNIO", "sandbox", "for another provider than the town's"),
        ("VAYLA_PROVIDER_KEMI", "paytrail", "VAYLA_PROVIDER_KEMI is set for no town"),
        ("VAYLA_SWISH_TORNIO_PAYEE", "1", "VAYLA_SWISH_TORNIO_PAYEE is set for no town"),
        ("VAYLA_PAYTRAIL_TORNIO_MERCHANT", "a", "MERCHANT: digits only"),
        ("VAYLA_PAYTRAIL_TORNIO_SECRET_FILE", &file("none"), "VAYLA_PAYTRAIL_TORNIO_SECRET_FILE: "),
        ("VAYLA_PAYTRAIL_TORNIO_SECRET_FILE", &file("empty"), "SECRET_FILE: an empty file"),
        ("VAYLA_PAYTRAIL_TORNIO_URL", "http://example.fi", "URL: it must begin with https://"),
        ("VAYLA_SWISH_HAPARANDA_KEY_FILE", &file("ca.pem"), "VAYLA_SWISH_HAPARANDA_"),
        ("VAYLA_SWISH_HAPARANDA_CA_FILE", &file("empty"), "VAYLA_SWISH_HAPARANDA_"),
    ] {
        let mut wrong = whole.clone();
        wrong.insert(name.to_owned(), value.to_owned());
        let said = set_up(till, &wrong).expect_err(says);
        assert!(said.contains(says), "{name}={value}: {said}");
        assert!(!said.contains(SECRET));
    }
    // Where one town takes real money, none is forgotten: its currency would be paid at the terminal.
    let mut forgotten = whole.clone();
    forgotten.retain(|name, _| !name.contains("HAPARANDA"));
    let said = set_up(till, &forgotten).expect_err("a town without a provider");
    assert!(said.starts_with("VAYLA_PROVIDER_HAPARANDA isn't set"), "{said}");
    forgotten.insert("VAYLA_PROVIDER_HAPARANDA".to_owned(), "sandbox".to_owned());
    assert_eq!(set_up(till, &forgotten), Ok(vec!["paytrail", "sandbox"]));
    // Paytrail takes euros only.
    let mut wrong = whole.clone();
    wrong.insert("VAYLA_PROVIDER_HAPARANDA".to_owned(), "paytrail".to_owned());
    wrong.retain(|name, _| !name.starts_with("VAYLA_SWISH"));
    wrong.insert("VAYLA_PAYTRAIL_HAPARANDA_MERCHANT".to_owned(), MERCHANT.to_owned());
    wrong.insert("VAYLA_PAYTRAIL_HAPARANDA_SECRET_FILE".to_owned(), file("secret"));
    let said = set_up(till, &wrong).expect_err("kronor");
    assert!(said.contains("paytrail doesn't take SEK"), "{said}");
}

async fn nothing_is_played_any_more_once_money_is_real(till: &Till) {
    let before = till.services.clone().paid_by(Providers::default());
    let held = till.hold(till.ice_in_tornio().request_by(aino())).await;
    let id = payment::start(&before, &held, EURO, &format!("{}/", till.base_url)).await.expect("a payment");
    let opened = till.payment(id).await;
    let played = payment::play(&till.services, &opened, Outcome::Pay, None).await;
    assert!(matches!(played, Err(ChargeError::Unknown)), "{played:?}");
    let page =
        till.client.get(format!("{}/fi/terminal/{id}", till.base_url)).send().await.expect("an answer");
    assert_eq!(page.status(), 404);
    payment::play(&before, &opened, Outcome::Pay, None).await.expect("as long as it is the town's");
}
