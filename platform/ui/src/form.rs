//! Forms: read as they come, ours and no other site's, and, where they must act once, under a key.

use axum::{
    extract::{FromRequest, Request},
    http::request::Parts,
};
use host::{
    Here,
    http::{Once, Problem, text},
};
use kernel::{Currency, Fault, Kind, Money};
use serde::{Deserialize, de::DeserializeOwned};

use crate::csrf;

/// A form's fields. They are words as somebody typed them: what they mean, and whether they may, the command decides.
#[derive(Debug)]
pub struct Form<T>(pub T);

/// A form whose button says everything.
#[derive(Debug, Deserialize)]
pub struct Pressed {}

/// A form that acts once, however often its button was pressed: the page gave it a key.
#[derive(Debug)]
pub struct OnceForm<T, const DAYS: u32 = 1>(pub Once<T, DAYS>);

/// The same where money moves: its key is kept for 30 days.
pub type MoneyForm<T> = OnceForm<T, 30>;

impl<T: DeserializeOwned> FromRequest<Here> for Form<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, here: &Here) -> Result<Self, Problem> {
        let (_, filled) = read(request, here).await?;
        Ok(Self(filled.into()?))
    }
}

impl<T: DeserializeOwned + Send, const DAYS: u32> FromRequest<Here> for OnceForm<T, DAYS> {
    type Rejection = Problem;

    async fn from_request(request: Request, here: &Here) -> Result<Self, Problem> {
        let (parts, filled) = read(request, here).await?;
        let (key, said) = (filled.field("once").to_owned(), filled.said());
        Ok(Self(Once::of_form(here, &parts, &key, said.as_bytes(), filled.into()?).await?))
    }
}

/// No form of ours has as many; each costs more memory than it has bytes.
const MOST_FIELDS: usize = 100;

/// What was filled in, in its order.
struct Filled(Vec<(String, String)>);

async fn read(request: Request, here: &Here) -> Result<(Parts, Filled), Fault> {
    let (parts, body) = request.into_parts();
    let bytes = text(Request::from_parts(parts.clone(), body), here).await?;
    if bytes.split(|byte| *byte == b'&').nth(MOST_FIELDS).is_some() {
        return Err(unreadable("too many fields"));
    }
    let mut filled = Filled(serde_urlencoded::from_bytes(&bytes).map_err(unreadable)?);
    // Browsers send every line break as two characters, and count it as one.
    filled.0.iter_mut().for_each(|(_, text)| *text = text.replace("\r\n", "\n"));
    csrf::guard(here, &parts, filled.field("csrf"))?;
    Ok((parts, filled))
}

impl Filled {
    fn field(&self, name: &str) -> &str {
        self.0.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value)
    }

    /// What the form says, without what each page makes anew.
    fn said(&self) -> String {
        let own = self.0.iter().filter(|(name, _)| name != "csrf" && name != "once");
        own.flat_map(|(name, value)| [name, "\0", value, "\0"]).collect()
    }

    fn into<T: DeserializeOwned>(self) -> Result<T, Fault> {
        let text = serde_urlencoded::to_string(self.0).map_err(Fault::internal)?;
        serde_urlencoded::from_str(&text).map_err(unreadable)
    }
}

fn unreadable(cause: impl std::fmt::Display) -> Fault {
    Fault::new(Kind::Malformed, "invalid_form", "The form can't be read. Open the page again.").because(cause)
}

/// An amount as people type it, with commas or spaces between thousands and nowhere else: `12,500`, `12 500.50`, `TZS 12500`. Nothing where it is no amount of this currency.
pub fn amount(typed: &str, currency: Currency) -> Option<Money> {
    let plain = typed.trim().trim_start_matches(currency.code()).trim().replace(['\u{a0}', '\u{202f}'], " ");
    let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
    let exponent = usize::from(currency.exponent());
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_grouped(whole) || !is_number(decimals) || decimals.len() > exponent || plain.ends_with('.') {
        return None;
    }
    let digits = whole.replace([',', ' '], "");
    let minor: i64 = format!("{digits}{decimals:0<exponent$}").parse().ok()?;
    (minor <= Money::MAX_MINOR).then(|| Money::new(minor, currency))
}

/// Digits alone, or with a mark before every third from the right: who means `12.5` by `12,5` isn't taken for 125.
fn is_grouped(whole: &str) -> bool {
    let groups: Vec<&str> = whole.split([',', ' ']).collect();
    let is_number = |group: &&str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    let lengths = |(at, group): (usize, &&str)| if at == 0 { group.len() <= 3 } else { group.len() == 3 };
    groups.iter().all(is_number) && (groups.len() == 1 || groups.iter().enumerate().all(lengths))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn x1_an_amount_is_read_as_people_type_it() {
        for (typed, minor) in [
            ("12500", Some(1_250_000)),
            ("12,500", Some(1_250_000)),
            (" TZS 12 500.50 ", Some(1_250_050)),
            ("0.5", Some(50)),
            ("0", Some(0)),
            ("", None),
            (".", None),
            ("12.", None),
            ("12.505", None),
            ("12,50", None),
            ("1,5", None),
            ("1,2345", None),
            ("1234,500", None),
            (",500", None),
            ("12,", None),
            ("-5", None),
            ("1e3", None),
            ("12.5.0", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(amount(typed, Currency::TZS).map(Money::minor), minor, "{typed:?}");
        }
        assert_eq!(amount("12.5", Currency::UGX), None, "a currency without a smaller coin");
    }

    proptest! {
        #[test]
        fn x1_an_amount_that_was_shown_is_read_as_itself(minor in 0..=Money::MAX_MINOR, currency in prop::sample::select(Currency::ACTIVE)) {
            let money = Money::new(minor, currency);
            prop_assert_eq!(amount(&money.to_string(), currency), Some(money));
            prop_assert_eq!(amount(&money.short(), currency), Some(money));
        }
    }

    #[test]
    fn what_a_page_makes_anew_is_no_part_of_what_a_form_says() {
        let filled = |csrf: &str, note: &str| {
            Filled(vec![("csrf".into(), csrf.into()), ("once".into(), "k".into()), ("note".into(), note.into())])
        };
        assert_eq!(filled("a", "x").said(), filled("b", "x").said());
        assert_ne!(filled("a", "x").said(), filled("a", "y").said());
    }
}
