//! An e-mail's words as a page.

use askama::Template;
use fluent_bundle::FluentArgs;
use kernel::{Fault, Locale};

use super::{
    language::{phrase, speaker},
    words::Words,
};

#[derive(Template)]
#[template(path = "mail.html")]
struct Page<'a> {
    lang: &'static str,
    title: &'a str,
    body: &'a str,
    link: Option<&'a str>,
    open: String,
}

/// The words as a page, everything in them escaped; nothing is loaded from anywhere.
pub fn html(locale: Locale, words: &Words, link: Option<&str>) -> Result<String, Fault> {
    let open = phrase(speaker(locale)?, "open", None, &FluentArgs::new())?;
    let page = Page { lang: locale.name(), title: &words.title, body: &words.body, link, open };
    page.render().map_err(Fault::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn n7_a_page_escapes_what_people_wrote_and_speaks_its_readers_language() {
        let words = Words { title: "<b>Oda".into(), body: "\"Kitenge\" & co".into() };
        let page = html(Locale::Sw, &words, Some("https://x/orders/1")).unwrap();
        assert!(
            page.contains("lang=\"sw\"") && page.contains("href=\"https://x/orders/1\"") && page.contains("Fungua"),
            "{page}"
        );
        assert!(!page.contains("<b>") && !page.contains("\"Kitenge\""), "{page}");
        assert!(!html(Locale::En, &words, None).unwrap().contains("href"));
    }
}
