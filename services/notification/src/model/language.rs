//! Languages: one Fluent file each (<https://projectfluent.org>), read once.

use std::sync::LazyLock;

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use kernel::{Fault, Locale};

/// The words of one language.
pub type Language = FluentBundle<FluentResource>;

const EN: &str = include_str!("../../templates/en.ftl");
const SW: &str = include_str!("../../templates/sw.ftl");

static ENGLISH: LazyLock<Result<Language, String>> = LazyLock::new(|| language("en", EN));
static SWAHILI: LazyLock<Result<Language, String>> = LazyLock::new(|| language("sw", SW));

pub fn speaker(locale: Locale) -> Result<&'static Language, Fault> {
    let language = match locale {
        Locale::En => &*ENGLISH,
        Locale::Sw => &*SWAHILI,
    };
    language.as_ref().map_err(Fault::internal)
}

fn language(code: &str, source: &str) -> Result<Language, String> {
    let resource = FluentResource::try_new(source.to_owned()).map_err(|(_, errors)| format!("{code}.ftl: {errors:?}"))?;
    let mut language = Language::new_concurrent(vec![code.parse().map_err(|error| format!("{code}: {error}"))?]);
    // The marks that keep directions of writing apart would cost an SMS half its length; neither language needs them.
    language.set_use_isolating(false);
    language.add_resource(resource).map_err(|errors| format!("{code}.ftl: {errors:?}"))?;
    Ok(language)
}

/// A message, or one of its attributes, with everything filled in; a hole is a fault.
pub fn phrase(language: &Language, message: &str, attribute: Option<&str>, args: &FluentArgs<'_>) -> Result<String, Fault> {
    let missing = || Fault::internal(format_args!("no words for {message}"));
    let found = language.get_message(message).ok_or_else(missing)?;
    let pattern = match attribute {
        None => found.value(),
        Some(name) => found.get_attribute(name).map(|attribute| attribute.value()),
    };
    let mut errors = Vec::new();
    let text = language.format_pattern(pattern.ok_or_else(missing)?, Some(args), &mut errors);
    // The errors name what is missing, never what was given.
    if errors.is_empty() { Ok(text.into_owned()) } else { Err(Fault::internal(format_args!("words of {message}: {errors:?}"))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of a file's messages, each with the particulars it needs, in order.
    fn messages(source: &str) -> Vec<(String, Vec<String>)> {
        let mut found: Vec<(String, Vec<String>)> = Vec::new();
        for line in source.lines() {
            if let Some((name, _)) = line.split_once(" = ").filter(|(name, _)| !name.starts_with([' ', '#'])) {
                found.push((name.to_owned(), Vec::new()));
            }
            let Some((_, needs)) = found.last_mut() else { continue };
            needs.extend(line.split('$').skip(1).filter_map(|rest| rest.split(' ').next()).map(str::to_owned));
        }
        for (_, needs) in &mut found {
            needs.sort_unstable();
            needs.dedup();
        }
        found
    }

    #[test]
    fn n7_both_languages_say_the_same_things_with_the_same_particulars() {
        let english = messages(EN);
        assert_eq!(english, messages(SW));
        assert!(english.len() > 15 && english.iter().any(|(_, needs)| needs.contains(&"amount".to_owned())));
    }

    #[test]
    fn n7_every_message_has_a_title_and_a_body_in_both_languages() {
        for locale in [Locale::En, Locale::Sw] {
            for (name, _) in messages(EN).iter().filter(|(name, _)| !["moment", "open"].contains(&name.as_str())) {
                let found = speaker(locale).unwrap().get_message(name).unwrap();
                assert!(found.value().is_some() && found.get_attribute("body").is_some(), "{name} in {locale:?}");
            }
        }
    }
}
