//! `Money`: whole minor units of one currency, never a fraction of them (X1).

use std::{cmp::Reverse, fmt};

use serde::{
    Deserialize, Deserializer, Serialize,
    de::{Error as _, MapAccess, Visitor, value::MapAccessDeserializer},
};

use crate::{Currency, Fault, Kind};

/// An amount in minor units of one currency: 1,250,000 is TZS 12,500.00.
///
/// ```
/// # use kernel::{Currency, Money, MoneyError};
/// let price = Money::new(1_250_000, Currency::TZS);
/// assert_eq!(price.to_string(), "TZS 12,500.00");
/// assert_eq!(price.checked_add(price)?.minor(), 2_500_000);
/// assert_eq!(price.basis_points(500)?.minor(), 62_500);
/// assert_eq!(price.checked_add(Money::zero(Currency::USD)), Err(MoneyError::CurrencyMismatch));
///
/// let parts = Money::new(100, Currency::TZS).split(&[1, 1, 1])?;
/// assert_eq!(parts.iter().map(|part| part.minor()).collect::<Vec<_>>(), [34, 33, 33]);
/// # Ok::<(), MoneyError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)] // for the schema; reading is written out below
#[schema(example = json!({"minor": 1_250_000, "currency": "TZS"}))]
pub struct Money {
    /// Minor units of the currency.
    #[schema(minimum = -1_000_000_000_000_000_i64, maximum = 1_000_000_000_000_000_i64)]
    minor: i64,
    currency: Currency,
}

/// Why a sum can't be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoneyError {
    /// The result doesn't fit 64 bits.
    Overflow,
    /// The two amounts are in different currencies.
    CurrencyMismatch,
    /// Something is to be split, and no part has a weight.
    NoWeights,
}

impl Money {
    /// The largest amount a door takes, either sign: 9,000 of them still fit 64 bits.
    pub const MAX_MINOR: i64 = 1_000_000_000_000_000;

    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// Minor units.
    pub const fn minor(self) -> i64 {
        self.minor
    }

    pub const fn currency(self) -> Currency {
        self.currency
    }

    pub const fn is_zero(self) -> bool {
        self.minor == 0
    }

    pub const fn is_positive(self) -> bool {
        self.minor > 0
    }

    pub const fn is_negative(self) -> bool {
        self.minor < 0
    }

    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        self.with(self.minor.checked_add(other.minor))
    }

    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        self.with(self.minor.checked_sub(other.minor))
    }

    /// `quantity` times this.
    pub fn times(self, quantity: u32) -> Result<Self, MoneyError> {
        self.with(self.minor.checked_mul(quantity.into()))
    }

    /// This many hundredths of a percent, rounded down to the minor unit; a negative amount gives the negative of its
    /// positive twin's share, so that taking a fee back gives exactly the fee.
    pub fn basis_points(self, points: u32) -> Result<Self, MoneyError> {
        let share = i128::from(self.minor) * i128::from(points) / 10_000;
        self.with(i64::try_from(share).ok())
    }

    /// Parts in proportion to `weights` by largest remainder, ties to the earlier part. They sum to the whole, and each
    /// lies less than one minor unit from its exact share, so a part without weight gets nothing.
    ///
    /// Zero can be split over anything; other amounts need a weight above zero ([`MoneyError::NoWeights`]).
    pub fn split(self, weights: &[u64]) -> Result<Vec<Self>, MoneyError> {
        let total: u128 = weights.iter().copied().map(u128::from).sum();
        if total == 0 {
            return if self.is_zero() { Ok(vec![self; weights.len()]) } else { Err(MoneyError::NoWeights) };
        }
        let whole = u128::from(self.minor.unsigned_abs());
        // (quotient, remainder); 64 bits times 64 bits fit 128.
        let mut shares: Vec<(u128, u128)> =
            weights.iter().map(|weight| whole * u128::from(*weight)).map(|product| (product / total, product % total)).collect();
        let mut left = whole - shares.iter().map(|(quotient, _)| quotient).sum::<u128>();
        let mut by_remainder: Vec<_> = shares.iter_mut().collect();
        by_remainder.sort_by_key(|(_, remainder)| Reverse(*remainder)); // stable: earlier parts stay first
        for (quotient, _) in by_remainder {
            let unit = left.min(1);
            *quotient += unit;
            left -= unit;
        }
        shares.into_iter().map(|(quotient, _)| self.with(self.signed(quotient))).collect()
    }

    /// Refuses zero and less; `pointer` is the JSON pointer of the field this came from.
    pub fn must_be_positive(&self, pointer: &str) -> Result<(), Fault> {
        if self.is_positive() {
            return Ok(());
        }
        Err(Fault::field(pointer, "must_be_positive", "The amount must be more than zero."))
    }

    fn same_currency(self, other: Self) -> Result<(), MoneyError> {
        if self.currency == other.currency { Ok(()) } else { Err(MoneyError::CurrencyMismatch) }
    }

    fn with(self, minor: Option<i64>) -> Result<Self, MoneyError> {
        minor.map(|minor| Self::new(minor, self.currency)).ok_or(MoneyError::Overflow)
    }

    /// `magnitude` with the sign of this amount.
    fn signed(self, magnitude: u128) -> Option<i64> {
        let magnitude = i128::try_from(magnitude).ok()?;
        i64::try_from(if self.is_negative() { -magnitude } else { magnitude }).ok()
    }
}

