//! What the graph should be: a few sets of pairs, and nothing clever.

use std::collections::BTreeSet;

use serde_json::{Value, json};

/// Few enough to meet often.
pub const PEOPLE: usize = 4;

/// What somebody does about somebody, or about their own account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    Follow,
    Unfollow,
    RemoveFollower,
    Accept,
    Decline,
    Withdraw,
    Block,
    Unblock,
    Mute,
    Unmute,
    Restrict,
    Unrestrict,
    Private,
    Public,
    PublicAccepting,
    PublicDeclining,
    Rename,
}

impl Deed {
    /// What ties people comes more often than what ends it.
    pub const ALL: &[Self] = &[
        Self::Follow,
        Self::Follow,
        Self::Follow,
        Self::Follow,
        Self::Unfollow,
        Self::RemoveFollower,
        Self::Accept,
        Self::Accept,
        Self::Decline,
        Self::Withdraw,
        Self::Block,
        Self::Unblock,
        Self::Unblock,
        Self::Mute,
        Self::Unmute,
        Self::Restrict,
        Self::Unrestrict,
        Self::Private,
        Self::Private,
        Self::Public,
        Self::PublicAccepting,
        Self::PublicDeclining,
        Self::Rename,
    ];
}

#[derive(Debug, Clone, Copy)]
pub struct Step {
    pub deed: Deed,
    pub who: usize,
    pub whom: usize,
}

/// Who stands to whom; the first of a pair does it about the second.
type Pairs = BTreeSet<(usize, usize)>;

#[derive(Debug)]
pub struct Model {
    follows: Pairs,
    asks: Pairs,
    blocks: Pairs,
    mutes: Pairs,
    restricts: Pairs,
    private: [bool; PEOPLE],
    names: [usize; PEOPLE],
}

/// The username that goes by this number.
pub fn name(number: usize) -> String {
    format!("person_{number}")
}

impl Model {
    pub fn new() -> Self {
        let none = Pairs::new;
        Self {
            follows: none(),
            asks: none(),
            blocks: none(),
            mutes: none(),
            restricts: none(),
            private: [false; PEOPLE],
            names: std::array::from_fn(|number| number),
        }
    }

    /// Does it; what the API answers.
    pub fn take(&mut self, Step { deed, who, whom }: Step) -> u16 {
        let (pair, back) = ((who, whom), (whom, who));
        match deed {
            Deed::Follow | Deed::Block | Deed::Mute | Deed::Restrict => return self.tie(deed, pair),
            Deed::Unfollow => {
                self.follows.remove(&pair);
                self.asks.remove(&pair);
            }
            Deed::RemoveFollower => drop(self.follows.remove(&back)),
            Deed::Accept | Deed::Decline => {
                if !self.asks.remove(&back) {
                    return 404;
                }
                if deed == Deed::Accept {
                    self.follows.insert(back);
                }
            }
            Deed::Withdraw => drop(self.asks.remove(&pair)),
            Deed::Unblock => drop(self.blocks.remove(&pair)),
            Deed::Unmute => drop(self.mutes.remove(&pair)),
            Deed::Unrestrict => drop(self.restricts.remove(&pair)),
            Deed::Private | Deed::Public | Deed::PublicAccepting | Deed::PublicDeclining => return self.go(deed, who),
            Deed::Rename => {
                if self.names.iter().enumerate().any(|(other, taken)| other != who && *taken == whom) {
                    return 409;
                }
                self.names[who] = whom;
                return 200;
            }
        }
        204
    }

    fn tie(&mut self, deed: Deed, (who, whom): (usize, usize)) -> u16 {
        let (pair, back) = ((who, whom), (whom, who));
        if who == whom {
            return 422;
        }
        if deed == Deed::Block && self.blocks.contains(&pair) {
            return 204;
        }
        if !self.sees(who, whom) {
            return 404;
        }
        match deed {
            Deed::Follow if self.follows.contains(&pair) => {}
            Deed::Follow if self.private[whom] => drop(self.asks.insert(pair)),
            Deed::Follow => {
                self.asks.remove(&pair);
                self.follows.insert(pair);
            }
            Deed::Block => {
                for tie in [pair, back] {
                    self.follows.remove(&tie);
                    self.asks.remove(&tie);
                }
                self.blocks.insert(pair);
            }
            Deed::Mute => drop(self.mutes.insert(pair)),
            _ => drop(self.restricts.insert(pair)),
        }
        204
    }

