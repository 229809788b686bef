//! What somebody tells of themselves: links, interests, where they are.

use std::collections::BTreeSet;

use jiff::tz;
use url::Url;

use crate::fault::Refusal;

pub const MOST_LINKS: usize = 5;
pub const MOST_INTERESTS: usize = 20;
const LONGEST_LINK: usize = 200;
const LONGEST_INTEREST: usize = 30;

/// Addresses on the web, as a browser would write them, each once.
pub fn links(typed: &[String]) -> Result<Vec<String>, Refusal> {
    let mut links = Vec::new();
    for text in typed.iter().map(|text| text.trim()).filter(|text| !text.is_empty()) {
        let link = link(text).ok_or(Refusal::LinkInvalid)?;
        if !links.contains(&link) {
            links.push(link);
        }
    }
    if links.len() <= MOST_LINKS { Ok(links) } else { Err(Refusal::TooManyLinks) }
}

/// A host with a name and nothing to log in with. Who leaves the scheme out means `https`.
fn link(text: &str) -> Option<String> {
    let text = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let url = Url::parse(&text).ok().filter(|url| ["http", "https"].contains(&url.scheme()))?;
    let is_named = url.domain().is_some_and(|domain| domain.trim_matches('.').contains('.'));
    let is_plain = url.username().is_empty() && url.password().is_none();
    let link = String::from(url);
    (is_named && is_plain && link.chars().count() <= LONGEST_LINK).then_some(link)
}

/// Interests in lower case and in the order of the alphabet, each once: two who like the same say it alike.
pub fn interests(typed: &[String]) -> Result<Vec<String>, Refusal> {
    let mut interests = BTreeSet::new();
    for text in typed {
        let words: Vec<&str> = text.split_whitespace().collect();
        let interest = words.join(" ").trim_start_matches('#').to_lowercase();
        let is_word = interest.chars().all(|c| c.is_alphanumeric() || " -'&".contains(c));
        if !is_word || interest.chars().count() > LONGEST_INTEREST {
            return Err(Refusal::InterestInvalid);
        }
        if !interest.is_empty() {
            interests.insert(interest);
        }
    }
    if interests.len() <= MOST_INTERESTS { Ok(interests.into_iter().collect()) } else { Err(Refusal::TooManyInterests) }
}

/// A zone by its name, written as the time zone database (IANA) writes it.
pub fn time_zone(typed: &str) -> Result<String, Refusal> {
    let zone = tz::db().get(typed.trim()).map_err(|_| Refusal::TimeZoneUnknown)?;
    zone.iana_name().map(str::to_owned).ok_or(Refusal::TimeZoneUnknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn p1_a_link_is_an_address_on_the_web_and_nothing_else() {
        let typed = list(&["duka.co.tz", " https://Duka.co.tz/ ", "http://x.example/a?b=1#c", ""]);
        assert_eq!(links(&typed).unwrap(), ["https://duka.co.tz/", "http://x.example/a?b=1#c"]);
        let long = format!("https://a.example/{}", "x".repeat(LONGEST_LINK));
        for odd in ["javascript:alert(1)", "javascript://x.example/%0aalert(1)", "data:text/html,x", "https://amina:pw@x.example"]
        {
            assert_eq!(links(&list(&[odd])), Err(Refusal::LinkInvalid), "{odd}");
        }
        for odd in ["https://localhost/", "https://10.0.0.7/", "https://[::1]/", "https://", "a b", "https://tz.", &long] {
            assert_eq!(links(&list(&[odd])), Err(Refusal::LinkInvalid), "{odd}");
        }
        assert_eq!(links(&list(&["a.tz", "b.tz", "c.tz", "d.tz", "e.tz", "f.tz"])), Err(Refusal::TooManyLinks));
    }

    #[test]
    fn p1_interests_are_said_alike_by_all() {
        let typed = list(&["Kitenge", " street   Food", "#kitenge", "Mpira wa miguu", "", "R&B"]);
        assert_eq!(interests(&typed).unwrap(), ["kitenge", "mpira wa miguu", "r&b", "street food"]);
        for odd in ["<b>", "a,b", "a\u{0}", "a\u{202e}b", &"x".repeat(LONGEST_INTEREST + 1)] {
            assert_eq!(interests(&list(&[odd])), Err(Refusal::InterestInvalid), "{odd:?}");
        }
        let many: Vec<String> = (0..=MOST_INTERESTS).map(|number| format!("interest {number}")).collect();
        assert_eq!(interests(&many), Err(Refusal::TooManyInterests));
    }

    #[test]
    fn p1_a_time_zone_has_a_name_in_the_database_of_zones() {
        assert_eq!(time_zone("africa/dar_es_salaam").unwrap(), "Africa/Dar_es_Salaam");
        for odd in ["", "Africa", "Africa/Atlantis", "+03:00", "../etc/passwd"] {
            assert_eq!(time_zone(odd), Err(Refusal::TimeZoneUnknown), "{odd}");
        }
    }
}
