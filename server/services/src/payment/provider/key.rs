//! A secret that a provider and we share.

use std::{fmt, sync::Arc};

use hmac::{Hmac, KeyInit};
use sha2::{Sha256, Sha512};

/// Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Key(Arc<[u8]>);

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl Key {
    /// A secret as a file has it: spaces and line ends around it aren't part of it. `None` where there is
    /// none.
    #[must_use]
    pub fn from_file(bytes: &[u8]) -> Option<Self> {
        let bytes = bytes.trim_ascii();
        (!bytes.is_empty()).then(|| Self(bytes.into()))
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    pub(super) fn sha256(&self) -> Hmac<Sha256> {
        Hmac::new_from_slice(&self.0).unwrap_or_else(|_| unreachable!("any length will do"))
    }

    pub(super) fn sha512(&self) -> Hmac<Sha512> {
        Hmac::new_from_slice(&self.0).unwrap_or_else(|_| unreachable!("any length will do"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_never_printed_and_a_line_end_is_no_part_of_it() {
        let key = Key::from_file(b" SAIPPUAKAUPPIAS\r\n").expect("a key");
        assert_eq!(format!("{key:?} {:?}", Some(&key)), "*** Some(***)");
        assert_eq!(key.bytes(), b"SAIPPUAKAUPPIAS");
        assert_eq!(Key::from_file(b"\n"), None);
    }
}
