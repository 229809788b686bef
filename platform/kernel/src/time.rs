//! Time comes in from outside: nothing below the clock asks the machine what time it is.

use std::{
    fmt,
    str::FromStr,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use serde::{Deserialize, Serialize};
use sqlx::{
    Decode, Encode, Postgres, Type,
    encode::IsNull,
    error::BoxDynError,
    postgres::{PgArgumentBuffer, PgHasArrayType, PgTypeInfo, PgValueRef},
};

/// An instant in UTC, microseconds precise, as PostgreSQL keeps it; RFC 3339 at the doors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(jiff::Timestamp);

impl Timestamp {
    /// Microseconds since 1970; instants outside jiff's years become 1970 itself.
    pub fn from_microsecond(micros: i64) -> Self {
        Self(jiff::Timestamp::from_microsecond(micros).unwrap_or(jiff::Timestamp::UNIX_EPOCH))
    }

    pub fn as_microsecond(self) -> i64 {
        self.0.as_microsecond()
    }

    pub fn as_second(self) -> i64 {
        self.0.as_second()
    }

    pub fn as_millisecond(self) -> i64 {
        self.0.as_millisecond()
    }

    /// For calendars and time zones.
    pub fn to_jiff(self) -> jiff::Timestamp {
        self.0
    }

    #[must_use]
    pub fn plus(self, by: Duration) -> Self {
        Self::from_microsecond(self.as_microsecond().saturating_add(micros(by)))
    }

    #[must_use]
    pub fn minus(self, by: Duration) -> Self {
        Self::from_microsecond(self.as_microsecond().saturating_sub(micros(by)))
    }

    /// How long after `earlier` this is; zero when it isn't after it.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_micros(u64::try_from(self.as_microsecond() - earlier.as_microsecond()).unwrap_or(0))
    }
}

fn micros(by: Duration) -> i64 {
    i64::try_from(by.as_micros()).unwrap_or(i64::MAX)
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// RFC 3339.
impl FromStr for Timestamp {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Self, jiff::Error> {
        text.parse::<jiff::Timestamp>().map(Self::from)
    }
}

impl From<jiff::Timestamp> for Timestamp {
    fn from(at: jiff::Timestamp) -> Self {
        Self::from_microsecond(at.as_microsecond())
    }
}

impl Type<Postgres> for Timestamp {
    fn type_info() -> PgTypeInfo {
        <jiff_sqlx::Timestamp as Type<Postgres>>::type_info()
    }
}
impl PgHasArrayType for Timestamp {
    fn array_type_info() -> PgTypeInfo {
        <jiff_sqlx::Timestamp as PgHasArrayType>::array_type_info()
    }
}
impl Encode<'_, Postgres> for Timestamp {
    fn encode_by_ref(&self, to: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        <jiff_sqlx::Timestamp as Encode<Postgres>>::encode_by_ref(&jiff_sqlx::Timestamp::from(self.0), to)
    }
}
impl Decode<'_, Postgres> for Timestamp {
    fn decode(value: PgValueRef<'_>) -> Result<Self, BoxDynError> {
        <jiff_sqlx::Timestamp as Decode<Postgres>>::decode(value).map(|at| Self::from(at.to_jiff()))
    }
}

impl utoipa::PartialSchema for Timestamp {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .format(Some(utoipa::openapi::SchemaFormat::KnownFormat(utoipa::openapi::KnownFormat::DateTime)))
            .examples(["2026-11-23T08:00:00Z"])
            .into()
    }
}
impl utoipa::ToSchema for Timestamp {}

/// Where "now" comes from: the machine, or a test's hand.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    /// Microseconds since the epoch; `None` reads the machine.
    fixed: Option<Arc<AtomicI64>>,
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self::default()
    }

    /// A clock that stands still until it is moved.
    pub fn fixed(at: Timestamp) -> Self {
        Self { fixed: Some(Arc::new(AtomicI64::new(at.as_microsecond()))) }
    }

    /// The present instant.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    pub fn now(&self) -> Timestamp {
        match &self.fixed {
            Some(micros) => Timestamp::from_microsecond(micros.load(Ordering::SeqCst)),
            None => jiff::Timestamp::now().into(),
        }
    }

    /// Moves a fixed clock forward; the machine's clock stays what it is.
    pub fn advance(&self, by: Duration) {
        if let Some(clock) = &self.fixed {
            clock.fetch_add(micros(by), Ordering::SeqCst);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_keeps_its_microseconds_and_nothing_finer() {
        let at: Timestamp = "2026-11-23T08:00:00.123456789Z".parse::<jiff::Timestamp>().unwrap().into();
        assert_eq!(at.to_string(), "2026-11-23T08:00:00.123456Z");
        assert_eq!(Timestamp::from_microsecond(at.as_microsecond()), at);
    }

    #[test]
    fn time_between_is_never_negative() {
        let (early, second) = (Timestamp::from_microsecond(0), Duration::from_secs(1));
        let late = early.plus(second);
        assert_eq!((late.since(early), early.since(late), late.minus(second)), (second, Duration::ZERO, early));
    }

    #[test]
    fn a_fixed_clock_moves_only_when_it_is_moved() {
        let clock = Clock::fixed(Timestamp::from_microsecond(5));
        let other = clock.clone();
        clock.advance(Duration::from_micros(2));
        assert_eq!(other.now(), Timestamp::from_microsecond(7));
    }
}
