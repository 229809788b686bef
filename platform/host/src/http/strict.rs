//! JSON read to the letter: no name twice, no list where an object belongs, no object where a word does.
//!
//! serde's derived types are kind to what they read: a list is taken as a struct's fields in their order, and `{"word": null}`
//! as an enum's word. A caller who sends those means something else.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{
        DeserializeSeed, EnumAccess, Error, IntoDeserializer, MapAccess, SeqAccess, Unexpected, VariantAccess, Visitor,
        value::{MapDeserializer, SeqDeserializer, StringDeserializer},
    },
};
use serde_json::{Map, Value};

/// A JSON document whose objects have every name once; types read from it are read to the letter.
pub(super) struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader).map(Self)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }
    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }
    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }
    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }
    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }
    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Strict(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(list.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = fields.next_key::<String>()? {
            let Strict(value) = fields.next_value()?;
            if object.insert(name, value).is_some() {
                return Err(A::Error::custom("a name stands here twice"));
            }
        }
        Ok(object.into())
    }
}

impl IntoDeserializer<'_, serde_json::Error> for Strict {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Strict {
    type Error = serde_json::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        match self.0 {
            Value::Array(items) => visitor.visit_seq(SeqDeserializer::new(items.into_iter().map(Self))),
            Value::Object(fields) => {
                visitor.visit_map(MapDeserializer::new(fields.into_iter().map(|(name, value)| (name, Self(value)))))
            }
            plain => plain.deserialize_any(visitor),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        if self.0.is_array() {
            return Err(Error::invalid_type(Unexpected::Seq, &"an object"));
        }
        self.deserialize_any(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        words: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        match self.0 {
            Value::String(word) => visitor.visit_enum(StringDeserializer::new(word)),
            Value::Object(named) if named.len() == 1 && !named.values().all(Value::is_null) => visitor.visit_enum(OneOf(named)),
            _ => Err(Error::custom(format_args!("expected one of `{}`", words.join("`, `")))),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_newtype_struct(self)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map identifier ignored_any
    }
}

/// One of several things, by its name: `{"post": "pst_…"}`.
struct OneOf(Map<String, Value>);

impl<'de> EnumAccess<'de> for OneOf {
    type Error = serde_json::Error;
    type Variant = Strict;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Strict), Self::Error> {
        let (name, value) = self.0.into_iter().next().ok_or_else(|| Error::custom("expected one thing"))?;
        Ok((seed.deserialize(StringDeserializer::new(name))?, Strict(value)))
    }
}

impl<'de> VariantAccess<'de> for Strict {
    type Error = serde_json::Error;

    fn unit_variant(self) -> Result<(), Self::Error> {
        Err(Error::custom("expected its name alone"))
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Self::Error> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Self::Error> {
        self.deserialize_any(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, Self::Error> {
        self.deserialize_any(visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Parcel {
        size: Size,
        stops: Vec<Stop>,
        note: Option<String>,
    }
    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Size {
        Small,
        Large,
        Boxed(i64),
    }
    #[derive(Debug, PartialEq, Deserialize)]
    struct Stop(i64);

    fn read(text: &str) -> Result<Parcel, String> {
        let strict: Strict = serde_json::from_str(text).map_err(|error| error.to_string())?;
        Parcel::deserialize(strict).map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_meant_is_read() {
        let parcel = Parcel { size: Size::Large, stops: vec![Stop(1), Stop(-2)], note: None };
        assert_eq!(read("{\"size\":\"large\",\"stops\":[1,-2],\"note\":null,\"more\":{\"a\":[true,1.5]}}").unwrap(), parcel);
        let boxed = Parcel { size: Size::Boxed(7), stops: vec![], note: None };
        assert_eq!(read("{\"size\":{\"boxed\":7},\"stops\":[]}").unwrap(), boxed);
    }

    #[test]
    fn x8_what_only_looks_like_it_is_refused() {
        for (text, reason) in [
            ("[\"small\",[],null]", "expected an object"),
            ("{\"size\":{\"small\":null},\"stops\":[]}", "expected one of `small`, `large`, `boxed`"),
            ("{\"size\":{\"small\":1},\"stops\":[]}", "expected its name alone"),
            ("{\"size\":{\"boxed\":1,\"large\":2},\"stops\":[]}", "expected one of `small`, `large`, `boxed`"),
            ("{\"size\":{\"boxed\":\"1\"},\"stops\":[]}", "invalid type"),
            ("{\"size\":\"boxed\",\"stops\":[]}", "invalid type"),
            ("{\"size\":7,\"stops\":[]}", "expected one of `small`, `large`, `boxed`"),
            ("{\"size\":\"huge\",\"stops\":[]}", "unknown variant `huge`"),
            ("{\"size\":\"small\",\"stops\":[],\"stops\":[1]}", "a name stands here twice"),
            ("{\"size\":\"small\",\"stops\":[],\"more\":{\"a\":1,\"a\":1}}", "a name stands here twice"),
            ("{\"size\":\"small\",\"stops\":[1.0]}", "floating point"),
        ] {
            let refused = read(text).unwrap_err();
            assert!(refused.contains(reason), "{text}: {refused}");
        }
    }
}
