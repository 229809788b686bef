//! How the model's words are read back: states are text, compound values are JSON.

use sqlx::{
    Decode, Postgres, Type,
    error::BoxDynError,
    postgres::{PgTypeInfo, PgValueRef},
    types::Json,
};

use crate::model::{
    address::Address,
    checkout::CheckoutState,
    order::{Dispute, Fulfilment, OrderState, Payment},
    price::Quote,
    product::{ProductKind, ProductState},
};

macro_rules! text {
    ($($word:ty),*) => { $(
        impl Type<Postgres> for $word {
            fn type_info() -> PgTypeInfo {
                <str as Type<Postgres>>::type_info()
            }
        }
        impl Decode<'_, Postgres> for $word {
            fn decode(value: PgValueRef<'_>) -> Result<Self, BoxDynError> {
                let text = <&str as Decode<Postgres>>::decode(value)?;
                Self::named(text).ok_or_else(|| format!("{text:?} is no {}", stringify!($word)).into())
            }
        }
    )* };
}

macro_rules! json {
    ($($value:ty),*) => { $(
        impl Type<Postgres> for $value {
            fn type_info() -> PgTypeInfo {
                <Json<$value> as Type<Postgres>>::type_info()
            }
        }
        impl Decode<'_, Postgres> for $value {
            fn decode(value: PgValueRef<'_>) -> Result<Self, BoxDynError> {
                <Json<$value> as Decode<Postgres>>::decode(value).map(|json| json.0)
            }
        }
    )* };
}

text!(CheckoutState, Dispute, Fulfilment, OrderState, Payment, ProductKind, ProductState);
json!(Address, Quote);
