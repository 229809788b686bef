//! Sealed fields of facts (X13): closed when the fact is told, opened by the one service that may read them.

use std::{collections::BTreeMap, sync::Arc};

use kernel::{Fact, Fault, unread};
use serde_json::{
    Value,
    value::{RawValue, to_raw_value},
};
use uuid::Uuid;

use crate::{ids::Ids, keys::Keys, service::Service};

/// What a sealed text begins with; nothing behind it is a text that was blanked.
const MARK: &str = "sealed:";

/// The fact's JSON with its sealed fields closed: for its reader, and only under this fact's id and their own names.
pub(crate) fn close<F: Fact>(keys: &Keys, ids: &Ids, id: Uuid, fact: &F) -> Result<Box<RawValue>, Fault> {
    if F::SEALED.fields.is_empty() {
        return Ok(to_raw_value(fact)?);
    }
    let mut body = serde_json::to_value(fact)?;
    for name in F::SEALED.fields {
        if let Some(Value::String(text)) = body.get_mut(name) {
            let sealed = keys.seal(ids, &purpose(F::SEALED.reader), &owner(id, name), text.as_bytes())?;
            *text = format!("{MARK}{}", data_encoding::BASE64URL_NOPAD.encode(&sealed));
        }
    }
    Ok(to_raw_value(&body)?)
}

/// The fact as `reader` may read it. A text that isn't sealed as it should be is forged, and refused.
pub(crate) fn open<F: Fact>(keys: &Keys, reader: &str, id: Uuid, body: &str) -> Result<F, Fault> {
    let told = |error: serde_json::Error| Fault::internal(format_args!("{}: {}", F::NAME, unread(&error)));
    if F::SEALED.fields.is_empty() {
        return serde_json::from_str(body).map_err(told);
    }
    if F::SEALED.reader != reader {
        return Err(Fault::internal(format_args!("{} is sealed for {}", F::NAME, F::SEALED.reader)));
    }
    let mut body: Value = serde_json::from_str(body).map_err(told)?;
    for name in F::SEALED.fields {
        if let Some(Value::String(text)) = body.get_mut(name) {
            *text = opened(keys, reader, id, name, text)
                .ok_or_else(|| Fault::internal(format_args!("{} of {} isn't sealed as it should be", name, F::NAME)))?;
        }
    }
    serde_json::from_value(body).map_err(told)
}

fn opened(keys: &Keys, reader: &str, id: Uuid, name: &str, text: &str) -> Option<String> {
    let sealed = data_encoding::BASE64URL_NOPAD.decode(text.strip_prefix(MARK)?.as_bytes()).ok()?;
    String::from_utf8(keys.open(&purpose(reader), &owner(id, name), &sealed).ok()?).ok()
}

