//! Signed links: whoever holds one may do what it was signed for.

use std::sync::Arc;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use uuid::Uuid;

/// 128 bits of signature: nobody guesses one.
const SIGNATURE_BYTES: usize = 16;
/// What a booking's token is signed for.
const MANAGE: &str = "booking";
/// What the token of a place in line is signed for.
const WAITING: &str = "waiting";
/// What a series' token is signed for.
const SERIES: &str = "series";
/// What an invoice's token is signed for.
const INVOICE: &str = "invoice";
/// What a customer's code is signed for.
const CUSTOMER: &str = "customer";

/// The key that signs links. It stays in a file of its own and is never printed.
#[derive(Clone)]
pub struct Secret(Arc<[u8]>);

impl Secret {
    /// At least 32 random bytes.
    #[must_use]
    pub fn new(bytes: &[u8]) -> Option<Self> {
        (bytes.len() >= 32).then(|| Self(bytes.into()))
    }

    /// A fresh one.
    #[must_use]
    pub fn random() -> Self {
        Self(Arc::new(rand::random::<[u8; 32]>()))
    }

    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    fn signer(&self, purpose: &str, content: &[u8]) -> Hmac<Sha256> {
        let mut signer =
            Hmac::<Sha256>::new_from_slice(&self.0).unwrap_or_else(|_| unreachable!("any length will do"));
        for piece in [purpose.as_bytes(), b":", content] {
            signer.update(piece);
        }
        signer
    }

    /// The content and a signature that holds for one purpose only, as text for an address.
    pub(crate) fn seal(&self, purpose: &str, content: &[u8]) -> String {
        let signature = self.signer(purpose, content).finalize().into_bytes();
        let mut sealed = content.to_vec();
        sealed.extend_from_slice(&signature[..SIGNATURE_BYTES]);
        BASE64.encode(sealed)
    }

    /// What was sealed for the purpose; `None` for a text that isn't ours, letter by letter.
    pub(crate) fn unseal(&self, purpose: &str, sealed: &str) -> Option<Vec<u8>> {
        let bytes = BASE64.decode(sealed).ok()?;
        let (content, signature) = bytes.split_last_chunk::<SIGNATURE_BYTES>()?;
        self.signer(purpose, content).verify_truncated_left(signature).ok()?;
        Some(content.to_vec())
    }

    /// The token that manages the booking: its id and a signature, as text for an address.
    #[must_use]
    pub fn manage_token(&self, booking: Uuid) -> String {
        self.seal(MANAGE, booking.as_bytes())
    }

    /// The booking that the token manages; `None` for one that isn't ours, letter by letter.
    #[must_use]
    pub fn read_token(&self, token: &str) -> Option<Uuid> {
        Uuid::from_slice(&self.unseal(MANAGE, token)?).ok()
    }

    /// The token that shows a place in line and gives it up.
    #[must_use]
    pub fn waiting_token(&self, waiting: Uuid) -> String {
        self.seal(WAITING, waiting.as_bytes())
    }

    /// The place in line that the token is for; `None` for one that isn't ours.
    #[must_use]
    pub fn read_waiting_token(&self, token: &str) -> Option<Uuid> {
        Uuid::from_slice(&self.unseal(WAITING, token)?).ok()
    }

    /// The token that shows an invoice.
    #[must_use]
    pub fn invoice_token(&self, invoice: Uuid) -> String {
        self.seal(INVOICE, invoice.as_bytes())
    }

    /// The invoice that the token shows; `None` for one that isn't ours.
    #[must_use]
    pub fn read_invoice_token(&self, token: &str) -> Option<Uuid> {
        Uuid::from_slice(&self.unseal(INVOICE, token)?).ok()
    }

    /// The code by which one books on a customer's account, of what it is signed for.
    #[must_use]
    pub fn customer_code(&self, code: Uuid) -> String {
        self.seal(CUSTOMER, code.as_bytes())
    }

    /// What the code is signed for, which is some customer's as long as no other is in its place; `None` for one
    /// that isn't ours.
    #[must_use]
    pub fn read_customer_code(&self, code: &str) -> Option<Uuid> {
        Uuid::from_slice(&self.unseal(CUSTOMER, code)?).ok()
    }

    /// The token that manages a series as a whole.
    #[must_use]
    pub fn series_token(&self, series: Uuid) -> String {
        self.seal(SERIES, series.as_bytes())
    }

    /// The series that the token manages; `None` for one that isn't ours.
    #[must_use]
    pub fn read_series_token(&self, token: &str) -> Option<Uuid> {
        Uuid::from_slice(&self.unseal(SERIES, token)?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_opens_its_booking_and_a_changed_one_opens_nothing() {
        let (secret, booking) = (Secret::random(), Uuid::from_u128(7));
        let token = secret.manage_token(booking);
        assert_eq!(secret.read_token(&token), Some(booking));
        for place in 0..token.len() {
            let mut tampered = token.clone().into_bytes();
            tampered[place] = if tampered[place] == b'A' { b'B' } else { b'A' };
            let tampered = String::from_utf8(tampered).expect("ascii");
            assert_eq!(secret.read_token(&tampered), None, "{tampered}");
        }
        assert_eq!(Secret::random().read_token(&token), None);
        assert_eq!(secret.read_token(""), None);
        assert_eq!(secret.read_token("åäö"), None);
    }

    #[test]
    fn each_kind_has_tokens_of_its_own() {
        let (secret, id) = (Secret::random(), Uuid::from_u128(7));
        let (booking, series, waiting) =
            (secret.manage_token(id), secret.series_token(id), secret.waiting_token(id));
        let read = |token: &str| {
            (secret.read_token(token), secret.read_series_token(token), secret.read_waiting_token(token))
        };
        assert_eq!(read(&booking), (Some(id), None, None));
        assert_eq!(read(&series), (None, Some(id), None));
        assert_eq!(read(&waiting), (None, None, Some(id)));
    }
}
