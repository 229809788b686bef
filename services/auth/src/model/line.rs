//! Text that fits on one line: names and reasons, shown as they are in lists, mails and logs.

/// Refuses control characters and every sort of line break, also the two that Unicode doesn't count among the controls.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "garde hands its context by reference")]
pub fn one_line(text: &str, _: &()) -> garde::Result {
    if text.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
        return Err(garde::Error::new("control characters and line breaks are not allowed"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x8_a_line_has_no_breaks_and_no_controls() {
        for text in ["a\0", "a\nb", "a\r\nb", "a\tb", "\u{1b}[2J", "a\u{85}b", "a\u{2028}b", "a\u{2029}b"] {
            assert!(one_line(text, &()).is_err(), "{text:?}");
        }
        for text in ["", "Amina Juma", "Ng'ombe ☀️ O'Brien-Müller"] {
            assert!(one_line(text, &()).is_ok(), "{text:?}");
        }
    }
}
