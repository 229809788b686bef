//! What a purchase costs: one pure function, whose result is kept with the order (C6).

use contracts::ids::Variant;
use kernel::{Id, Money, MoneyError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One line of a quote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Line {
    pub variant_id: Id<Variant>,
    #[schema(example = "Kitenge dress")]
    pub name: String,
    #[schema(example = 1)]
    pub quantity: u32,
    pub unit_price: Money,
    pub amount: Money,
}

/// A price with everything that is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Quote {
    pub lines: Vec<Line>,
    pub shipping: Money,
    pub tax: Money,
    pub discount: Money,
    pub total: Money,
}

impl Quote {
    /// Base price × quantity. The steps that follow in this order (ladder, offer, coupon, shipping, tax, rounding) add nothing
    /// yet.
    pub fn of(variant_id: Id<Variant>, name: String, unit_price: Money, quantity: u32) -> Result<Self, MoneyError> {
        let amount = unit_price.times(quantity)?;
        if amount.minor() > Money::MAX_MINOR {
            return Err(MoneyError::Overflow);
        }
        let none = Money::zero(unit_price.currency());
        let line = Line { variant_id, name, quantity, unit_price, amount };
        Ok(Self { lines: vec![line], shipping: none, tax: none, discount: none, total: amount })
    }

    /// What the platform's fee is taken from: everything but shipping (M7).
    pub fn fee_base(&self) -> Result<Money, MoneyError> {
        self.total.checked_sub(self.shipping)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Currency;
    use proptest::prelude::*;

    fn quote(minor: i64, quantity: u32) -> Result<Quote, MoneyError> {
        let variant = Id::from_uuid(uuid::Uuid::from_u128(1));
        Quote::of(variant, "Kitenge dress".into(), Money::new(minor, Currency::TZS), quantity)
    }

    proptest! {
        #[test]
        fn c6_the_total_is_the_sum_of_its_parts_and_always_fits_a_message(
            minor in prop_oneof![1..10_000_000_i64, 1..=Money::MAX_MINOR], quantity in prop_oneof![1..50_u32, 1..=u32::MAX],
        ) {
            let exact = i128::from(minor) * i128::from(quantity);
            match quote(minor, quantity) {
                Ok(quote) => {
                    let lines: i128 = quote.lines.iter().map(|line| i128::from(line.amount.minor())).sum();
                    let parts = lines + i128::from(quote.shipping.minor()) + i128::from(quote.tax.minor());
                    prop_assert_eq!(i128::from(quote.total.minor()), parts - i128::from(quote.discount.minor()));
                    prop_assert_eq!(i128::from(quote.total.minor()), exact);
                    prop_assert_eq!(quote.fee_base().unwrap(), quote.total);
                    let text = serde_json::to_string(&quote).unwrap();
                    prop_assert_eq!(serde_json::from_str::<Quote>(&text).unwrap(), quote);
                }
                Err(refused) => {
                    prop_assert_eq!(refused, MoneyError::Overflow);
                    prop_assert!(exact > i128::from(Money::MAX_MINOR));
                }
            }
        }
    }
}
