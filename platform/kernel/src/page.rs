//! Lists in pages: how many are wanted, and a sealed cursor that says where the next page begins.

use std::fmt;

use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sha2::Sha256;

use crate::{Fault, Kind};

/// Bytes of the code in front of a cursor's position: 128 bits can't be guessed, and addresses stay short.
const TAG: usize = 16;

/// What every list takes in its query.
///
/// ```
/// # use kernel::PageQuery;
/// assert_eq!(PageQuery::default().limit()?, 20);
/// assert!(PageQuery { limit: Some(101), cursor: None }.limit().is_err());
/// # Ok::<(), kernel::Fault>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// How many items at most.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u16>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl PageQuery {
    /// How many items at most: 1 to 100, 20 unless said otherwise.
    pub fn limit(&self) -> Result<u16, Fault> {
        match self.limit.unwrap_or(20) {
            limit @ 1..=100 => Ok(limit),
            _ => Err(Fault::field("/limit", "out_of_range", "limit must lie between 1 and 100.")),
        }
    }

    /// The position after which this page begins, `None` for the first page; see [`CursorKey::open`].
    pub fn after<P: DeserializeOwned>(&self, key: &CursorKey, list: &str) -> Result<Option<P>, Fault> {
        self.cursor.as_deref().map(|cursor| key.open(list, cursor)).transpose()
    }
}

/// One page of a list.
///
/// ```
/// # use kernel::{CursorKey, Page};
/// let key = CursorKey::from([7; 32]);
/// let page = Page::cut(vec![5, 4, 3], 2, &key, "numbers", |n| *n)?;
/// assert_eq!(page.items, [5, 4]);
/// let cursor = page.next_cursor.as_deref().unwrap_or_default();
/// assert_eq!(key.open::<i32>("numbers", cursor)?, 4);
/// # Ok::<(), kernel::Fault>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Ask for the next page with this; null on the last page.
    #[schema(required, example = json!(null))]
    pub next_cursor: Option<String>,
}

impl<R> Page<R> {
    /// Makes a page of the rows that were loaded, which are up to `limit + 1`: the extra one only says that more follow.
    /// The next page begins after the last row kept, at its `position_of`.
    pub fn cut<P: Serialize>(
        mut rows: Vec<R>,
        limit: u16,
        key: &CursorKey,
        list: &str,
        position_of: impl Fn(&R) -> P,
    ) -> Result<Self, Fault> {
        let more = rows.len() > usize::from(limit);
        rows.truncate(limit.into());
        let last = rows.last().filter(|_| more);
        let next_cursor = last.map(|row| key.seal(list, &position_of(row))).transpose()?;
        Ok(Self { items: rows, next_cursor })
    }

    /// The same page of other items.
    pub fn map<T>(self, to: impl FnMut(R) -> T) -> Page<T> {
        Page { items: self.items.into_iter().map(to).collect(), next_cursor: self.next_cursor }
    }
}

/// Seals positions of lists so that callers can carry them, but neither make nor change them.
///
/// ```
/// # use kernel::CursorKey;
/// let key = CursorKey::from([7; 32]);
/// let cursor = key.seal("orders of usr_1", &("2026-11-23", 42))?;
/// assert_eq!(key.open::<(String, u8)>("orders of usr_1", &cursor)?, ("2026-11-23".into(), 42));
/// assert!(key.open::<(String, u8)>("orders of usr_2", &cursor).is_err());
/// # Ok::<(), kernel::Fault>(())
/// ```
#[derive(Clone)]
pub struct CursorKey {
    key: [u8; 32],
    /// Keys it follows: their cursors are still in people's hands.
    old: Vec<[u8; 32]>,
}

impl From<[u8; 32]> for CursorKey {
    fn from(key: [u8; 32]) -> Self {
        Self { key, old: Vec::new() }
    }
}

impl fmt::Debug for CursorKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CursorKey(..)")
    }
}

