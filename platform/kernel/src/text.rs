//! Text that people type: what may be kept of it, and what fits on one line.

/// Whether the database can keep it and everybody can read it: no control characters but tabs and line breaks.
pub fn is_plain(text: &str) -> bool {
    !text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

/// Whether it fits on one line, like a name: no control characters and no sort of line break, also not the two that Unicode
/// doesn't count among the controls.
pub fn is_line(text: &str) -> bool {
    !text.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'))
}

/// Why [`plain`] refuses a text.
pub const NOT_PLAIN: &str = "Control characters are not allowed.";
/// Why [`line`] refuses one.
pub const NOT_A_LINE: &str = "Line breaks and control characters are not allowed.";

/// [`is_plain`] as a rule of a request's field: `#[garde(custom(plain))]`.
pub fn plain(text: &str, _: &()) -> garde::Result {
    if is_plain(text) { Ok(()) } else { Err(garde::Error::new(NOT_PLAIN)) }
}

/// [`is_line`] as a rule of a request's field: `#[garde(custom(line))]`.
pub fn line(text: &str, _: &()) -> garde::Result {
    if is_line(text) { Ok(()) } else { Err(garde::Error::new(NOT_A_LINE)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x8_a_line_has_no_breaks_and_no_controls() {
        for odd in ["\n", "\r", "\t", "\u{0}", "\u{b}", "\u{1b}[2J", "\u{85}", "\u{2028}", "\u{2029}"] {
            assert!(!is_line(&format!("Kitenge{odd}dress")), "{odd:?}");
        }
        for text in ["", "Ng'ombe ☀️ O'Brien-Müller", "Kitenge – “mavazi” 👗"] {
            assert!(is_line(text) && is_plain(text), "{text:?}");
        }
    }

    #[test]
    fn x8_a_zero_character_is_refused_and_a_line_break_is_not() {
        assert!(!is_plain("Kitenge\u{0}") && !is_plain("\u{1b}"));
        assert!(is_plain("Cotton,\r\n\tall sizes"));
        assert!(plain("a\u{0}", &()).is_err() && line("a\nb", &()).is_err() && plain("a\nb", &()).is_ok());
    }
}
