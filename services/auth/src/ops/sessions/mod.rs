//! Logins, and the devices and tokens they stand on.

pub mod count_attempt;
pub mod end_session;
pub mod hash_password;
pub mod log_in;
pub mod open_session;
pub mod prove_device;
pub mod refresh_session;

use std::net::IpAddr;

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
