//! Who reads: their language, and whether every byte costs them money.

use std::time::Duration;

use axum::http::{HeaderMap, HeaderValue, header};
use host::{Config, http::cookies::Cookie};
use kernel::Locale;

pub(crate) const LANGUAGE: Cookie = Cookie("lang");
pub(crate) const DATA: Cookie = Cookie("data");
/// As long as browsers keep anything.
pub(crate) const PREFERENCE: Duration = Duration::from_hours(24 * 400);

/// How somebody reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reader {
    pub locale: Locale,
    pub data: Data,
}

/// How many bytes a page may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Data {
    Full,
    /// Small pictures, and none before they are seen.
    Low,
}

impl Reader {
    /// What they chose, or what their browser says (Accept-Language, RFC 9110 section 12.5.4; Save-Data, WICG).
    pub fn of(config: &Config, headers: &HeaderMap) -> Self {
        let locale = LANGUAGE.read(config, headers).and_then(|chosen| Locale::named(&chosen));
        let data = match DATA.read(config, headers).as_deref() {
            Some("low") => Data::Low,
            None if headers.get("save-data").is_some_and(|value| value == "on") => Data::Low,
            _ => Data::Full,
        };
        Self { locale: locale.unwrap_or_else(|| wanted(headers.get(header::ACCEPT_LANGUAGE))), data }
    }
}

/// The first of our languages that the browser names, which it does in order of preference.
fn wanted(value: Option<&HeaderValue>) -> Locale {
    let text = value.and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut named =
        text.split(',').filter_map(|range| Locale::named(&range.split([';', '-']).next()?.trim().to_ascii_lowercase()));
    named.next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader(sent: &[(&'static str, &str)]) -> Reader {
        let headers = sent.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
        Reader::of(&Config::for_tests(String::new()), &headers)
    }

    #[test]
    fn w3_the_language_is_the_one_chosen_or_the_browsers() {
        for (sent, locale) in [
            (vec![], Locale::En),
            (vec![("accept-language", "sw-TZ,sw;q=0.9,en;q=0.8")], Locale::Sw),
            (vec![("accept-language", "fr-FR,en;q=0.8,sw;q=0.5")], Locale::En),
            (vec![("accept-language", "de")], Locale::En),
            (vec![("accept-language", "sw"), ("cookie", "nexgate-lang=en")], Locale::En),
            (vec![("accept-language", "sw"), ("cookie", "nexgate-lang=xx")], Locale::Sw),
        ] {
            assert_eq!(reader(&sent).locale, locale, "{sent:?}");
        }
    }

    #[test]
    fn w5_low_data_is_asked_for_by_the_browser_or_by_hand() {
        assert_eq!(reader(&[]).data, Data::Full);
        assert_eq!(reader(&[("save-data", "on")]).data, Data::Low);
        assert_eq!(reader(&[("cookie", "nexgate-data=low")]).data, Data::Low);
        assert_eq!(reader(&[("save-data", "on"), ("cookie", "nexgate-data=full")]).data, Data::Full);
    }
}
