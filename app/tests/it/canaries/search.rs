//! Searching for what must not be there, in the forms in which programs write what they were given.

use std::collections::BTreeSet;

/// What must not be there.
#[derive(Debug, Default, Clone)]
pub struct Needles(BTreeSet<String>);

impl Needles {
    pub fn of(words: &[&str]) -> Self {
        Self(words.iter().map(|word| (*word).to_owned()).collect())
    }

    pub fn add(&mut self, word: &str) {
        assert!(word.len() >= 6, "{word:?} could stand anywhere");
        self.0.insert(word.to_owned());
    }

    /// All but these.
    pub fn but(&self, shown: &[&str]) -> Self {
        Self(self.0.iter().filter(|word| !shown.contains(&word.as_str())).cloned().collect())
    }

    /// Each that is in this text, with what stands around it.
    pub fn found_in(&self, place: &str, text: &str) -> Vec<String> {
        let lower = text.to_ascii_lowercase();
        let found = self.0.iter().filter_map(|word| Some((word, forms(word).iter().find_map(|form| at(&lower, form))?)));
        found.map(|(word, at)| format!("{word:?} in {place}: {}", around(&lower, at))).collect()
    }
}

/// As it is, as a list of bytes, as in an address; of a token also what nobody else could sign.
fn forms(word: &str) -> Vec<String> {
    let bytes: Vec<String> = word.bytes().map(|byte| byte.to_string()).collect();
    let mut forms = vec![word.to_ascii_lowercase(), bytes.join(", ")];
    if word.contains(['@', '+', ' ']) {
        forms.push(word.replace('@', "%40").replace('+', "%2b").replace(' ', "%20").to_ascii_lowercase());
    }
    forms.extend(word.starts_with("eyJ").then(|| word.rsplit('.').next().unwrap_or_default().to_ascii_lowercase()));
    forms
}

/// Where it is; digits only where they are a number of their own, and no part of a time.
fn at(text: &str, form: &str) -> Option<usize> {
    let is_number = form.bytes().all(|byte| byte.is_ascii_digit());
    let mut places = text.match_indices(form).map(|(at, _)| at);
    places.find(|at| !is_number || is_alone(&text[..*at], &text[at + form.len()..]))
}

fn is_alone(before: &str, after: &str) -> bool {
    let joins = |letter: char| letter.is_ascii_alphanumeric() || letter == '.';
    !before.ends_with(joins) && !before.ends_with("micros=") && !after.starts_with(|letter: char| letter.is_ascii_alphanumeric())
}

fn around(text: &str, at: usize) -> String {
    let begin = text[..at].rfind('\n').map_or(0, |line| line + 1).max(at.saturating_sub(300));
    text.chars()
        .collect::<String>()
        .get(begin..)
        .unwrap_or_default()
        .chars()
        .take(600)
        .take_while(|letter| *letter != '\n')
        .collect()
}
