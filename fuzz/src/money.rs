//! Money: only whole units of a known currency are read, and sums, shares and texts lose nothing of them.

#![no_main]
#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "it ends where something is wrong")]

use kernel::{Currency, Money, MoneyError};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

// Once as the JSON of an amount, once as numbers of eight bytes each: two amounts, then weights.
fuzz_target!(|input: &[u8]| {
    reads(input);
    let mut numbers = input.chunks(8).map(|bytes| bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)));
    let (first, second) = (numbers.next().unwrap_or_default(), numbers.next().unwrap_or_default());
    let currency = Currency::ACTIVE[input.len() % Currency::ACTIVE.len()];
    let amount = Money::new(first.cast_signed(), currency);
    sums(amount, Money::new(second.cast_signed(), currency));
    shares(amount, u32::try_from(second % 20_001).unwrap_or_default());
    splits(amount, &numbers.collect::<Vec<_>>());
    shows(amount);
});

fn reads(json: &[u8]) {
    let read = serde_json::from_slice::<Money>(json);
    let value = serde_json::from_slice::<Value>(json).ok();
    let stated = value.as_ref().and_then(stated);
    if let Ok(money) = read {
        assert_eq!(stated, Some(money), "what is read is what is there");
        let written = serde_json::to_string(&money).expect("two fields");
        assert_eq!(serde_json::from_str::<Money>(&written).ok(), Some(money));
    }
    // Where a field stands twice, only the value's own reading takes it: so it is asked of the value written out again.
    if let (Some(money), Some(value)) = (stated, &value) {
        assert_eq!(serde_json::from_str::<Money>(&value.to_string()).ok(), Some(money));
    }
}

/// The amount an object states with these two fields and no other.
fn stated(value: &Value) -> Option<Money> {
    let object = value.as_object().filter(|object| object.len() == 2)?;
    let minor = object.get("minor")?.as_i64().filter(|minor| (-Money::MAX_MINOR..=Money::MAX_MINOR).contains(minor))?;
    let code = object.get("currency")?.as_str()?;
    let currency = Currency::ACTIVE.iter().find(|currency| currency.code() == code)?;
    Some(Money::new(minor, *currency))
}

fn sums(a: Money, b: Money) {
    let wide = |money: Money| i128::from(money.minor());
    is_exactly(a.checked_add(b), wide(a) + wide(b), a);
    is_exactly(a.checked_sub(b), wide(a) - wide(b), a);
    let quantity = u32::try_from(b.minor().unsigned_abs() >> 32).unwrap_or_default();
    is_exactly(a.times(quantity), wide(a) * i128::from(quantity), a);
    let foreign = if a.currency() == Currency::TZS { Currency::USD } else { Currency::TZS };
    for sum in [a.checked_add(Money::new(b.minor(), foreign)), a.checked_sub(Money::new(b.minor(), foreign))] {
        assert_eq!(sum, Err(MoneyError::CurrencyMismatch));
    }
}

fn is_exactly(result: Result<Money, MoneyError>, exact: i128, like: Money) {
    let expected = i64::try_from(exact).map(|minor| Money::new(minor, like.currency())).map_err(|_| MoneyError::Overflow);
    assert_eq!(result, expected);
}

fn shares(amount: Money, points: u32) {
    let exact = i128::from(amount.minor()) * i128::from(points);
    let Ok(fee) = amount.basis_points(points) else { return assert!(points > 10_000, "a fee up to the whole always fits") };
    let fee = i128::from(fee.minor());
    assert!((fee * 10_000).abs() <= exact.abs() && exact.abs() < (fee.abs() + 1) * 10_000, "rounded towards nothing");
    assert!(fee == 0 || fee.signum() == exact.signum());
}

fn splits(amount: Money, weights: &[u64]) {
    let whole = i128::from(amount.minor());
    let total: u128 = weights.iter().copied().map(u128::from).sum();
    let Ok(parts) = amount.split(weights) else { return assert!(total == 0 && whole != 0, "only without weights") };
    assert_eq!(parts.len(), weights.len());
    if total == 0 {
        return assert!(parts.iter().all(|part| part.is_zero()));
    }
    assert_eq!(parts.iter().map(|part| i128::from(part.minor())).sum::<i128>(), whole, "the parts are the whole");
    for (part, weight) in parts.iter().zip(weights) {
        assert_eq!(part.currency(), amount.currency());
        let exact = whole.unsigned_abs() * u128::from(*weight);
        let (least, part) = (exact / total, u128::from(part.minor().unsigned_abs()));
        assert!(part == least || part == least + 1 && exact % total > 0, "{part} of exactly {exact}/{total}");
    }
    for ((earlier, later), _) in
        parts.iter().zip(parts.iter().skip(1)).zip(weights.windows(2)).filter(|(_, pair)| pair[0] == pair[1])
    {
        assert!(earlier.minor().unsigned_abs() >= later.minor().unsigned_abs(), "what is over goes to the earlier");
    }
}

fn shows(money: Money) {
    let text = money.to_string();
    let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '-').collect();
    assert_eq!(digits.parse(), Ok(money.minor()), "{text}");
    assert_eq!(
        text.split_once('.').map_or(0, |(_, decimals)| decimals.len()),
        usize::from(money.currency().exponent()),
        "{text}"
    );
    let number = text.strip_prefix(&format!("{} ", money.currency().code())).expect("the currency comes first");
    let mut groups = number.trim_start_matches('-').split('.').next().unwrap_or_default().split(',').map(str::len);
    assert!(groups.next().is_some_and(|first| (1..=3).contains(&first)) && groups.all(|group| group == 3), "{text}");
}
