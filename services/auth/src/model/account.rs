//! Accounts: what state they are in, who moves them, and which roles they carry (A9).

use kernel::{Machine, Move, Role};

use crate::fault::Refusal;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// May act.
    Open,
    /// May not act; what it owes others goes on.
    Locked,
    /// Gone for good; only the id stays.
    Erased,
}

/// Who moves an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Admin,
}

pub const ACCOUNT: Machine<State, By> = Machine {
    name: "account",
    moves: &[
        Move { verb: "lock", from: State::Open, to: State::Locked, by: By::Admin, guard: "a reason is given" },
        Move { verb: "unlock", from: State::Locked, to: State::Open, by: By::Admin, guard: "" },
        Move { verb: "erase", from: State::Open, to: State::Erased, by: By::Admin, guard: "" },
        Move { verb: "erase", from: State::Locked, to: State::Erased, by: By::Admin, guard: "" },
    ],
};

impl State {
    pub const ALL: [Self; 3] = [Self::Open, Self::Locked, Self::Erased];

    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Locked => "locked",
            Self::Erased => "erased",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// The state an admin's `verb` leads to.
    pub fn moved(self, verb: &str) -> Result<Self, Refusal> {
        ACCOUNT.step(self, verb, By::Admin).ok_or(Refusal::AccountState)
    }

    /// Whether somebody may sign in to it.
    pub fn must_be_open(self) -> Result<(), Refusal> {
        match self {
            Self::Open => Ok(()),
            Self::Locked => Err(Refusal::AccountLocked),
            Self::Erased => Err(Refusal::WrongCredentials),
        }
    }
}

/// The roles of these names; names this version doesn't know give nothing.
pub fn roles_named(names: &[String]) -> Vec<Role> {
    names.iter().filter_map(|name| Role::ALL.into_iter().find(|role| role.name() == name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn x7_the_readme_shows_the_table_that_drives_the_code() {
        assert!(include_str!("../../README.md").contains(&ACCOUNT.table()), "{}", ACCOUNT.table());
    }

    #[test]
    fn states_and_roles_survive_their_names() {
        for state in State::ALL {
            assert_eq!(State::named(state.name()), Some(state));
        }
        let names: Vec<String> = Role::ALL.iter().map(|role| role.name().to_owned()).collect();
        assert_eq!(roles_named(&names), Role::ALL);
        assert_eq!(roles_named(&["root".into()]), []);
    }

    proptest! {
        #[test]
        fn x7_no_walk_leads_back_from_erased(verbs in prop::collection::vec(prop::sample::select(vec!["lock", "unlock", "erase", "open"]), 0..30)) {
            let (mut state, mut is_gone) = (State::Open, false);
            for verb in verbs {
                state = state.moved(verb).unwrap_or(state);
                prop_assert!(!is_gone || state == State::Erased);
                is_gone = state == State::Erased;
                prop_assert_eq!(state.must_be_open().is_ok(), state == State::Open);
            }
        }
    }
}
