//! State machines as one table (X7) that drives the code, the documents and the tests.

use std::fmt;

/// One allowed move: `by` may take it from `from` to `to`, calling it `verb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move<S: 'static, A: 'static> {
    pub verb: &'static str,
    pub from: S,
    pub to: S,
    pub by: A,
    /// The extra condition in words, or "" where there is none. The op that takes the move checks it.
    pub guard: &'static str,
}

/// A state machine: its name and every move it allows. What isn't in the table can't happen.
#[derive(Debug, Clone, Copy)]
pub struct Machine<S: 'static, A: 'static> {
    pub name: &'static str,
    pub moves: &'static [Move<S, A>],
}

impl<S: Copy + PartialEq, A: Copy + PartialEq> Machine<S, A> {
    /// The state `verb` leads to, or `None` where the table has no such move.
    pub fn step(&self, from: S, verb: &str, by: A) -> Option<S> {
        self.moves.iter().find(|m| m.from == from && m.verb == verb && m.by == by).map(|m| m.to)
    }
}

impl<S: fmt::Debug, A: fmt::Debug> Machine<S, A> {
    /// The table as Markdown, as it stands in the service's README.
    pub fn table(&self) -> String {
        let rows = self.moves.iter().map(|m| format!("| {:?} | {} | {:?} | {:?} | {} |\n", m.from, m.verb, m.by, m.to, m.guard));
        format!("| from | verb | by | to | guard |\n|---|---|---|---|---|\n{}", rows.collect::<String>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    enum Door {
        Open,
        Shut,
    }
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    enum By {
        Guest,
        Owner,
    }
    const DOOR: Machine<Door, By> = Machine {
        name: "door",
        moves: &[
            Move { verb: "shut", from: Door::Open, to: Door::Shut, by: By::Guest, guard: "" },
            Move { verb: "open", from: Door::Shut, to: Door::Open, by: By::Owner, guard: "has the key" },
        ],
    };

    #[test]
    fn x7_what_is_not_in_the_table_cannot_happen() {
        assert_eq!(DOOR.step(Door::Open, "shut", By::Guest), Some(Door::Shut));
        assert_eq!(DOOR.step(Door::Shut, "open", By::Guest), None, "somebody else's move");
        assert_eq!(DOOR.step(Door::Open, "open", By::Owner), None, "from another state");
        assert_eq!(DOOR.step(Door::Open, "burn", By::Guest), None, "an unknown verb");
    }

    #[test]
    fn x7_the_table_is_its_own_document() {
        let rows = "| Open | shut | Guest | Shut |  |\n| Shut | open | Owner | Open | has the key |\n";
        assert_eq!(DOOR.table(), format!("| from | verb | by | to | guard |\n|---|---|---|---|---|\n{rows}"));
    }
}
