//! `Fault`: every way of saying no, free of any transport.

use std::{borrow::Cow, fmt};

use serde::{Deserialize, Serialize};

use crate::unread;

/// What sort of no it is; a door turns it into its own status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The request can't be read: 400.
    Malformed,
    /// Nobody is signed in, or the credential is no good: 401.
    Unauthenticated,
    /// Known, and still not allowed: 403.
    Forbidden,
    /// It isn't there, or isn't there for you: 404.
    NotFound,
    /// The state of things forbids it now: 409.
    Conflict,
    /// Readable, but a rule refuses the content: 422.
    Invalid,
    /// The body is of a type this route does not take: 415.
    MediaType,
    /// The body is larger than this route takes: 413.
    TooLarge,
    /// Too often: 429.
    TooMany,
    /// Can't be answered now; the effect of a write is unknown: 503.
    Unavailable,
    /// The database asks for this transaction once more; only `host::write!` sees it.
    Repeat,
    /// Ours: 500.
    Internal,
}

/// One field that was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Field {
    /// JSON pointer (RFC 6901) to the field.
    pub pointer: String,
    /// Stable code.
    pub code: Cow<'static, str>,
    pub message: Cow<'static, str>,
    /// What it must reach or must not exceed, where that is the rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<i64>,
}

impl Field {
    pub fn refused(
        pointer: impl Into<String>,
        code: impl Into<Cow<'static, str>>,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { pointer: pointer.into(), code: code.into(), message: message.into(), limit: None }
    }

    /// With the limit that was missed.
    #[must_use]
    pub fn at(self, limit: i64) -> Self {
        Self { limit: Some(limit), ..self }
    }
}

/// A refusal: a kind, a stable code, and words for people.
///
/// It is boxed inside, so that `Result<_, Fault>` stays small. Between nodes it travels as JSON, without its cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fault(Box<Inner>);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Inner {
    kind: Kind,
    code: Cow<'static, str>,
    detail: Cow<'static, str>,
    fields: Vec<Field>,
    retry_after: Option<u32>,
    /// For the log only; never sent to a caller.
    #[serde(skip)]
    cause: Option<String>,
}

impl Fault {
    /// `code` is `service.reason` and stable; `detail` says in one sentence what happened and what to do.
    pub fn new(kind: Kind, code: impl Into<Cow<'static, str>>, detail: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Inner {
            kind,
            code: code.into(),
            detail: detail.into(),
            fields: Vec::new(),
            retry_after: None,
            cause: None,
        }))
    }

    pub fn unauthenticated() -> Self {
        Self::new(Kind::Unauthenticated, "unauthenticated", "Sign in first.")
    }

    pub fn not_found() -> Self {
        Self::new(Kind::NotFound, "not_found", "There is no such thing here.")
    }

    /// A fault of ours; `cause` goes to the log, never to the caller.
    pub fn internal(cause: impl fmt::Display) -> Self {
        Self::new(Kind::Internal, "internal", "Something went wrong on our side.").because(cause)
    }

    /// Not answerable now; the caller may come back after `seconds`.
    pub fn unavailable(seconds: u32, cause: impl fmt::Display) -> Self {
        Self::new(Kind::Unavailable, "unavailable", "The service is busy. Try again shortly.").retry_after(seconds).because(cause)
    }

    /// 422 with one field that a rule refused; `pointer` is a JSON pointer.
    pub fn field(pointer: impl Into<String>, code: impl Into<Cow<'static, str>>, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Kind::Invalid, "invalid", "Some fields were refused.").with_field(Field::refused(pointer, code, message))
    }

    #[must_use]
    pub fn with_field(mut self, field: Field) -> Self {
        self.0.fields.push(field);
        self
    }

    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.0.retry_after = Some(seconds);
        self
    }

    #[must_use]
    pub fn because(mut self, cause: impl fmt::Display) -> Self {
        self.0.cause = Some(cause.to_string());
        self
    }

    pub fn kind(&self) -> Kind {
        self.0.kind
    }
    pub fn code(&self) -> &str {
        &self.0.code
    }
    pub fn detail(&self) -> &str {
        &self.0.detail
    }
    pub fn fields(&self) -> &[Field] {
        &self.0.fields
    }
    /// Seconds.
    pub fn retry_after_seconds(&self) -> Option<u32> {
        self.0.retry_after
    }
    pub fn cause(&self) -> Option<&str> {
        self.0.cause.as_deref()
    }

    /// Whether the same call may succeed later without the caller changing anything.
    pub fn is_transient(&self) -> bool {
        matches!(self.0.kind, Kind::Unavailable | Kind::Internal | Kind::Repeat | Kind::TooMany)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code(), self.detail())?;
        self.cause().map_or(Ok(()), |cause| write!(f, " ({cause})"))
    }
}
impl std::error::Error for Fault {}

