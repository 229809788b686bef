//! Traces: one request, and everything that comes of it on any node, under one id (W3C Trace Context,
//! <https://www.w3.org/TR/trace-context/>).

use std::{fmt, ops::Deref, str::FromStr};

use tracing::{Instrument, Span};

/// The header and the attribute that carry it.
pub(crate) const TRACEPARENT: &str = "traceparent";

tokio::task_local! {
    static CURRENT: Trace;
}

/// One step of a trace: the id they all share, and the step's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Trace {
    id: u128,
    span: u64,
}

impl Trace {
    /// The next step of `parent`, or the first of a new trace.
    pub fn follow(parent: Option<&str>) -> Self {
        let parent = parent.and_then(|text| text.parse::<Self>().ok());
        let (id, span) = (fresh() | 1, fresh());
        // The lower half of a random number is a random number; neither may be zero.
        let span = u64::try_from(span & u128::from(u64::MAX)).unwrap_or(1) | 1;
        Self { id: parent.map_or(id, |parent| parent.id), span }
    }

    /// Runs `work` as this step, inside `span`.
    pub async fn scope<T>(self, span: Span, work: impl Future<Output = T>) -> T {
        CURRENT.scope(self, work.instrument(span)).await
    }

    /// The shared id, as logs show it.
    pub fn id(self) -> impl fmt::Display {
        Id(self.id)
    }
}

struct Id(u128);
impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "00-{:032x}-{:016x}-01", self.id, self.span)
    }
}

/// Why a text is no trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NoTrace;

impl FromStr for Trace {
    type Err = NoTrace;

    fn from_str(text: &str) -> Result<Self, NoTrace> {
        let mut parts = text.split('-');
        let (Some(version), Some(id), Some(span), Some(flags)) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
            return Err(NoTrace);
        };
        let is_hex = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
        // A later version may add parts behind these four; the version ff is none.
        let lengths = [version, id, span, flags].map(str::len);
        if lengths != [2, 32, 16, 2] || version == "ff" || ![version, id, span, flags].into_iter().all(is_hex) {
            return Err(NoTrace);
        }
        let id = u128::from_str_radix(id, 16).map_err(|_| NoTrace)?;
        let span = u64::from_str_radix(span, 16).map_err(|_| NoTrace)?;
        if id == 0 || span == 0 { Err(NoTrace) } else { Ok(Self { id, span }) }
    }
}

/// The step being worked on, as it travels.
pub(crate) fn current() -> Option<String> {
    CURRENT.try_with(ToString::to_string).ok()
}

/// Lets work that goes on in another task stay the same step.
pub(crate) async fn carried<T>(trace: Option<Trace>, work: impl Future<Output = T>) -> T {
    match trace {
        Some(trace) => CURRENT.scope(trace, work).await,
        None => work.await,
    }
}

/// Something that is worked on together with others, with the step it belongs to: what is told on its behalf is told as that step.
#[derive(Debug, Clone)]
pub struct Traced<T> {
    it: T,
    step: Option<Trace>,
}

impl<T> Traced<T> {
    /// As part of the step being worked on now.
    pub fn now(it: T) -> Self {
        Self { it, step: step() }
    }

    /// As the next step of what it comes from, or the first of a new trace.
    pub(crate) fn after(parent: Option<&str>, it: T) -> Self {
        Self { it, step: Some(Trace::follow(parent)) }
    }

    pub(crate) fn try_map<U, E>(self, map: impl FnOnce(T) -> Result<U, E>) -> Result<Traced<U>, E> {
        Ok(Traced { it: map(self.it)?, step: self.step })
    }

    /// What comes of it, as the same step.
    pub fn with<U>(&self, it: U) -> Traced<U> {
        Traced { it, step: self.step }
    }

    /// Does something on its behalf, as telling a fact of it.
    pub fn as_its_step<R>(&self, work: impl FnOnce() -> R) -> R {
        match self.step {
            Some(step) => CURRENT.sync_scope(step, work),
            None => work(),
        }
    }
}

impl<T> Deref for Traced<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.it
    }
}

/// The step being worked on, for `carried`.
pub(crate) fn step() -> Option<Trace> {
    CURRENT.try_with(|trace| *trace).ok()
}

/// Trace ids are for logs only; they need no node-wide source.
#[expect(clippy::disallowed_methods, reason = "a trace id is never a secret nor a key")]
fn fresh() -> u128 {
    rand::random()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    #[test]
    fn a_step_keeps_the_traces_id_and_has_its_own() {
        let parent: Trace = PARENT.parse().unwrap();
        assert_eq!(parent.to_string(), PARENT);
        let next = Trace::follow(Some(PARENT));
        assert_eq!((next.id, next.span == parent.span), (parent.id, false));
        assert_eq!(next.id().to_string(), "4bf92f3577b34da6a3ce929d0e0e4736");
        assert_ne!(Trace::follow(None).id, Trace::follow(None).id);
        assert_eq!(Trace::follow(None).to_string().parse::<Trace>().map(|_| ()), Ok(()));
    }

    #[test]
    fn what_is_no_trace_begins_a_new_one() {
        let zero_id = format!("00-{}-00f067aa0ba902b7-01", "0".repeat(32));
        let zero_span = format!("00-4bf92f3577b34da6a3ce929d0e0e4736-{}-01", "0".repeat(16));
        let upper = PARENT.to_uppercase();
        for text in [
            "",
            "nonsense",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            &zero_id,
            &zero_span,
            &upper,
            &PARENT[..54],
        ] {
            assert_eq!(text.parse::<Trace>(), Err(NoTrace), "{text}");
        }
        assert!(format!("cc{}-what", &PARENT[2..]).parse::<Trace>().is_ok(), "a later version may add parts");
    }

    #[tokio::test]
    async fn a_step_is_current_while_it_is_worked_on() {
        assert_eq!(current(), None);
        let trace: Trace = PARENT.parse().unwrap();
        let seen = trace.scope(Span::none(), async { (current(), step()) }).await;
        assert_eq!(seen, (Some(PARENT.to_owned()), Some(trace)));
        assert_eq!(carried(Some(trace), async { current() }).await.as_deref(), Some(PARENT));
    }
}
