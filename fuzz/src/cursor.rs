//! Cursors: of whatever people hand in, exactly that opens which was sealed for this list and under a key we have.

#![no_main]
#![expect(clippy::expect_used, clippy::panic, reason = "it ends where something is wrong")]

use std::fmt::Debug;

use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use kernel::{CursorKey, Id, Kind, Timestamp, User};
use libfuzzer_sys::fuzz_target;
use serde::{Serialize, de::DeserializeOwned};
use sha2::Sha256;

const KEY: [u8; 32] = [7; 32];
const OLD: [u8; 32] = [8; 32];
const STRANGE: [u8; 32] = [9; 32];
const TAG: usize = 16;

// The first line names the list. The rest is taken as a cursor, and as a position that somebody with a key has sealed.
fuzz_target!(|input: &[u8]| {
    let Ok(list) = std::str::from_utf8(input.split(|byte| *byte == b'\n').next().unwrap_or_default()) else { return };
    let rest = input.get(list.len() + 1..).unwrap_or_default();
    check::<(i64, String)>(list, rest);
    check::<(Timestamp, Id<User>)>(list, rest);
});

fn check<P: Serialize + DeserializeOwned + PartialEq + Debug>(list: &str, rest: &[u8]) {
    if let Ok(cursor) = std::str::from_utf8(rest) {
        opens_as_it_should::<P>(list, cursor);
    }
    for key in [KEY, OLD, STRANGE] {
        opens_as_it_should::<P>(list, &sealed(key, list, rest));
    }
    let ours = sealed(KEY, list, rest);
    opens_as_it_should::<P>(&format!("{list}s"), &ours);
    for cursor in damaged(&ours, rest) {
        opens_as_it_should::<P>(list, &cursor);
    }
}

/// It opens where our own look at it finds a position behind the right code, and is refused as a cursor otherwise.
fn opens_as_it_should<P: Serialize + DeserializeOwned + PartialEq + Debug>(list: &str, cursor: &str) {
    let key = CursorKey::from(KEY).accepting([OLD]);
    match (key.open::<P>(list, cursor), position::<P>(list, cursor)) {
        (Ok(opened), Some(expected)) => {
            assert_eq!(opened, expected);
            let again = key.seal(list, &opened).expect("a position is JSON");
            assert_eq!(CursorKey::from(KEY).open::<P>(list, &again).expect("it was sealed just now"), opened);
            assert!(CursorKey::from(STRANGE).open::<P>(list, &again).is_err(), "another key opens it");
        }
        (Err(fault), None) => assert_eq!((fault.kind(), fault.code()), (Kind::Malformed, "invalid_cursor")),
        (opened, expected) => panic!("{cursor:?} of {list:?} gives {opened:?} instead of {expected:?}"),
    }
}

fn position<P: DeserializeOwned>(list: &str, cursor: &str) -> Option<P> {
    let bytes = BASE64URL_NOPAD.decode(cursor.as_bytes()).ok()?;
    let payload = bytes.get(TAG..)?;
    let is_ours = [KEY, OLD].iter().any(|key| sealed(*key, list, payload) == cursor);
    is_ours.then(|| serde_json::from_slice(payload).ok())?
}

/// What a cursor is made of: 16 bytes of HMAC-SHA-256 over list, zero and position, then the position.
fn sealed(key: [u8; 32], list: &str, payload: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).expect("HMAC takes keys of every length");
    mac.update(&[list.as_bytes(), &[0], payload].concat());
    let tag = mac.finalize().into_bytes();
    BASE64URL_NOPAD.encode(&[tag.get(..TAG).unwrap_or_default(), payload].concat())
}

/// The cursor cut short, and with one character changed; where is up to the input.
fn damaged(cursor: &str, input: &[u8]) -> [String; 2] {
    let sum = input.iter().fold(0, |sum: usize, byte| sum.wrapping_mul(31).wrapping_add((*byte).into()));
    let place = sum % cursor.len();
    let (head, tail) = cursor.split_at(place);
    let other = if tail.starts_with('A') { 'B' } else { 'A' };
    [head.to_owned(), format!("{head}{other}{}", tail.get(1..).unwrap_or_default())]
}
