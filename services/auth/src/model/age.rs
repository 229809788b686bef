//! How old somebody is (A11).

use jiff::civil::Date;
use kernel::Timestamp;

use crate::fault::Refusal;

/// Younger people can't have an account.
const YOUNGEST: i16 = 13;
const OLDEST: i16 = 120;

/// Whether somebody born on this day may sign up today (UTC).
pub fn check(born: Date, now: Timestamp) -> Result<(), Refusal> {
    let today = now.to_jiff().to_zoned(jiff::tz::TimeZone::UTC).date();
    let years = age(born, today);
    if born > today || years > OLDEST {
        Err(Refusal::BirthDateInvalid)
    } else if years < YOUNGEST {
        Err(Refusal::TooYoung)
    } else {
        Ok(())
    }
}

/// Full years; those born on 29 February have their birthday on 1 March of other years.
fn age(born: Date, today: Date) -> i16 {
    let had_birthday = (today.month(), today.day()) >= (born.month(), born.day());
    today.year() - born.year() - i16::from(!had_birthday)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a11_the_thirteenth_birthday_opens_the_door() {
        let now = Timestamp::from(jiff::Timestamp::new(1_795_420_800, 0).unwrap());
        for (born, expected) in [
            (date(2013, 11, 23), Ok(())),
            (date(2013, 11, 24), Err(Refusal::TooYoung)),
            (date(2026, 11, 23), Err(Refusal::TooYoung)),
            (date(2026, 11, 24), Err(Refusal::BirthDateInvalid)),
            (date(1906, 11, 23), Ok(())),
            (date(1900, 1, 1), Err(Refusal::BirthDateInvalid)),
        ] {
            assert_eq!(check(born, now), expected, "{born}");
        }
    }

    #[test]
    fn somebody_born_on_a_leap_day_is_older_on_the_first_of_march() {
        assert_eq!(age(date(2012, 2, 29), date(2025, 2, 28)), 12);
        assert_eq!(age(date(2012, 2, 29), date(2025, 3, 1)), 13);
    }
}