/// Serialization failures and deadlocks ask for a repeat; a lost or busy database is unavailable; the rest is ours.
impl From<sqlx::Error> for Fault {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(refused) => match refused.code().as_deref() {
                // serialization_failure, deadlock_detected: PostgreSQL manual, appendix A.
                Some("40001" | "40P01") => Fault::new(Kind::Repeat, "repeat", "Try again.").because(error),
                // character_not_in_repertoire, untranslatable_character: the zero character, which text can't hold.
                Some("22021" | "22P05") => {
                    Fault::new(Kind::Invalid, "unreadable_text", "A text holds a character that can't be kept.").because(error)
                }
                // admin_shutdown, crash_shutdown, cannot_connect_now, too_many_connections; lock_not_available,
                // idle_in_transaction_session_timeout.
                Some("57P01" | "57P02" | "57P03" | "53300" | "55P03" | "25P03") => Fault::unavailable(1, error),
                _ => Fault::internal(error),
            },
            sqlx::Error::ColumnDecode { index, source } => match source.downcast_ref() {
                Some(kept) => Fault::internal(format_args!("column {index}: {}", unread(kept))),
                None => Fault::internal(error),
            },
            sqlx::Error::PoolTimedOut | sqlx::Error::Io(_) | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => {
                Fault::unavailable(1, error)
            }
            _ => Fault::internal(error),
        }
    }
}

impl From<serde_json::Error> for Fault {
    fn from(error: serde_json::Error) -> Self {
        Fault::internal(unread(&error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_may_pass_by_itself_is_transient() {
        let transient = [Kind::Unavailable, Kind::Internal, Kind::Repeat, Kind::TooMany];
        let definite = [Kind::Malformed, Kind::Unauthenticated, Kind::Forbidden, Kind::NotFound, Kind::Conflict, Kind::Invalid];
        assert!(transient.iter().all(|kind| Fault::new(*kind, "x", "").is_transient()));
        assert!(definite.iter().all(|kind| !Fault::new(*kind, "x", "").is_transient()));
    }

    #[test]
    fn x10_a_lost_or_busy_database_is_unknown_and_a_wrong_statement_is_ours() {
        assert_eq!(Fault::from(sqlx::Error::PoolTimedOut).kind(), Kind::Unavailable);
        assert_eq!(Fault::from(sqlx::Error::Io(std::io::ErrorKind::BrokenPipe.into())).kind(), Kind::Unavailable);
        assert_eq!(Fault::from(sqlx::Error::RowNotFound).kind(), Kind::Internal);
    }

    #[test]
    fn the_cause_is_logged_and_never_part_of_what_is_sent() {
        let fault = Fault::internal("password=secret");
        assert!(fault.to_string().contains("secret"));
        assert!(!serde_json::to_string(&fault.0).unwrap().contains("secret"));
        assert_eq!(Fault::field("/a", "x", "y").with_field(Field::refused("/b", "x", "y").at(7)).fields().len(), 2);
    }
}
