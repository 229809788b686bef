//! How the model's compound values are read back: they are kept as JSON.

use sqlx::{
    Decode, Postgres, Type,
    error::BoxDynError,
    postgres::{PgTypeInfo, PgValueRef},
    types::Json,
};

use crate::model::media::Developed;

impl Type<Postgres> for Developed {
    fn type_info() -> PgTypeInfo {
        <Json<Developed> as Type<Postgres>>::type_info()
    }
}

impl Decode<'_, Postgres> for Developed {
    fn decode(value: PgValueRef<'_>) -> Result<Self, BoxDynError> {
        <Json<Developed> as Decode<Postgres>>::decode(value).map(|json| json.0)
    }
}
