//! Two people, a friend of both, and how it stands between them.

use axum::http::Method;
use serde_json::json;
use testkit::{Person, Stage};

use super::looks::Shows;
use crate::market::{check_out, pay, petition, picture, sign_up, stall_of, text, top_up};

/// For whom a part of a profile is.
const AUDIENCES: [&str; 3] = ["everyone", "followers", "me"];

/// Numbers that are the same in every run.
pub struct Random(u64);

impl Random {
    pub fn of(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5DEE_CE66)
    }

    /// Below `end` (SplitMix64).
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % end
    }

    fn one_in(&mut self, many: u64) -> bool {
        self.below(many) == 0
    }

    fn audience(&mut self) -> &'static str {
        AUDIENCES[usize::try_from(self.below(3)).unwrap()]
    }
}

/// How it stands between viewer and target.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "independent states of two people")]
pub struct Setting {
    is_anonymous: bool,
    private: bool,
    follows: bool,
    /// Asks to follow a private account.
    asks: bool,
    blocks: bool,
    is_blocked: bool,
    mutes: bool,
    restricts: bool,
    locked: bool,
    /// A moderator has decided that nobody else sees them (P8).
    withheld: bool,
    bio: &'static str,
    links: &'static str,
    interests: &'static str,
    followers: &'static str,
    following: &'static str,
}

impl Setting {
    pub fn random(random: &mut Random) -> Self {
        let is_anonymous = random.one_in(8);
        let (private, follows) = (random.one_in(2), random.one_in(2));
        Self {
            is_anonymous,
            private,
            follows: follows && !is_anonymous,
            asks: private && !follows && !is_anonymous && !random.one_in(3),
            blocks: !is_anonymous && random.one_in(5),
            is_blocked: !is_anonymous && random.one_in(6),
            mutes: !is_anonymous && random.one_in(4),
            restricts: !is_anonymous && random.one_in(2),
            locked: random.one_in(8),
            bio: random.audience(),
            links: random.audience(),
            interests: random.audience(),
            followers: random.audience(),
            following: random.audience(),
            withheld: random.one_in(8),
        }
    }

    /// Nothing keeps the two apart, but for what they are to each other: one asks, one follows, nobody has done anything, or a moderator
    /// has.
    pub fn calm(round: u64) -> Self {
        let calm = Self::random(&mut Random::of(0));
        let (asks, follows) = (round == 0, round == 1);
        let (private, is_anonymous, locked, withheld) = (asks, false, false, round == 3);
        let (blocks, is_blocked, mutes, restricts) = (false, false, false, false);
        Self { is_anonymous, private, follows, asks, blocks, is_blocked, mutes, restricts, locked, withheld, ..calm }
    }

    fn visible(&self) -> bool {
        !self.locked && !self.withheld && !self.blocks && !self.is_blocked
    }

    /// A block cuts a follow.
    fn content(&self) -> bool {
        self.visible() && (!self.private || self.follows)
    }

    fn admits(&self, audience: &str) -> bool {
        self.content() && (audience == "everyone" || (audience == "followers" && self.follows))
    }

    fn is_new(&self) -> bool {
        self.visible() && !self.follows && !self.asks && !self.mutes && !self.restricts
    }

    /// A block the other way leaves nothing to block, mute or ask.
    fn keeps(&self, away: bool) -> bool {
        away && !self.is_anonymous
    }
}

