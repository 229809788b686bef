//! What an operator may set: the fees, and how much a top-up may bring.

use std::collections::BTreeMap;

use kernel::{Currency, Fault, Money};
use serde::Deserialize;

use crate::fault::Refusal;

/// 5 % (M7).
const FEE: BasisPoints = BasisPoints(500);

/// `[payment]` of `nexgate.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The fee of each domain in hundredths of a percent; 500 where nothing is said.
    fee_basis_points: BTreeMap<Domain, BasisPoints>,
    /// The currencies a wallet can be topped up in, each with the largest single top-up in minor units.
    top_up_limits: BTreeMap<Currency, u64>,
}

/// What may be sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Domain {
    Commerce,
    Events,
}

/// Hundredths of a percent, up to the whole.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "u32")]
struct BasisPoints(u32);

impl TryFrom<u32> for BasisPoints {
    type Error = &'static str;
    fn try_from(points: u32) -> Result<Self, Self::Error> {
        if points <= 10_000 { Ok(Self(points)) } else { Err("a fee is 10000 basis points at most, which is the whole") }
    }
}

impl Domain {
    fn named(name: &str) -> Option<Self> {
        match name {
            "commerce" => Some(Self::Commerce),
            "events" => Some(Self::Events),
            _ => None,
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self { fee_basis_points: BTreeMap::new(), top_up_limits: BTreeMap::from([(Currency::TZS, 500_000_000)]) }
    }
}

impl Settings {
    /// The platform's part of `base`, rounded down to the minor unit.
    pub fn fee(&self, domain: &str, base: Money) -> Result<Money, Fault> {
        let set = Domain::named(domain).and_then(|domain| self.fee_basis_points.get(&domain));
        Ok(base.basis_points(set.copied().unwrap_or(FEE).0)?)
    }

    /// Checks what somebody wants to top up.
    pub fn top_up(&self, amount: Money) -> Result<(), Fault> {
        amount.must_be_positive("/amount/minor")?;
        match self.top_up_limits.get(&amount.currency()) {
            None => Err(Refusal::CurrencyUnsupported.into()),
            Some(most) if u64::try_from(amount.minor()).is_ok_and(|minor| minor > *most) => Err(Refusal::TopUpTooLarge.into()),
            Some(_) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tzs(minor: i64) -> Money {
        Money::new(minor, Currency::TZS)
    }

    proptest! {
        #[test]
        fn m7_fee_is_five_percent_rounded_down_and_never_above_its_base(minor in 0..=Money::MAX_MINOR) {
            let fee = Settings::default().fee("commerce", tzs(minor)).unwrap().minor();
            prop_assert_eq!(fee, minor / 20);
            prop_assert!((0..=minor).contains(&fee));
        }

        #[test]
        fn m7_fee_of_a_domain_is_the_one_in_the_settings(minor in 0..=Money::MAX_MINOR, points in 0..=10_000_u32) {
            let json = serde_json::json!({"fee_basis_points": {"events": points}});
            let settings: Settings = serde_json::from_value(json).unwrap();
            let exact = i128::from(minor) * i128::from(points);
            let fee = i128::from(settings.fee("events", tzs(minor)).unwrap().minor());
            prop_assert!(fee * 10_000 <= exact && exact < (fee + 1) * 10_000);
            prop_assert_eq!(settings.fee("commerce", tzs(minor)).unwrap().minor(), minor / 20);
        }
    }

    #[test]
    fn m7_a_fee_may_be_the_whole() {
        let settings: Settings = serde_json::from_str(r#"{"fee_basis_points": {"events": 10000}}"#).unwrap();
        assert_eq!(settings.fee("events", tzs(99)).unwrap(), tzs(99));
    }

    #[test]
    fn m7_what_can_be_no_setting_is_none() {
        for odd in [
            r#"{"fee_basis_points": {"events": 10001}}"#,
            r#"{"fee_basis_points": {"events": -1}}"#,
            r#"{"fee_basis_points": {"comerce": 300}}"#,
            r#"{"top_up_limits": {"TZS": -1}}"#,
            r#"{"top_up_limits": {"Tzs": 1}}"#,
        ] {
            assert!(serde_json::from_str::<Settings>(odd).is_err(), "{odd}");
        }
    }

    #[test]
    fn a_top_up_is_positive_supported_and_within_its_limit() {
        let settings = Settings::default();
        let refused = |amount| settings.top_up(amount).map_err(|fault| fault.fields()[0].code.clone().into_owned());
        assert_eq!(refused(tzs(500_000_000)), Ok(()));
        assert_eq!(refused(tzs(500_000_001)), Err("payment.top_up_too_large".into()));
        assert_eq!(refused(tzs(0)), Err("must_be_positive".into()));
        assert_eq!(refused(Money::new(1, Currency::USD)), Err("payment.currency_unsupported".into()));
    }
}
