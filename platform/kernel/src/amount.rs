//! Amounts as people read them.

use std::fmt;

use crate::Money;

impl Money {
    /// `TZS 12,500`: without decimals where they are zero. English and Swahili group and point alike (CLDR: en-TZ, sw-TZ), so both
    /// languages read the same text.
    pub fn short(self) -> String {
        let text = self.to_string();
        match text.split_once('.') {
            Some((whole, decimals)) if decimals.bytes().all(|digit| digit == b'0') => whole.to_owned(),
            _ => text,
        }
    }
}

/// `TZS 12,500.00`, for people; the doors send the two fields.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = usize::from(self.currency().exponent());
        let unit = 10u64.pow(self.currency().exponent().into());
        let sign = if self.is_negative() { "-" } else { "" };
        write!(f, "{} {sign}{}", self.currency(), Grouped(self.minor().unsigned_abs() / unit))?;
        if decimals > 0 {
            write!(f, ".{:0decimals$}", self.minor().unsigned_abs() % unit)?;
        }
        Ok(())
    }
}

/// A number with a comma before every third digit from the right.
struct Grouped(u64);

impl fmt::Display for Grouped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.to_string();
        digits.char_indices().try_for_each(|(place, digit)| {
            let comma = if place > 0 && (digits.len() - place).is_multiple_of(3) { "," } else { "" };
            write!(f, "{comma}{digit}")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Currency;
    use proptest::prelude::*;

    #[test]
    fn n7_an_amount_leaves_out_decimals_that_are_zero() {
        for (minor, currency, text) in [
            (1_250_000, Currency::TZS, "TZS 12,500"),
            (1_250_050, Currency::TZS, "TZS 12,500.50"),
            (5, Currency::TZS, "TZS 0.05"),
            (-100, Currency::TZS, "TZS -1"),
            (12_500, Currency::UGX, "UGX 12,500"),
            (1_234, Currency::KWD, "KWD 1.234"),
        ] {
            assert_eq!(Money::new(minor, currency).short(), text);
        }
    }

    proptest! {
        #[test]
        fn x1_an_amount_for_people_is_the_whole_amount(
            minor in -Money::MAX_MINOR..=Money::MAX_MINOR, currency in prop::sample::select(Currency::ACTIVE),
        ) {
            let text = Money::new(minor, currency).short();
            let (code, number) = text.split_once(' ').unwrap();
            prop_assert_eq!(code, currency.code());
            let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
            let exponent = usize::from(currency.exponent());
            prop_assert!(decimals.is_empty() || decimals.len() == exponent, "{text}");
            let digits: String = format!("{whole}{decimals:0<exponent$}").chars().filter(|c| *c != ',').collect();
            prop_assert_eq!(digits.parse::<i64>().unwrap(), minor, "{}", text);
            let groups: Vec<&str> = whole.trim_start_matches('-').split(',').collect();
            prop_assert!(groups.iter().skip(1).all(|group| group.len() == 3) && (1..=3).contains(&groups[0].len()), "{text}");
        }
    }
}