/// Everything that could be looked for.
pub struct Scene {
    pub setting: Setting,
    pub viewer: Person,
    /// What every word of the target's begins with.
    canary: String,
    friend: String,
    places: Vec<(&'static str, String)>,
}

impl Scene {
    /// Has people do what makes the setting.
    pub async fn play(stage: &Stage, (admin, moderator): (&Person, &Person), round: u64, setting: Setting) -> Self {
        let canary = format!("kanari{round}x");
        let target = sign_up(stage, &format!("{canary}_zamani")).await;
        let (friend, other) =
            (sign_up(stage, &format!("rafiki{round}x")).await, sign_up(stage, &format!("mtazamaji{round}x")).await);
        let mut places = possessions(stage, &target, &friend, &canary).await;
        let follow = |whom: &Person| format!("/api/v1/users/{}/follow", whom.id);
        friend.put(&follow(&target)).await;
        target.put(&follow(&friend)).await;
        target.put(&follow(&other)).await;
        other.put(&follow(&friend)).await;
        if setting.follows {
            other.put(&follow(&target)).await;
        }
        let privacy = json!({"private": setting.private, "bio": setting.bio, "links": setting.links, "interests": setting.interests,
                             "followers": setting.followers, "following": setting.following});
        target.call(Method::PUT, "/api/v1/users/me/privacy", None, Some(privacy.to_string())).await.ok();
        for (does, deed) in
            [(setting.asks, "follow"), (setting.mutes, "mute"), (setting.restricts, "restrict"), (setting.blocks, "block")]
        {
            if does {
                let done = other.put(&format!("/api/v1/users/{}/{deed}", target.id)).await;
                assert_eq!(done.status, 204, "{deed}: {}", done.text);
            }
        }
        if setting.is_blocked {
            // Whom one has been blocked by, one can't see, and so not block.
            let blocked = target.put(&format!("/api/v1/users/{}/block", other.id)).await;
            assert_eq!(blocked.status == 204, !setting.blocks, "{}", blocked.text);
        }
        if setting.locked {
            let lock = format!("/api/v1/admin/users/{}/lock", target.id);
            assert_eq!(admin.post(&lock, json!({"reason": "Sells counterfeit goods"})).await.status, 204);
        }
        if setting.withheld {
            let (_, case) = places.iter().find(|(name, _)| *name == "case").unwrap();
            withhold(moderator, case).await;
        }
        stage.settle().await;
        places.push(("friend", friend.id.to_string()));
        places.push(("target", target.id.to_string()));
        let viewer = if setting.is_anonymous { stage.anonymous() } else { other };
        Self { setting, viewer, canary, friend: format!("rafiki{round}x"), places }
    }

    pub fn filled(&self, path: &str) -> String {
        self.places.iter().fold(path.to_owned(), |path, (name, value)| path.replace(&format!("{{{name}}}"), value))
    }

    /// Words that must not be there, and whether they may all the same.
    pub fn words(&self, shows: Shows) -> Vec<(String, bool)> {
        let setting = &self.setting;
        let is_named = match shows {
            Shows::Blocked => setting.blocks,
            // The name they were called by stands in the address of the page.
            _ => setting.visible(),
        };
        vec![
            (format!("{} jina", self.canary), is_named),
            (format!("{} bidhaa", self.canary), setting.visible()),
            (format!("{} duka", self.canary), setting.visible()),
            (format!("{} chapisho", self.canary), setting.content()),
            (format!("{} tangazo", self.canary), setting.content()),
            (format!("{} wasifu", self.canary), setting.admits(setting.bio)),
            (format!("{}.example", self.canary), setting.admits(setting.links)),
            (format!("{} mambo", self.canary), setting.admits(setting.interests)),
        ]
    }

