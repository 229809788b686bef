//! `relationship`: the one decision of who sees whom (X6). Whoever shows a person or follows one goes through it.

use contracts::profile::Relationship;
use kernel::{Id, User};

use super::muted::Muted;

/// Everything the decision depends on. Views and ops load it in their own ways and decide alike.
#[derive(Debug)]
pub struct Between {
    pub target: Id<User>,
    /// Whether somebody looks at themselves.
    pub is_oneself: bool,
    /// Whether the target has an open profile, which isn't withheld from everybody else (P8).
    pub open: bool,
    /// Whether the target lets nobody but followers see what they post.
    pub private: bool,
    /// How the viewer stands to the target.
    pub mine: Tie,
    /// How the target stands to the viewer.
    pub theirs: Tie,
}

/// One side of a pair.
#[derive(Debug, Default, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "independent states of one side")]
pub struct Tie {
    pub follows: bool,
    pub asks: bool,
    pub blocks: bool,
    /// What is muted now.
    pub mutes: Muted,
    pub restricts: bool,
}

impl Between {
    /// How the viewer stands to the target.
    pub fn decide(self) -> Relationship {
        let Self { target, is_oneself, open, private, mine, theirs } = self;
        let visible = open && !mine.blocks && !theirs.blocks;
        Relationship {
            target,
            visible,
            content: visible && (is_oneself || !private || mine.follows),
            following: mine.follows,
            followed_by: theirs.follows,
            requested: mine.asks,
            requested_by: theirs.asks,
            blocking: mine.blocks,
            muting: mine.mutes.0,
            restricting: mine.restricts,
        }
    }
}

#[cfg(test)]
mod tests {
    use contracts::profile::Surface;

    use super::*;

    /// Somebody open and public whom nothing ties to the viewer.
    fn stranger() -> Between {
        let target = "usr_00000000000000000000000007".parse().unwrap();
        Between { target, is_oneself: false, open: true, private: false, mine: Tie::default(), theirs: Tie::default() }
    }

    fn seen(between: Between) -> (bool, bool) {
        let decided = between.decide();
        (decided.visible, decided.content)
    }

    #[test]
    fn x6_who_has_no_open_profile_is_not_there_for_anybody() {
        assert_eq!(seen(stranger()), (true, true));
        for follows in [false, true] {
            let mine = Tie { follows, ..Tie::default() };
            assert_eq!(seen(Between { open: false, mine, ..stranger() }), (false, false));
        }
    }

    #[test]
    fn x6_a_block_hides_both_from_each_other_whatever_else_is() {
        for (mine, theirs) in [(true, false), (false, true), (true, true)] {
            for private in [false, true] {
                let side = |blocks| Tie { blocks, ..Tie::default() };
                assert_eq!(seen(Between { private, mine: side(mine), theirs: side(theirs), ..stranger() }), (false, false));
            }
        }
    }

    #[test]
    fn p3_a_private_account_shows_its_content_to_followers_and_to_itself() {
        let private = || Between { private: true, ..stranger() };
        let (following, asking) = (Tie { follows: true, ..Tie::default() }, Tie { asks: true, ..Tie::default() });
        assert_eq!(seen(private()), (true, false));
        assert_eq!(seen(Between { mine: asking, ..private() }), (true, false));
        assert_eq!(seen(Between { theirs: following.clone(), ..private() }), (true, false), "to be followed opens nothing");
        assert_eq!(seen(Between { mine: following, ..private() }), (true, true));
        assert_eq!(seen(Between { is_oneself: true, ..private() }), (true, true));
    }

    #[test]
    fn p4_who_is_muted_or_restricted_never_learns_of_it() {
        let theirs = Tie { mutes: Muted(vec![Surface::Posts]), restricts: true, ..Tie::default() };
        assert_eq!(Between { theirs, ..stranger() }.decide(), stranger().decide());
    }
}
