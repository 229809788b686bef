//! Accounts: what state they are in, who moves them, and which roles they carry (A9).

use kernel::{Machine, Move, Role, Standing};

use crate::fault::Refusal;

/// Who moves an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Admin,
}

pub const ACCOUNT: Machine<Standing, By> = Machine {
    name: "account",
    moves: &[
        Move { verb: "lock", from: Standing::Open, to: Standing::Locked, by: By::Admin, guard: "a reason is given" },
        Move { verb: "unlock", from: Standing::Locked, to: Standing::Open, by: By::Admin, guard: "" },
        Move { verb: "erase", from: Standing::Open, to: Standing::Erased, by: By::Admin, guard: "" },
        Move { verb: "erase", from: Standing::Locked, to: Standing::Erased, by: By::Admin, guard: "" },
    ],
};

/// Where an admin's `verb` leads from here.
pub fn moved(standing: Standing, verb: &str) -> Result<Standing, Refusal> {
    ACCOUNT.step(standing, verb, By::Admin).ok_or(Refusal::AccountState)
}

/// Whether somebody may sign in to it.
pub fn must_let_in(standing: Standing) -> Result<(), Refusal> {
    match standing {
        Standing::Open => Ok(()),
        Standing::Locked => Err(Refusal::AccountLocked),
        Standing::Erased => Err(Refusal::WrongCredentials),
    }
}

/// Whether the owner of such an account may decide about others'.
pub fn may_administer(standing: Standing, roles: &[Role]) -> bool {
    standing == Standing::Open && roles.contains(&Role::Admin)
}

/// The roles of these names; names this version doesn't know give nothing.
pub fn roles_named(names: &[String]) -> Vec<Role> {
    names.iter().filter_map(|name| Role::named(name)).collect()
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
    fn roles_survive_their_names() {
        let names: Vec<String> = Role::ALL.iter().map(|role| role.name().to_owned()).collect();
        assert_eq!(roles_named(&names), Role::ALL);
        assert_eq!(roles_named(&["root".into()]), []);
    }

    proptest! {
        #[test]
        fn x7_no_walk_leads_back_from_erased(verbs in prop::collection::vec(prop::sample::select(vec!["lock", "unlock", "erase", "open"]), 0..30)) {
            let (mut standing, mut is_gone) = (Standing::Open, false);
            for verb in verbs {
                standing = moved(standing, verb).unwrap_or(standing);
                prop_assert!(!is_gone || standing == Standing::Erased);
                is_gone = standing == Standing::Erased;
                prop_assert_eq!(must_let_in(standing).is_ok(), standing == Standing::Open);
            }
        }
    }
}
