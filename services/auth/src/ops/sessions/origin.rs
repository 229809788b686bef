//! Where a request comes from, and which device it proves to be.

use std::net::IpAddr;

use contracts::ids::Device;
use data_encoding::BASE64URL_NOPAD;
use host::Here;
use kernel::Id;

use crate::model::secret::{Secret, same};

/// What the door could see of the caller. Debug shows nothing of it (X14).
#[derive(Clone, Default)]
pub struct Origin {
    pub address: Option<IpAddr>,
    /// A hint for the name of the device, and nothing else.
    pub user_agent: Option<String>,
}

impl std::fmt::Debug for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Origin(…)")
    }
}

impl Origin {
    /// What counts as one address: for IPv6 the /64 that one household gets.
    pub fn network(&self) -> Option<[u8; 16]> {
        let address = match self.address?.to_canonical() {
            IpAddr::V4(address) => address.to_ipv6_mapped().octets(),
            IpAddr::V6(address) => (u128::from(address) & !u128::from(u64::MAX)).to_be_bytes(),
        };
        Some(address)
    }
}

/// A device's id under our keyed hash: what the client keeps and shows at its next login.
pub fn device_token(here: &Here, id: Id<Device>) -> String {
    BASE64URL_NOPAD.encode(&[id.uuid().as_bytes().as_slice(), &mark(here, id)].concat())
}

/// The device such a token was made for; one that isn't ours proves nothing.
pub fn proven_device(here: &Here, token: Option<&Secret>) -> Option<Id<Device>> {
    let bytes = BASE64URL_NOPAD.decode(token?.expose().as_bytes()).ok()?;
    let (id, given) = bytes.split_first_chunk::<16>()?;
    let id = Id::from_uuid(uuid::Uuid::from_bytes(*id));
    same(&mark(here, id), given).then_some(id)
}

fn mark(here: &Here, id: Id<Device>) -> [u8; 32] {
    here.config.keys.hash("auth.device", id.uuid().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a7_one_ipv6_household_is_one_address() {
        let network = |text: &str| Origin { address: text.parse().ok(), user_agent: None }.network();
        assert_eq!(network("2001:db8:1:2:3::4"), network("2001:db8:1:2:ffff::1"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_eq!(network("::ffff:10.0.0.1"), network("10.0.0.1"));
        assert_ne!(network("10.0.0.1"), network("10.0.0.2"));
    }
}
