//! What the doctor finds.

use std::{fmt, time::Duration};

/// How things stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    Ok,
    /// It may mend itself, or become bad.
    Look,
    /// It won't mend itself.
    Bad,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub verdict: Verdict,
    subject: String,
    said: String,
}

impl Verdict {
    /// By how much there is of something.
    pub(super) fn by<T: PartialOrd>(value: T, look: T, bad: T) -> Self {
        if value >= bad {
            Self::Bad
        } else if value >= look {
            Self::Look
        } else {
            Self::Ok
        }
    }

    /// Bad if there is any.
    pub(super) fn none_of(count: i64) -> Self {
        if count == 0 { Self::Ok } else { Self::Bad }
    }
}

impl Finding {
    pub(super) fn new(verdict: Verdict, subject: impl Into<String>, said: impl Into<String>) -> Self {
        Self { verdict, subject: subject.into(), said: said.into() }
    }

    pub(super) fn ok(subject: impl Into<String>, said: impl Into<String>) -> Self {
        Self::new(Verdict::Ok, subject, said)
    }

    pub(super) fn look(subject: impl Into<String>, said: impl Into<String>) -> Self {
        Self::new(Verdict::Look, subject, said)
    }

    pub(super) fn bad(subject: impl Into<String>, said: impl Into<String>) -> Self {
        Self::new(Verdict::Bad, subject, said)
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = match self.verdict {
            Verdict::Ok => "ok  ",
            Verdict::Look => "look",
            Verdict::Bad => "bad ",
        };
        // One line each, whatever somebody else's error says.
        write!(f, "{verdict} {}: {}", self.subject, self.said.lines().collect::<Vec<_>>().join(" "))
    }
}

/// A duration for people.
pub(super) fn shown(age: Duration) -> String {
    match age.as_secs() {
        seconds if seconds < 120 => format!("{seconds} s"),
        seconds if seconds < 7_200 => format!("{} min", seconds / 60),
        seconds => format!("{} h", seconds / 3_600),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts_are_by_how_much_there_is() {
        assert_eq!(
            [9, 10, 99, 100].map(|value| Verdict::by(value, 10, 100)),
            [Verdict::Ok, Verdict::Look, Verdict::Look, Verdict::Bad]
        );
        assert_eq!([0, 1].map(Verdict::none_of), [Verdict::Ok, Verdict::Bad]);
    }

    #[test]
    fn a_finding_is_one_line() {
        assert_eq!(Finding::bad("broker", "refused:\nnobody listens").to_string(), "bad  broker: refused: nobody listens");
        assert_eq!(
            [0, 119, 120, 7_199, 7_200].map(|seconds| shown(Duration::from_secs(seconds))),
            ["0 s", "119 s", "2 min", "119 min", "2 h"]
        );
    }
}
