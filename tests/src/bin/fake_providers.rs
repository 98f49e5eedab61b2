//! Paytrail and Swish on this machine, for the browser's tests: prints what a server is set up with, one
//! `NAME=VALUE` a line, and runs until it is killed. `fake-providers FOLDER`

use std::{env, fs, path::PathBuf};

use tokio::net::TcpListener;
use vayla_tests::fakes::{MERCHANT, PAYEE, PaytrailFake, SECRET, SwishFake};

#[tokio::main]
#[expect(clippy::print_stdout, reason = "what it is run for")]
async fn main() {
    let folder = PathBuf::from(env::args().nth(1).expect("a folder"));
    let (paytrail, swish) = (PaytrailFake::start().await, SwishFake::start().await);
    swish.certificates.write(&folder).expect("to write certificates");
    let secret = folder.join("paytrail.secret");
    fs::write(&secret, format!("{SECRET}\n")).expect("to write the secret");
    let app = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let file = |name: &str| folder.join(name).display().to_string();
    let app_url = format!("http://{}", app.local_addr().expect("its number"));
    for (name, value) in [
        ("VAYLA_PROVIDER_TORNIO", "paytrail".to_owned()),
        ("VAYLA_PAYTRAIL_TORNIO_MERCHANT", MERCHANT.to_owned()),
        ("VAYLA_PAYTRAIL_TORNIO_SECRET_FILE", file("paytrail.secret")),
        ("VAYLA_PAYTRAIL_TORNIO_URL", paytrail.url.clone()),
        ("VAYLA_PROVIDER_HAPARANDA", "swish".to_owned()),
        ("VAYLA_SWISH_HAPARANDA_PAYEE", PAYEE.to_owned()),
        ("VAYLA_SWISH_HAPARANDA_CERT_FILE", file("client.pem")),
        ("VAYLA_SWISH_HAPARANDA_KEY_FILE", file("client.key")),
        ("VAYLA_SWISH_HAPARANDA_CA_FILE", file("ca.pem")),
        ("VAYLA_SWISH_HAPARANDA_URL", swish.url.clone()),
        ("SWISH_APP", app_url),
    ] {
        println!("{name}={value}");
    }
    axum::serve(app, swish.app()).await.expect("to serve");
}