/// The facts that have sealed fields, and which. Another fact's text may look sealed and be what somebody wrote.
#[derive(Debug, Clone, Default)]
pub(crate) struct Closed(Arc<BTreeMap<&'static str, &'static [&'static str]>>);

impl Closed {
    pub fn of(services: &[Service]) -> Self {
        let told = services.iter().flat_map(|service| &service.tells);
        let closed = told.filter(|(_, sealed)| !sealed.fields.is_empty());
        Self(Arc::new(closed.map(|(name, sealed)| (*name, sealed.fields)).collect()))
    }

    pub fn names(&self) -> Vec<String> {
        self.0.keys().map(|name| (*name).to_owned()).collect()
    }

    /// The body of a fact of this name without what is sealed in it, where there is anything: what was carried needn't be kept.
    pub fn blanked(&self, name: &str, body: &RawValue) -> Result<Option<Value>, Fault> {
        let is_sealed = |value: &&mut Value| value.as_str().is_some_and(|text| text.len() > MARK.len() && text.starts_with(MARK));
        let Some(fields) = self.0.get(name) else { return Ok(None) };
        let (mut body, mut is_changed) = (serde_json::from_str::<Value>(body.get())?, false);
        for field in *fields {
            if let Some(value) = body.get_mut(field).filter(is_sealed) {
                *value = Value::from(MARK);
                is_changed = true;
            }
        }
        Ok(is_changed.then_some(body))
    }
}

fn purpose(reader: &str) -> String {
    format!("fact.{reader}")
}

fn owner(id: Uuid, name: &str) -> Vec<u8> {
    [id.as_bytes().as_slice(), name.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use kernel::{Clock, Sealed};
    use serde::{Deserialize, Serialize};

    use super::*;

    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    struct Whispered {
        to: String,
        word: String,
        echo: Option<String>,
    }
    impl Fact for Whispered {
        const NAME: &'static str = "toy.whispered.v1";
        const SEALED: Sealed = Sealed { reader: "listener", fields: &["word", "echo"] };
    }

    fn whispered() -> Whispered {
        Whispered { to: "Amina".into(), word: "canary".into(), echo: None }
    }

    fn house() -> (Keys, Ids) {
        (Keys::from_master([1; 32]), Ids::seeded(Clock::system(), 1))
    }

    #[test]
    fn x13_only_the_reader_opens_a_sealed_field_and_only_in_its_own_fact() {
        let ((keys, ids), id) = (house(), Uuid::from_u128(1));
        let body = close(&keys, &ids, id, &whispered()).unwrap();
        assert!(!body.get().contains("canary") && body.get().contains("Amina"), "{body}");
        assert_eq!(open::<Whispered>(&keys, "listener", id, body.get()).unwrap(), whispered());
        assert!(open::<Whispered>(&keys, "commerce", id, body.get()).is_err(), "another service");
        assert!(open::<Whispered>(&keys, "listener", Uuid::from_u128(2), body.get()).is_err(), "moved into another fact");
        let swapped = body.get().replace("\"word\"", "\"wird\"").replace("\"echo\"", "\"word\"").replace("\"wird\"", "\"echo\"");
        assert!(open::<Whispered>(&keys, "listener", id, &swapped).is_err(), "moved into another field");
        let other = Keys::from_master([2; 32]);
        assert!(open::<Whispered>(&other, "listener", id, body.get()).is_err(), "another house");
    }

    #[test]
    fn x13_a_fact_told_under_an_old_key_is_read_until_that_key_is_dropped() {
        let ((keys, ids), id) = (house(), Uuid::from_u128(1));
        let body = close(&keys, &ids, id, &whispered()).unwrap();
        let rotated = Keys::from_master([2; 32]).accepting([[1; 32]]);
        assert_eq!(open::<Whispered>(&rotated, "listener", id, body.get()).unwrap(), whispered());
        assert!(open::<Whispered>(&rotated, "listener", Uuid::from_u128(2), body.get()).is_err(), "moved into another fact");
        let body = close(&rotated, &ids, id, &whispered()).unwrap();
        assert!(open::<Whispered>(&keys, "listener", id, body.get()).is_err(), "told under the new one");
    }

    #[test]
    fn x13_a_text_in_the_clear_is_forged_and_a_blanked_one_opens_nothing() {
        let ((keys, ids), id) = (house(), Uuid::from_u128(1));
        let clear = serde_json::to_string(&whispered()).unwrap();
        assert!(open::<Whispered>(&keys, "listener", id, &clear).is_err());
        let body = close(&keys, &ids, id, &whispered()).unwrap();
        let closed = Closed(Arc::new([(Whispered::NAME, Whispered::SEALED.fields)].into()));
        let blank = closed.blanked(Whispered::NAME, &body).unwrap().unwrap();
        assert_eq!(blank, serde_json::json!({"to": "Amina", "word": "sealed:", "echo": null}));
        assert_eq!(closed.blanked(Whispered::NAME, &to_raw_value(&blank).unwrap()).unwrap(), None);
        assert_eq!(
            closed.blanked("toy.said.v1", &body).unwrap(),
            None,
            "a fact without sealed fields, whatever is written in it"
        );
        assert!(open::<Whispered>(&keys, "listener", id, &blank.to_string()).is_err());
    }
}
