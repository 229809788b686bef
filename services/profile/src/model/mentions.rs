//! `@somebody` in a text (P9).

use std::collections::BTreeSet;

/// More than these are words like any others.
pub const MOST: usize = 10;

/// The names a text mentions, in lower case and in their order, each once. An address like `a@b.tz` mentions nobody.
pub fn names(text: &str) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let all = spans(text).into_iter().filter_map(|(start, end)| text.get(start + 1..end)).map(str::to_lowercase);
    all.filter(|name| seen.insert(name.clone())).take(MOST).collect()
}

/// Where each mention stands, with its `@`, in bytes.
pub fn spans(text: &str) -> Vec<(usize, usize)> {
    let (mut spans, mut before) = (Vec::new(), ' ');
    for (start, letter) in text.char_indices() {
        if letter == '@' && !is_of_a_name(before) && !".-@".contains(before) {
            let rest = text.get(start + 1..).unwrap_or_default();
            let length = rest.find(|c| !is_of_a_name(c)).unwrap_or(rest.len());
            if (3..=30).contains(&length) {
                spans.push((start, start + 1 + length));
            }
        }
        before = letter;
    }
    spans
}

fn is_of_a_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn p9_a_mention_is_a_name_after_an_at_sign_that_ends_no_other_word() {
        let text = "@Amina and (@baraka_b), @amina! amina@duka.tz x@chiku @ab @@zawadi -@halima @neema.";
        assert_eq!(names(text), ["amina", "baraka_b", "neema"]);
        let many: Vec<String> = (0..12).map(|number| format!("@person_{number}")).collect();
        assert_eq!(names(&many.join(" ")).len(), MOST);
        assert_eq!(names(&format!("@{}", "x".repeat(31))), Vec::<String>::new());
    }

    proptest! {
        #[test]
        fn p9_every_span_of_any_text_is_a_name_with_its_at_sign(text in "[@a-c_.\\-é 1]{0,40}") {
            for (start, end) in spans(&text) {
                let name = text[start..end].strip_prefix('@').unwrap();
                prop_assert!(!name.is_empty() && name.chars().all(is_of_a_name));
            }
        }
    }
}
