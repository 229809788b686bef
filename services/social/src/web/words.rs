//! How a long text begins.

/// How a text begins that has more than so many characters, up to the end of a word where there is one near.
pub fn beginning(text: &str, most: usize) -> Option<&str> {
    let (end, _) = text.char_indices().nth(most)?;
    let cut = text.get(..end)?;
    let word = cut.rfind(char::is_whitespace).filter(|at| at * 3 > end * 2).and_then(|at| cut.get(..at));
    Some(word.unwrap_or(cut).trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_between_words_or_where_it_must() {
        assert_eq!(beginning("Habari za asubuhi", 17), None);
        assert_eq!(beginning("Habari za asubuhi", 12), Some("Habari za"));
        assert_eq!(beginning("Habarizaasubuhi", 6), Some("Habari"));
        assert_eq!(beginning("👗👗👗", 2), Some("👗👗"));
        assert_eq!(beginning("", 0), None);
    }
}
