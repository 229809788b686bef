//! Cookies (RFC 6265bis): sent to this host only, over TLS where people reach us by it, and hidden from scripts.

use std::time::Duration;

use axum::http::{HeaderMap, HeaderValue, header};

use crate::config::Config;

/// A cookie of ours, by the name the code knows it under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cookie(pub &'static str);

impl Cookie {
    /// Its name on the wire. `__Host-` has browsers refuse it from any other host and without TLS.
    fn name(self, config: &Config) -> String {
        let prefix = if is_secure(config) { "__Host-" } else { "" };
        format!("{prefix}nexgate-{}", self.0)
    }

    /// What the caller brought; only what we could have set.
    pub fn read(self, config: &Config, headers: &HeaderMap) -> Option<String> {
        let name = self.name(config);
        pairs(headers).find(|(found, _)| *found == name).map(|(_, value)| value.to_owned())
    }

    /// Sets it for so long. `value` has no character that would end it; one that has is kept empty.
    pub fn set(self, config: &Config, value: &str, life: Duration) -> HeaderValue {
        let secure = if is_secure(config) { "; Secure" } else { "" };
        let text = format!("{}={value}; Path=/; Max-Age={}; HttpOnly; SameSite=Lax{secure}", self.name(config), life.as_secs());
        let is_plain = value.bytes().all(|byte| byte.is_ascii_graphic() && !b";,\"\\".contains(&byte));
        HeaderValue::from_str(&text).ok().filter(|_| is_plain).unwrap_or_else(|| self.clear(config))
    }

    pub fn clear(self, config: &Config) -> HeaderValue {
        let secure = if is_secure(config) { "; Secure" } else { "" };
        let text = format!("{}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax{secure}", self.name(config));
        HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
    }

    /// Whether an answer sets or clears it.
    pub(super) fn is_set(self, config: &Config, headers: &HeaderMap) -> bool {
        let name = self.name(config);
        let set = headers.get_all(header::SET_COOKIE).into_iter().filter_map(|value| value.to_str().ok()?.split_once('='));
        set.into_iter().any(|(found, _)| found == name)
    }

    /// Puts another value in what the caller brought, for whoever reads the request after us.
    pub(super) fn replace(self, config: &Config, headers: &mut HeaderMap, value: &str) {
        let name = self.name(config);
        let others = pairs(headers).filter(|(found, _)| *found != name).map(|(name, value)| format!("{name}={value}; "));
        let text: String = others.chain([format!("{name}={value}")]).collect();
        if let Ok(value) = HeaderValue::from_str(&text) {
            headers.insert(header::COOKIE, value);
        }
    }
}

/// Whether people reach us over TLS.
fn is_secure(config: &Config) -> bool {
    config.public_url.starts_with("https://")
}

/// Every cookie the caller brought, as name and value.
fn pairs(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    let texts = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    texts.flat_map(|text| text.split(';')).filter_map(|pair| pair.trim().split_once('='))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LANG: Cookie = Cookie("lang");

    fn config(public_url: &str) -> Config {
        let mut config = Config::for_tests(String::new());
        config.public_url = public_url.into();
        config
    }

    fn brought(text: &str) -> HeaderMap {
        HeaderMap::from_iter([(header::COOKIE, text.parse().unwrap())])
    }

    #[test]
    fn w7_cookies_are_hidden_from_scripts_and_over_tls_bound_to_the_host() {
        let plain = LANG.set(&config("http://127.0.0.1:8080"), "sw", Duration::from_mins(1));
        assert_eq!(plain, "nexgate-lang=sw; Path=/; Max-Age=60; HttpOnly; SameSite=Lax");
        let safe = LANG.set(&config("https://nexgate.example"), "sw", Duration::from_mins(1));
        assert_eq!(safe, "__Host-nexgate-lang=sw; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure");
        assert_eq!(LANG.clear(&config("http://x")), "nexgate-lang=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
    }

    #[test]
    fn a_value_that_would_end_the_cookie_is_not_set() {
        let config = config("http://x");
        for value in ["a;b", "a b", "a\nb", "a\"", "é"] {
            assert_eq!(LANG.set(&config, value, Duration::from_mins(1)), LANG.clear(&config), "{value}");
        }
    }

    #[test]
    fn a_cookie_is_read_by_its_whole_name() {
        let (plain, safe) = (config("http://x"), config("https://x"));
        let headers = brought("xnexgate-lang=no; nexgate-lang=sw; other=1");
        assert_eq!(LANG.read(&plain, &headers).as_deref(), Some("sw"));
        assert_eq!(LANG.read(&safe, &headers), None, "one without the prefix may come from anywhere");
        assert_eq!(LANG.read(&plain, &HeaderMap::new()), None);
    }

    #[test]
    fn a_replaced_cookie_leaves_the_others_alone() {
        let config = config("http://x");
        let mut headers = brought("a=1; nexgate-lang=sw; b=2");
        LANG.replace(&config, &mut headers, "en");
        assert_eq!(headers[header::COOKIE], "a=1; b=2; nexgate-lang=en");
    }
}