impl CursorKey {
    /// The same, and cursors sealed under these keys open too.
    #[must_use]
    pub fn accepting(self, old: impl IntoIterator<Item = [u8; 32]>) -> Self {
        Self { old: self.old.into_iter().chain(old).collect(), ..self }
    }

    /// A cursor at `position` of `list`; `list` names the list, its filter and its owner, so that a cursor of one is no
    /// good for another. The position can be read by whoever holds the cursor: it holds nothing secret.
    pub fn seal<P: Serialize>(&self, list: &str, position: &P) -> Result<String, Fault> {
        let payload = serde_json::to_vec(position)?;
        let tag = mac(&self.key, list, &payload)?.finalize().into_bytes();
        let sealed: Vec<u8> = tag.into_iter().take(TAG).chain(payload).collect();
        Ok(BASE64URL_NOPAD.encode(&sealed))
    }

    /// The position a cursor of `list` stands for; 400 `invalid_cursor` when it isn't one of ours.
    pub fn open<P: DeserializeOwned>(&self, list: &str, cursor: &str) -> Result<P, Fault> {
        let sealed = BASE64URL_NOPAD.decode(cursor.as_bytes()).map_err(invalid)?;
        let (tag, payload) = sealed.split_first_chunk::<TAG>().ok_or_else(|| invalid("too short"))?;
        if !self.has_sealed(list, payload, tag)? {
            return Err(invalid("its code is wrong"));
        }
        // A position of an older release may have another shape.
        serde_json::from_slice(payload).map_err(invalid)
    }

