//! Signed links: whoever holds one may manage the booking it names.

use std::sync::Arc;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use uuid::Uuid;

/// 128 bits of signature: nobody guesses one.
const SIGNATURE_BYTES: usize = 16;

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

    fn signer(&self, booking: Uuid) -> Hmac<Sha256> {
        let mut signer =
            Hmac::<Sha256>::new_from_slice(&self.0).unwrap_or_else(|_| unreachable!("any length will do"));
        signer.update(b"booking:");
        signer.update(booking.as_bytes());
        signer
    }

    /// The token that manages the booking: its id and a signature, as text for an address.
    #[must_use]
    pub fn manage_token(&self, booking: Uuid) -> String {
        let signature = self.signer(booking).finalize().into_bytes();
        let mut token = booking.as_bytes().to_vec();
        token.extend_from_slice(&signature[..SIGNATURE_BYTES]);
        BASE64.encode(token)
    }

    /// The booking that the token manages; `None` for one that isn't ours, letter by letter.
    #[must_use]
    pub fn read_token(&self, token: &str) -> Option<Uuid> {
        let bytes = BASE64.decode(token).ok().filter(|bytes| bytes.len() == 16 + SIGNATURE_BYTES)?;
        let (id, signature) = bytes.split_at(16);
        let booking = Uuid::from_slice(id).ok()?;
        self.signer(booking).verify_truncated_left(signature).ok()?;
        Some(booking)
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
}
