//! What a parser says of JSON it couldn't read, without what stood there: that may be anybody's, and the words go to a log (X14).

use serde_json::{Error, error::Category};

/// Begin what serde says of a value, which it repeats up to what it expected there.
const SHOWING: [&str; 4] = ["invalid type", "invalid value", "unknown variant", "unknown field"];
/// Begin what repeats nothing but names of ours.
const PLAIN: [&str; 4] = ["missing field `", "duplicate field `", "invalid length ", "expected an id that starts with "];
const EXPECTED: &str = ", expected ";

/// Why it couldn't be read, and where; nothing of what it was.
#[must_use]
pub fn unread(error: &Error) -> String {
    let said = error.to_string();
    let words = said.rsplit_once(" at line ").map_or(said.as_str(), |(words, _)| words);
    let words = match error.classify() {
        Category::Data => without_the_value(words),
        // What isn't JSON is spoken of in words that stand in the parser.
        Category::Syntax | Category::Eof | Category::Io => words.to_owned(),
    };
    match error.line() {
        0 => words,
        line => format!("{words} at line {line} column {}", error.column()),
    }
}

fn without_the_value(words: &str) -> String {
    if PLAIN.iter().any(|begin| words.starts_with(begin)) {
        return words.to_owned();
    }
    let kind = SHOWING.into_iter().find(|begin| words.starts_with(begin));
    match (kind, words.rsplit_once(EXPECTED)) {
        (Some(kind), Some((_, expected))) => format!("{kind}{EXPECTED}{expected}"),
        _ => "a value can't be read".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, de::DeserializeOwned};

    use super::*;
    use crate::{Id, Locale, Timestamp, User};

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only read")]
    struct Line {
        name: String,
        count: i64,
    }

    fn said<T: DeserializeOwned>(text: &str) -> String {
        unread(&serde_json::from_str::<T>(text).err().expect("it can't be read"))
    }

    #[test]
    fn x14_what_stood_there_is_not_repeated() {
        for (said, expected) in [
            (said::<Line>("{\"name\": 255754}"), "invalid type, expected a string"),
            (said::<Line>("{\"count\": \"canary, expected\"}"), "invalid type, expected i64"),
            (said::<Line>("{\"canary\": 1}"), "unknown field, expected `name` or `count`"),
            (said::<Locale>("\"canary\""), "unknown variant, expected `en` or `sw`"),
            (said::<Id<User>>("\"canary\""), "expected an id that starts with usr_"),
            (said::<Timestamp>("\"canary\""), "a value can't be read"),
            (said::<uuid::Uuid>("\"canary\""), "a value can't be read"),
        ] {
            assert_eq!(said.split(" at line ").next(), Some(expected));
        }
    }

    #[test]
    fn what_is_missing_and_what_is_no_json_is_named() {
        assert_eq!(said::<Line>("{\"name\": \"canary\"}"), "missing field `count` at line 1 column 18");
        assert_eq!(said::<Line>("{\"name\": canary"), "expected value at line 1 column 10");
        assert_eq!(said::<Line>("{\"name\": \"canary"), "EOF while parsing a string at line 1 column 16");
        let value = serde_json::json!({"name": "canary", "count": "canary"});
        assert_eq!(
            unread(&serde_json::from_value::<Line>(value).unwrap_err()),
            "invalid type, expected i64",
            "no text, no place"
        );
    }
}
