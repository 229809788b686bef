//! Scarce things: so many there are, so many are held for somebody, so many are gone (X5).

use std::fmt;

/// The count of one scarce thing, in units. `held >= 0`, `sold >= 0` and `held + sold <= capacity` hold always; each
/// store repeats them as a check constraint, and the database has the last word.
///
/// ```
/// # use kernel::{Short, Stock};
/// let stock = Stock { capacity: 3, held: 0, sold: 0 };
/// let stock = stock.hold(2)?.sell(1)?;
/// assert_eq!(stock, Stock { capacity: 3, held: 1, sold: 1 });
/// assert_eq!(stock.available(), 1);
/// assert_eq!(stock.hold(2), Err(Short));
/// # Ok::<(), Short>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stock {
    pub capacity: i64,
    pub held: i64,
    pub sold: i64,
}

/// There aren't that many units to move, or fewer than none were asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Short;

impl Stock {
    /// Units nobody holds or has.
    pub fn available(self) -> i64 {
        self.capacity.saturating_sub(self.held).saturating_sub(self.sold)
    }

    /// Available to held.
    pub fn hold(self, units: i64) -> Result<Self, Short> {
        enough(self.available(), units)?;
        Ok(Self { held: self.held + units, ..self })
    }

    /// Held to available: a hold was given up or ran out.
    pub fn release(self, units: i64) -> Result<Self, Short> {
        enough(self.held, units)?;
        Ok(Self { held: self.held - units, ..self })
    }

    /// Held to sold.
    pub fn sell(self, units: i64) -> Result<Self, Short> {
        let released = self.release(units)?;
        Ok(Self { sold: released.sold + units, ..released })
    }

    /// Sold to available: it came back.
    pub fn unsell(self, units: i64) -> Result<Self, Short> {
        enough(self.sold, units)?;
        Ok(Self { sold: self.sold - units, ..self })
    }
}

fn enough(there: i64, wanted: i64) -> Result<(), Short> {
    if (0..=there).contains(&wanted) { Ok(()) } else { Err(Short) }
}

impl fmt::Display for Short {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there are not that many units")
    }
}
impl std::error::Error for Short {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Step = fn(Stock, i64) -> Result<Stock, Short>;
    const STEPS: [Step; 4] = [Stock::hold, Stock::release, Stock::sell, Stock::unsell];

    fn units() -> impl Strategy<Value = i64> {
        prop_oneof![8 => 0..12_i64, 1 => any::<i64>()]
    }

    proptest! {
        #[test]
        fn x5_no_order_of_steps_oversells(
            capacity in prop_oneof![8 => 0..40_i64, 1 => 0..=i64::MAX],
            steps in prop::collection::vec((prop::sample::select(&STEPS[..]), units()), 0..60),
        ) {
            let mut stock = Stock { capacity, held: 0, sold: 0 };
            for (step, units) in steps {
                stock = step(stock, units).unwrap_or(stock);
                prop_assert!(stock.held >= 0 && stock.sold >= 0, "{stock:?}");
                prop_assert!(i128::from(stock.held) + i128::from(stock.sold) <= i128::from(capacity), "{stock:?}");
                prop_assert!(stock.capacity == capacity && stock.available() >= 0);
            }
        }

        #[test]
        fn x5_release_undoes_hold_and_unsell_undoes_a_sale(held in 0..20_i64, sold in 0..20_i64, free in 0..20_i64, units in 0..20_i64) {
            let stock = Stock { capacity: held + sold + free, held, sold };
            prop_assert_eq!(stock.hold(units).is_ok(), units <= free);
            if let Ok(more) = stock.hold(units) {
                prop_assert_eq!(more.available(), free - units);
                prop_assert_eq!(more.release(units), Ok(stock));
                prop_assert_eq!(more.sell(units).and_then(|sold| sold.unsell(units)), Ok(stock));
            }
        }
    }

    #[test]
    fn x5_the_last_unit_goes_once() {
        let last = Stock { capacity: 1, held: 0, sold: 0 }.hold(1).unwrap();
        assert_eq!(last.hold(1), Err(Short));
        let sold = last.sell(1).unwrap();
        assert_eq!((sold.hold(1), sold.sell(1), sold.release(1)), (Err(Short), Err(Short), Err(Short)));
        assert_eq!(sold.unsell(1).unwrap().available(), 1);
    }

    #[test]
    fn x5_fewer_than_none_is_refused() {
        let stock = Stock { capacity: 9, held: 3, sold: 3 };
        for step in STEPS {
            assert_eq!((step(stock, -1), step(stock, i64::MIN)), (Err(Short), Err(Short)));
            assert_eq!(step(stock, 0), Ok(stock));
        }
    }
}