impl fmt::Display for MoneyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            MoneyError::Overflow => "The amount is too large.",
            MoneyError::CurrencyMismatch => "The amounts are in different currencies.",
            MoneyError::NoWeights => "There is nobody to split the amount between.",
        })
    }
}
impl std::error::Error for MoneyError {}

impl From<MoneyError> for Fault {
    fn from(error: MoneyError) -> Self {
        match error {
            MoneyError::Overflow => Fault::new(Kind::Invalid, "money_overflow", error.to_string()),
            MoneyError::CurrencyMismatch => Fault::new(Kind::Invalid, "currency_mismatch", error.to_string()),
            MoneyError::NoWeights => Fault::new(Kind::Invalid, "money_no_weights", error.to_string()),
        }
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(Object)
    }
}

/// Takes an object only: code derived for a struct would take an array of two as well.
struct Object;

impl<'de> Visitor<'de> for Object {
    type Value = Money;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with minor and currency")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Money, A::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Fields {
            minor: i64,
            currency: Currency,
        }
        let Fields { minor, currency } = Fields::deserialize(MapAccessDeserializer::new(map))?;
        if minor.unsigned_abs() > Money::MAX_MINOR.unsigned_abs() {
            return Err(A::Error::custom(format_args!("minor must lie between -{0} and {0}", Money::MAX_MINOR)));
        }
        Ok(Money::new(minor, currency))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tzs(minor: i64) -> Money {
        Money::new(minor, Currency::TZS)
    }

    fn currencies() -> impl Strategy<Value = Currency> {
        proptest::sample::select(Currency::ACTIVE)
    }

    proptest! {
        #[test]
        fn x1_parts_sum_to_the_whole_and_stay_within_one_unit(
            minor: i64, weights in prop::collection::vec(prop_oneof![Just(0), 0..5_u64, 0..=u64::from(u32::MAX)], 1..12),
        ) {
            let total: i128 = weights.iter().copied().map(i128::from).sum();
            prop_assume!(total > 0);
            let parts = tzs(minor).split(&weights).unwrap();
            prop_assert_eq!(parts.len(), weights.len());
            prop_assert_eq!(parts.iter().map(|part| i128::from(part.minor())).sum::<i128>(), i128::from(minor));
            for (part, weight) in parts.iter().zip(&weights) {
                let off = i128::from(part.minor()) * total - i128::from(minor) * i128::from(*weight);
                prop_assert!(off.abs() < total, "{part} for {weight} of {total}");
            }
        }

        #[test]
        fn x1_of_two_equal_weights_the_earlier_gets_no_less(minor in 0..i64::MAX, weights in prop::collection::vec(1..4_u64, 2..9)) {
            let parts = tzs(minor).split(&weights).unwrap();
            for (early, weight) in weights.iter().enumerate() {
                for late in early..weights.len() {
                    prop_assert!(weights[late] != *weight || parts[early].minor() >= parts[late].minor());
                }
            }
        }

        #[test]
        fn x1_subtracting_undoes_adding(a: i64, b: i64) {
            match tzs(a).checked_add(tzs(b)) {
                Ok(sum) => prop_assert_eq!(sum.checked_sub(tzs(b)), Ok(tzs(a))),
                Err(error) => prop_assert!(a.checked_add(b).is_none() && error == MoneyError::Overflow),
            }
        }

        #[test]
        fn x1_a_fee_is_the_largest_whole_unit_not_above_its_exact_value(minor in 0..=Money::MAX_MINOR, points in 0..=10_000_u32) {
            let fee = i128::from(tzs(minor).basis_points(points).unwrap().minor());
            let exact = i128::from(minor) * i128::from(points);
            prop_assert!(fee * 10_000 <= exact && exact < (fee + 1) * 10_000);
            prop_assert_eq!(i128::from(tzs(-minor).basis_points(points).unwrap().minor()), -fee);
        }

        #[test]
        fn x1_money_survives_json(minor in -Money::MAX_MINOR..=Money::MAX_MINOR, currency in currencies()) {
            let money = Money::new(minor, currency);
            let json = serde_json::to_string(&money).unwrap();
            prop_assert_eq!(&json, &format!(r#"{{"minor":{minor},"currency":"{currency}"}}"#));
            prop_assert_eq!(serde_json::from_str::<Money>(&json).unwrap(), money);
        }

        #[test]
        fn x1_the_text_for_people_keeps_every_digit(minor: i64, currency in currencies()) {
            let text = Money::new(minor, currency).to_string();
            let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '-').collect();
            prop_assert_eq!(digits.parse::<i64>().unwrap(), minor);
            prop_assert_eq!(text.split_once('.').map_or(0, |(_, decimals)| decimals.len()), usize::from(currency.exponent()));
        }
    }

    #[test]
    fn x1_only_whole_units_of_a_known_currency_are_read() {
        for (json, why) in [
            (r#"{"minor":12.5,"currency":"TZS"}"#, "floating point"),
            (r#"{"minor":12.0,"currency":"TZS"}"#, "floating point"),
            (r#"{"minor":1e3,"currency":"TZS"}"#, "floating point"),
            (r#"{"minor":"12","currency":"TZS"}"#, "string"),
            (r#"{"minor":9223372036854775808,"currency":"TZS"}"#, "9223372036854775808"),
            (r#"{"minor":1000000000000001,"currency":"TZS"}"#, "between -1000000000000000 and 1000000000000000"),
            (r#"{"minor":-9223372036854775808,"currency":"TZS"}"#, "between"),
            (r#"{"minor":1,"currency":"tzs"}"#, "ISO 4217"),
            (r#"{"minor":1,"currency":"XXX"}"#, "ISO 4217"),
            (r#"{"minor":1,"currency":"TZS","major":0}"#, "unknown field `major`"),
            (r#"{"minor":1,"minor":2,"currency":"TZS"}"#, "duplicate field"),
            (r#"{"minor":1}"#, "missing field `currency`"),
            (r#"[1,"TZS"]"#, "an object with minor and currency"),
            ("12", "an object with minor and currency"),
        ] {
            let error = serde_json::from_str::<Money>(json).unwrap_err().to_string();
            assert!(error.contains(why), "{json}: {error}");
        }
        for minor in [Money::MAX_MINOR, -Money::MAX_MINOR] {
            let largest = format!(r#"{{"minor":{minor},"currency":"TZS"}}"#);
            assert_eq!(serde_json::from_str::<Money>(&largest).unwrap(), tzs(minor));
        }
    }

    #[test]
    fn x1_splits_at_the_edges() {
        let minors = |total: i64, weights: &[u64]| -> Vec<i64> {
            tzs(total).split(weights).unwrap().into_iter().map(Money::minor).collect()
        };
        assert_eq!(minors(100, &[1, 1, 1]), [34, 33, 33]);
        assert_eq!(minors(-100, &[1, 1, 1]), [-34, -33, -33]);
        assert_eq!(minors(10, &[0, 3, 0, 1]), [0, 8, 0, 2]);
        assert_eq!(minors(2, &[1, 1, 1, 5]), [1, 0, 0, 1]);
        assert_eq!(minors(0, &[0, 0]), [0, 0]);
        assert_eq!(minors(0, &[]), [0i64; 0]);
        assert_eq!(minors(i64::MIN, &[u64::MAX]), [i64::MIN]);
        assert_eq!(minors(i64::MAX, &[u64::MAX, u64::MAX]), [i64::MAX / 2 + 1, i64::MAX / 2]);
        assert_eq!(tzs(5).split(&[0, 0]), Err(MoneyError::NoWeights));
        assert_eq!(tzs(5).split(&[]), Err(MoneyError::NoWeights));
    }

    #[test]
    fn x1_what_does_not_fit_or_does_not_match_is_refused() {
        let usd = Money::new(1, Currency::USD);
        assert_eq!(tzs(1).checked_add(usd), Err(MoneyError::CurrencyMismatch));
        assert_eq!(tzs(1).checked_sub(usd), Err(MoneyError::CurrencyMismatch));
        assert_eq!(tzs(i64::MAX).checked_add(tzs(1)), Err(MoneyError::Overflow));
        assert_eq!(tzs(i64::MIN).checked_sub(tzs(1)), Err(MoneyError::Overflow));
        assert_eq!(tzs(i64::MAX).times(2), Err(MoneyError::Overflow));
        assert_eq!(tzs(i64::MAX).basis_points(10_001), Err(MoneyError::Overflow));
        assert_eq!(tzs(-7).times(3), Ok(tzs(-21)));
        for (error, code, why) in [
            (MoneyError::Overflow, "money_overflow", "too large"),
            (MoneyError::CurrencyMismatch, "currency_mismatch", "different currencies"),
            (MoneyError::NoWeights, "money_no_weights", "nobody"),
        ] {
            let fault = Fault::from(error);
            assert_eq!((fault.kind(), fault.code()), (Kind::Invalid, code));
            assert!(fault.detail().contains(why), "{fault:?}");
        }
    }

    #[test]
    fn x1_the_text_for_people() {
        for (money, text) in [
            (tzs(1_250_000), "TZS 12,500.00"),
            (tzs(-5), "TZS -0.05"),
            (tzs(0), "TZS 0.00"),
            (tzs(99_999), "TZS 999.99"),
            (tzs(100_000_000), "TZS 1,000,000.00"),
            (tzs(i64::MIN), "TZS -92,233,720,368,547,758.08"),
            (Money::new(12_500, Currency::UGX), "UGX 12,500"),
            (Money::new(1_234, Currency::KWD), "KWD 1.234"),
        ] {
            assert_eq!(money.to_string(), text);
        }
    }

    #[test]
    fn only_more_than_nothing_is_positive() {
        assert_eq!(tzs(1).must_be_positive("/amount"), Ok(()));
        for money in [tzs(0), tzs(-1)] {
            let fault = money.must_be_positive("/amount").unwrap_err();
            assert_eq!((fault.fields()[0].pointer.as_str(), &*fault.fields()[0].code), ("/amount", "must_be_positive"));
        }
    }

    #[test]
    fn the_schema_says_what_is_read() {
        let schema = serde_json::to_value(<Money as utoipa::PartialSchema>::schema()).unwrap();
        assert_eq!(schema["properties"]["minor"]["maximum"], Money::MAX_MINOR);
        assert_eq!(schema["properties"]["minor"]["minimum"], -Money::MAX_MINOR);
        assert_eq!(schema["additionalProperties"], false);
        assert_eq!(schema["required"], serde_json::json!(["minor", "currency"]));
        assert!(serde_json::from_value::<Money>(schema["example"].clone()).is_ok(), "{schema}");
    }
}
