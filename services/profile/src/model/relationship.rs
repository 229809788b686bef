//! `relationship`: the one decision of who sees whom (X6). Whoever shows a person or follows one goes through it.

use contracts::profile::Relationship;
use kernel::{Id, User};

/// Everything the decision depends on. Views and ops load it in their own ways and decide alike.
#[derive(Debug)]
pub struct Between {
    pub target: Id<User>,
    /// Whether the target has an open profile.
    pub open: bool,
    /// Whether the viewer follows the target.
    pub following: bool,
    /// Whether the target follows the viewer.
    pub followed_by: bool,
}

impl Between {
    /// How the viewer stands to the target.
    pub fn decide(self) -> Relationship {
        let Self { target, open, following, followed_by } = self;
        Relationship { target, visible: open, content: open, following, followed_by }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x6_who_has_no_open_profile_is_not_there_for_anybody() {
        let between = |open, following| Between {
            target: "usr_00000000000000000000000007".parse().unwrap(),
            open,
            following,
            followed_by: false,
        };
        assert!(between(true, false).decide().visible);
        for following in [false, true] {
            let related = between(false, following).decide();
            assert_eq!((related.visible, related.content), (false, false));
        }
    }
}