    fn has_sealed(&self, list: &str, payload: &[u8], tag: &[u8]) -> Result<bool, Fault> {
        for key in std::iter::once(&self.key).chain(&self.old) {
            // Compares in constant time.
            if mac(key, list, payload)?.verify_truncated_left(tag).is_ok() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Over list ‖ 0 ‖ payload. JSON holds no zero byte, so no other pair reads the same.
fn mac(key: &[u8; 32], list: &str, payload: &[u8]) -> Result<Hmac<Sha256>, Fault> {
    let mac = Hmac::<Sha256>::new_from_slice(key).map_err(Fault::internal)?;
    Ok(mac.chain_update(list).chain_update([0]).chain_update(payload))
}

fn invalid(cause: impl fmt::Display) -> Fault {
    Fault::new(Kind::Malformed, "invalid_cursor", "The cursor is not one of this list. Start again without it.").because(cause)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Position = (i64, String);
    const LIST: &str = "orders of usr_1";

    fn key() -> CursorKey {
        CursorKey::from([7; 32])
    }

    fn is_invalid<P>(opened: Result<P, Fault>) -> bool {
        opened.is_err_and(|fault| fault.kind() == Kind::Malformed && fault.code() == "invalid_cursor")
    }

    proptest! {
        #[test]
        fn a_cursor_opens_at_its_position(position: Position, list: String, bytes: [u8; 32]) {
            let key = CursorKey::from(bytes);
            let cursor = key.seal(&list, &position).unwrap();
            prop_assert_eq!(key.open::<Position>(&list, &cursor).unwrap(), position);
        }

        #[test]
        fn a_changed_cursor_is_refused(position: Position, place: prop::sample::Index, other: u8) {
            let mut cursor = key().seal(LIST, &position).unwrap().into_bytes();
            let place = place.index(cursor.len());
            prop_assume!(cursor[place] != other);
            cursor[place] = other;
            prop_assert!(is_invalid(key().open::<Position>(LIST, &String::from_utf8_lossy(&cursor))));
        }

        #[test]
        fn a_flipped_bit_is_refused(position: Position, place: prop::sample::Index, bit in 0..8_u8) {
            let mut sealed = BASE64URL_NOPAD.decode(key().seal(LIST, &position).unwrap().as_bytes()).unwrap();
            let place = place.index(sealed.len());
            sealed[place] ^= 1_u8 << bit;
            prop_assert!(is_invalid(key().open::<Position>(LIST, &BASE64URL_NOPAD.encode(&sealed))));
        }

        #[test]
        fn a_cut_cursor_is_refused(position: Position, keep: prop::sample::Index) {
            let cursor = key().seal(LIST, &position).unwrap();
            prop_assert!(is_invalid(key().open::<Position>(LIST, &cursor[..keep.index(cursor.len())])));
        }

        #[test]
        fn a_cursor_of_another_list_or_key_is_refused(position: Position, list: String, bytes: [u8; 32]) {
            let cursor = key().seal(LIST, &position).unwrap();
            prop_assert!(list == LIST || is_invalid(key().open::<Position>(&list, &cursor)));
            prop_assert!(bytes == [7; 32] || is_invalid(CursorKey::from(bytes).open::<Position>(LIST, &cursor)));
        }

        #[test]
        fn a_cursor_of_an_old_key_opens_and_new_ones_are_of_the_current_key(position: Position, list: String, old: [u8; 32]) {
            prop_assume!(old != [7; 32]);
            let rotated = key().accepting([old]);
            let cursor = CursorKey::from(old).seal(&list, &position).unwrap();
            prop_assert_eq!(rotated.open::<Position>(&list, &cursor).unwrap(), position.clone());
            prop_assert!(list == LIST || is_invalid(rotated.open::<Position>(LIST, &cursor)));
            let cursor = rotated.seal(&list, &position).unwrap();
            prop_assert_eq!(key().open::<Position>(&list, &cursor).unwrap(), position);
        }

        #[test]
        fn any_text_is_refused(text in "\\PC{0,80}|[A-Za-z0-9_-]{0,80}") {
            prop_assert!(is_invalid(key().open::<Position>(LIST, &text)));
        }

        #[test]
        fn pages_walk_the_whole_list(length in 0..60_usize, limit in 1..=20_u16) {
            let (mut seen, mut query) = (Vec::new(), PageQuery { limit: Some(limit), cursor: None });
            loop {
                let after: Option<usize> = query.after(&key(), LIST).unwrap();
                let from = after.map_or(0, |last| last + 1);
                let rows = (from..length).take(usize::from(limit) + 1).collect();
                let page = Page::cut(rows, query.limit().unwrap(), &key(), LIST, |n| *n).unwrap();
                prop_assert!(page.items.len() <= usize::from(limit));
                seen.extend(page.items);
                query.cursor = page.next_cursor;
                if query.cursor.is_none() {
                    break;
                }
            }
            prop_assert_eq!(seen, (0..length).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_position_of_another_shape_is_refused() {
        let cursor = key().seal(LIST, &"yesterday").unwrap();
        assert!(is_invalid(key().open::<Position>(LIST, &cursor)));
    }

    #[test]
    fn limits_outside_1_to_100_are_refused() {
        let limit = |limit| PageQuery { limit, cursor: None }.limit();
        assert_eq!((limit(None), limit(Some(1)), limit(Some(100))), (Ok(20), Ok(1), Ok(100)));
        for wanted in [0, 101, u16::MAX] {
            let fault = limit(Some(wanted)).unwrap_err();
            assert_eq!((fault.kind(), fault.fields()[0].pointer.as_str()), (Kind::Invalid, "/limit"));
        }
    }

    #[test]
    fn the_last_page_says_null() {
        let page = Page::cut(vec![1, 2], 2, &key(), LIST, |n| *n).unwrap().map(|n| n.to_string());
        assert_eq!(serde_json::to_string(&page).unwrap(), r#"{"items":["1","2"],"next_cursor":null}"#);
    }

    #[test]
    fn the_schema_always_has_both_fields() {
        let schema = serde_json::to_value(<Page<u8> as utoipa::PartialSchema>::schema()).unwrap();
        assert_eq!(schema["required"], serde_json::json!(["items", "next_cursor"]));
        assert_eq!(schema["properties"]["next_cursor"]["type"], serde_json::json!(["string", "null"]));
    }

    #[test]
    fn the_key_is_not_printed() {
        assert_eq!(format!("{:?}", key()), "CursorKey(..)");
    }
}