    /// A word that must be there, or must not.
    pub fn proof(&self, shows: Shows) -> Option<(String, bool)> {
        let (setting, of) = (&self.setting, |word: &str| format!("{} {word}", self.canary));
        let is_let_be = !setting.is_anonymous;
        Some(match shows {
            Shows::Person => (of("jina"), setting.visible()),
            Shows::Bio => (of("wasifu"), setting.admits(setting.bio)),
            Shows::Links => (format!("{}.example", self.canary), setting.admits(setting.links)),
            Shows::Interests => (of("mambo"), setting.admits(setting.interests)),
            Shows::Followers => (self.friend.clone(), setting.admits(setting.followers)),
            Shows::Following => (self.friend.clone(), setting.admits(setting.following)),
            Shows::Mutuals => (self.friend.clone(), is_let_be && setting.admits(setting.followers)),
            Shows::Trust => ("\"completed\"".to_owned(), setting.visible()),
            Shows::Stands => ("\"visible\":true".to_owned(), is_let_be && setting.visible()),
            Shows::Posts => (of("chapisho"), setting.content()),
            Shows::Feed => (of("chapisho"), setting.content() && setting.follows && !setting.mutes),
            Shows::Goods => (of("bidhaa"), setting.visible()),
            Shows::Notices => (format!("{}_jipya", self.canary), is_let_be && setting.visible() && !setting.mutes),
            Shows::Blocked => (of("jina"), setting.keeps(setting.blocks)),
            Shows::Muted => (of("jina"), setting.keeps(setting.mutes) && setting.visible()),
            Shows::Restricted => (of("jina"), setting.keeps(setting.restricts) && setting.visible()),
            Shows::Asked => (of("jina"), setting.keeps(setting.asks) && setting.visible()),
            Shows::Suggested => (of("jina"), is_let_be && setting.is_new()),
            Shows::Nothing => return None,
        })
    }
}

/// Has a case decided so that nobody but its owner sees what it is about.
async fn withhold(moderator: &Person, case: &str) {
    moderator.post(&format!("/api/v1/moderation/cases/{case}/take"), json!({})).await.ok();
    let verdict = json!({"outcome": "withheld", "reason": "scam"});
    moderator.post(&format!("/api/v1/moderation/cases/{case}/decide"), verdict).await.ok();
}

/// What the target tells, sells and posts, and what the friend buys of it; where it is.
async fn possessions(stage: &Stage, target: &Person, friend: &Person, canary: &str) -> Vec<(&'static str, String)> {
    let told = json!({"username": format!("{canary}_jipya"), "display_name": format!("{canary} jina"), "bio": format!("{canary} wasifu"),
                      "links": [format!("{canary}.example")], "interests": [format!("{canary} mambo")]});
    target.patch("/api/v1/users/me", told).await.ok();
    let stall = stall_of(stage, target.clone(), canary, 9).await;
    let seen = target.get(&format!("/api/v1/products/{}", stall.product)).await.ok();
    let shop = text(&seen["shop"]["id"]).to_owned();
    target.patch(&format!("/api/v1/shops/{shop}"), json!({"name": format!("{canary} duka {canary} bidhaa")})).await.ok();
    target.patch(&format!("/api/v1/products/{}", stall.product), json!({"name": format!("{canary} bidhaa")})).await.ok();
    let words = json!({"text": format!("{canary} tangazo {canary} chapisho")});
    target.patch(&format!("/api/v1/posts/{}", stall.post), words).await.ok();
    let post = json!({"type": "standard", "text": format!("{canary} chapisho")});
    let post = text(&target.post("/api/v1/posts", post).await.ok()["id"]).to_owned();
    let media = picture(stage, target, "public").await;
    top_up(stage, friend, 3_000_000).await;
    let order = pay(stage, friend, &check_out(friend, &stall).await).await;
    let checkout = text(&check_out(friend, &stall).await["id"]).to_owned();
    let escrow = text(&friend.get("/api/v1/escrows").await.ok()["items"][0]["id"]).to_owned();
    let more = json!({"amount": {"minor": 100_000, "currency": "TZS"}, "method": "sandbox"});
    // Of theirs, by their friend; nobody has decided it.
    let report = json!({"thing": {"user": target.id}, "reason": "spam"});
    let case = text(&friend.post("/api/v1/reports", report).await.ok()["id"]).to_owned();
    let top_up = text(&friend.post("/api/v1/wallet/top-ups", more).await.ok()["id"]).to_owned();
    vec![
        ("name", format!("{canary}_jipya")),
        ("old", format!("{canary}_zamani")),
        ("free", "malaika".to_owned()),
        ("handle", format!("{canary}_shop")),
        ("shop", shop),
        ("product", stall.product),
        ("product_post", stall.post),
        ("post", post),
        ("media", media),
        ("order", order),
        ("checkout", checkout),
        ("escrow", escrow),
        ("top_up", top_up),
        ("case", case),
        ("petition", petition(target, "person").await),
    ]
}
