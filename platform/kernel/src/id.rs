//! `Id<T>`: a UUIDv7 in the database, a prefixed string such as `ord_01j…` at the doors.

use std::{
    fmt,
    hash::{Hash, Hasher},
    marker::PhantomData,
    str::FromStr,
};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use sqlx::{
    Decode, Postgres, Type,
    error::BoxDynError,
    postgres::{PgHasArrayType, PgTypeInfo, PgValueRef},
};
use uuid::Uuid;

/// Crockford's base32 in lower case (<https://www.crockford.com/base32.html>): no i, l, o, u.
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// 128 bits in five-bit digits.
const LENGTH: usize = 26;

/// Names a kind of thing and the prefix its ids carry outside the database.
pub trait Prefix: 'static {
    /// Two to four lower-case letters, for example `ord`.
    const PREFIX: &'static str;
}

/// The identity of one `T`. It never changes (X9) and sorts by time of creation.
///
/// ```
/// # use kernel::{Id, Prefix};
/// struct Order;
/// impl Prefix for Order { const PREFIX: &'static str = "ord"; }
/// let id: Id<Order> = Id::from_uuid(uuid::Uuid::from_u128(7));
/// assert_eq!(id.to_string(), "ord_00000000000000000000000007");
/// assert_eq!(id.to_string().parse::<Id<Order>>(), Ok(id));
/// ```
pub struct Id<T> {
    uuid: Uuid,
    of: PhantomData<fn() -> T>,
}

/// The text isn't an id of this kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadId;

impl<T> Id<T> {
    /// Wraps a UUID that is already known to name a `T`.
    pub const fn from_uuid(uuid: Uuid) -> Self {
        Self { uuid, of: PhantomData }
    }

    /// The form the database keeps; SQL parameters bind this.
    pub const fn uuid(self) -> Uuid {
        self.uuid
    }
}

impl<T: Prefix> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_", T::PREFIX)?;
        (0..LENGTH).rev().try_for_each(|place| {
            let digit = (self.uuid.as_u128() >> (5 * place)) & 31;
            let digit = DIGITS.get(digit as usize).copied().unwrap_or(b'0');
            fmt::Write::write_char(f, digit.into())
        })
    }
}

impl<T: Prefix> FromStr for Id<T> {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        let digits = text.strip_prefix(T::PREFIX).and_then(|rest| rest.strip_prefix('_')).ok_or(BadId)?;
        // The first digit carries three bits only.
        if digits.len() != LENGTH || digits.as_bytes().first().is_none_or(|first| *first > b'7') {
            return Err(BadId);
        }
        let number = digits.bytes().try_fold(0u128, |number, byte| {
            let digit = DIGITS.iter().position(|digit| *digit == byte).ok_or(BadId)?;
            Ok((number << 5) | digit as u128)
        })?;
        Ok(Self::from_uuid(Uuid::from_u128(number)))
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.uuid == other.uuid
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.uuid.cmp(&other.uuid)
    }
}
impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.uuid.hash(state);
    }
}
impl<T: Prefix> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<T: Prefix> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}
impl<'de, T: Prefix> Deserialize<'de> for Id<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
        text.parse().map_err(|BadId| D::Error::custom(format_args!("expected an id that starts with {}_", T::PREFIX)))
    }
}

impl<T> Type<Postgres> for Id<T> {
    fn type_info() -> PgTypeInfo {
        <Uuid as Type<Postgres>>::type_info()
    }
}
impl<T> PgHasArrayType for Id<T> {
    fn array_type_info() -> PgTypeInfo {
        <Uuid as PgHasArrayType>::array_type_info()
    }
}
impl<T> Decode<'_, Postgres> for Id<T> {
    fn decode(value: PgValueRef<'_>) -> Result<Self, BoxDynError> {
        <Uuid as Decode<Postgres>>::decode(value).map(Self::from_uuid)
    }
}

// The hidden trait is the only one derived schemas ask of a generic type; `T` is a mark without a schema of its own.
impl<T: Prefix> utoipa::__dev::ComposeSchema for Id<T> {
    fn compose(
        _: Vec<utoipa::openapi::RefOr<utoipa::openapi::schema::Schema>>,
    ) -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .pattern(Some(format!("^{}_[0-7][0-9a-hjkmnp-tv-z]{{25}}$", T::PREFIX)))
            .examples([Id::<T>::from_uuid(Uuid::from_u128(0x0192_8f3c_7a10_7000_8000_0000_0000_0001)).to_string()])
            .into()
    }
}
impl<T: Prefix> utoipa::ToSchema for Id<T> {
    fn name() -> std::borrow::Cow<'static, str> {
        format!("Id_{}", T::PREFIX).into()
    }
}

impl fmt::Display for BadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an id of this kind")
    }
}
impl std::error::Error for BadId {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    struct Order;
    impl Prefix for Order {
        const PREFIX: &'static str = "ord";
    }

    proptest! {
        #[test]
        fn x9_an_id_survives_its_text(number: u128) {
            let id = Id::<Order>::from_uuid(Uuid::from_u128(number));
            prop_assert_eq!(id.to_string().parse::<Id<Order>>(), Ok(id));
        }

        #[test]
        fn any_other_text_is_refused(text in "\\PC{0,40}") {
            if let Ok(id) = text.parse::<Id<Order>>() {
                prop_assert_eq!(id.to_string(), text);
            }
        }
    }

    #[test]
    fn a_foreign_prefix_and_a_number_past_128_bits_are_refused() {
        for text in
            ["usr_00000000000000000000000007", "ord_80000000000000000000000000", "ord_7", "ord_0000000000000000000000000I"]
        {
            assert_eq!(text.parse::<Id<Order>>(), Err(BadId), "{text}");
        }
    }
}
