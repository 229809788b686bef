//! Files that are generated and committed.

/// What to do with the committed files where they differ from what was generated just now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stale {
    Rewrite,
    Refuse,
}