    fn go(&mut self, deed: Deed, who: usize) -> u16 {
        let waiting: Vec<_> = self.asks.iter().copied().filter(|(_, whom)| *whom == who).collect();
        if deed == Deed::Public && !waiting.is_empty() {
            return 409;
        }
        self.private[who] = deed == Deed::Private;
        if deed == Deed::PublicAccepting {
            self.follows.extend(&waiting);
        }
        if deed != Deed::Private {
            self.asks.retain(|pair| !waiting.contains(pair));
        }
        200
    }

    pub fn sees(&self, viewer: usize, target: usize) -> bool {
        !self.blocks.contains(&(viewer, target)) && !self.blocks.contains(&(target, viewer))
    }

    fn reads(&self, viewer: usize, target: usize) -> bool {
        self.sees(viewer, target) && (viewer == target || !self.private[target] || self.follows.contains(&(viewer, target)))
    }

    /// As the API says it, but for the id.
    pub fn relationship(&self, viewer: usize, target: usize) -> Value {
        let (pair, back) = ((viewer, target), (target, viewer));
        let muting = if self.mutes.contains(&pair) { vec!["posts", "messages", "notifications"] } else { Vec::new() };
        json!({
            "visible": self.sees(viewer, target), "content": self.reads(viewer, target),
            "following": self.follows.contains(&pair), "followed_by": self.follows.contains(&back),
            "requested": self.asks.contains(&pair), "requested_by": self.asks.contains(&back),
            "blocking": self.blocks.contains(&pair), "muting": muting, "restricting": self.restricts.contains(&pair),
        })
    }

    pub fn profile(&self, viewer: usize, target: usize) -> Value {
        let count = |is_counted: &dyn Fn(&(usize, usize)) -> bool| self.follows.iter().filter(|pair| is_counted(pair)).count();
        json!({
            "username": name(self.names[target]),
            "followers": count(&|(_, whom)| *whom == target), "following": count(&|(who, _)| *who == target),
            "private": self.private[target], "content": self.reads(viewer, target),
            "requested": self.asks.contains(&(viewer, target)), "requests_you": self.asks.contains(&(target, viewer)),
        })
    }

    /// Who is on somebody's list for this viewer, or how it is refused.
    pub fn list(&self, viewer: usize, of: usize, list: &str) -> Result<Vec<String>, u16> {
        if !self.sees(viewer, of) {
            return Err(404);
        }
        if !self.reads(viewer, of) {
            return Err(403);
        }
        let is_on = |one: &usize| match list {
            "followers" => self.follows.contains(&(*one, of)),
            "following" => self.follows.contains(&(of, *one)),
            _ => self.follows.contains(&(viewer, *one)) && self.follows.contains(&(*one, of)),
        };
        Ok(self.named((0..PEOPLE).filter(|one| is_on(one) && self.sees(viewer, *one))))
    }

    /// Who is on a list that only its owner reads.
    pub fn own(&self, viewer: usize, list: &str) -> Vec<String> {
        let is_on = |one: &usize| match list {
            "follow-requests" => self.asks.contains(&(*one, viewer)),
            "requested" => self.asks.contains(&(viewer, *one)),
            "blocks" => self.blocks.contains(&(viewer, *one)),
            "mutes" => self.mutes.contains(&(viewer, *one)) && self.sees(viewer, *one),
            _ => self.restricts.contains(&(viewer, *one)) && self.sees(viewer, *one),
        };
        self.named((0..PEOPLE).filter(is_on))
    }

    /// By the alphabet.
    fn named(&self, people: impl Iterator<Item = usize>) -> Vec<String> {
        let mut names: Vec<String> = people.map(|one| name(self.names[one])).collect();
        names.sort_unstable();
        names
    }
}
