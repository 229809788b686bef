//! Text that people type.

/// Refuses control characters, which no name has and the database can't keep; line breaks are fine.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "garde hands its context by reference")]
pub fn plain(text: &str, _: &()) -> garde::Result {
    if text.chars().any(|c| c.is_control() && c != '\n' && c != '\r' && c != '\t') {
        return Err(garde::Error::new("control characters are not allowed"));
    }
    Ok(())
}

/// Refuses line breaks too: what is shown in one line, like a name.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "garde hands its context by reference")]
pub fn line(text: &str, _: &()) -> garde::Result {
    if text.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
        return Err(garde::Error::new("line breaks and control characters are not allowed"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x8_a_line_has_no_breaks() {
        for broken in ["\n", "\r", "\t", "\u{0}", "\u{b}", "\u{85}", "\u{2028}", "\u{2029}"] {
            assert!(line(&format!("Kitenge{broken}dress"), &()).is_err(), "{broken:?}");
        }
        assert!(line("Kitenge – “mavazi” 👗", &()).is_ok());
    }

    #[test]
    fn x8_a_zero_byte_is_refused_and_a_line_break_is_not() {
        assert!(plain("Kitenge\u{0}", &()).is_err());
        assert!(plain("Cotton,\nall sizes", &()).is_ok());
    }
}
