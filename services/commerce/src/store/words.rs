//! How the model's compound values are read back: they are kept as JSON.

use sqlx::{
    Decode, Postgres, Type,
    error::BoxDynError,
    postgres::{PgTypeInfo, PgValueRef},
    types::Json,
};

use crate::model::{address::Address, price::Quote};

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

json!(Address, Quote);
