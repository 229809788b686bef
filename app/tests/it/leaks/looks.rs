//! Where one can look for somebody. A service that shows people or what is theirs has its routes here.

/// What of the target a look shows to whoever may see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// Their name.
    Person,
    /// What they tell of themselves, for whom it is.
    Bio,
    Links,
    Interests,
    /// Who follows them, and whom they follow: a friend of both.
    Followers,
    Following,
    /// Of those who follow them whom the viewer follows: the friend.
    Mutuals,
    /// That there is something to be said of them as a seller.
    Trust,
    /// That they are there.
    Stands,
    /// What they post.
    Posts,
    /// The same, where one sees what one didn't look for.
    Feed,
    /// What they sell.
    Goods,
    /// Notices about them.
    Notices,
    /// Their name, where the viewer keeps them away.
    Blocked,
    Muted,
    Restricted,
    /// Their name, where the viewer asks to follow them.
    Asked,
    /// Their name, where a friend follows them and the viewer doesn't.
    Suggested,
    Nothing,
}

impl Shows {
    /// Whether the rounds must have shown it, and hidden it.
    pub fn proves(self) -> bool {
        self != Self::Nothing
    }
}

use Shows::{
    Asked, Bio, Blocked, Feed, Followers, Following, Goods, Interests, Links, Muted, Mutuals, Nothing, Notices, Person, Posts,
    Restricted, Stands, Suggested, Trust,
};

/// A route of the API, an address of it, and what that shows.
pub const LOOKS: &[(&str, &str, Shows)] = &[
    ("GET /api/v1/users/{user}", "/api/v1/users/{target}", Person),
    ("GET /api/v1/users/{user}", "/api/v1/users/{name}", Bio),
    ("GET /api/v1/users/{user}", "/api/v1/users/{name}?", Links),
    ("GET /api/v1/users/{user}", "/api/v1/users/{target}?", Interests),
    ("GET /api/v1/users/{user}", "/api/v1/users/{old}", Person),
    ("GET /api/v1/users/{id}/followers", "/api/v1/users/{target}/followers", Followers),
    ("GET /api/v1/users/{id}/followers", "/api/v1/users/{friend}/followers", Person),
    ("GET /api/v1/users/{id}/following", "/api/v1/users/{target}/following", Following),
    ("GET /api/v1/users/{id}/following", "/api/v1/users/{friend}/following", Person),
    ("GET /api/v1/users/{id}/mutuals", "/api/v1/users/{target}/mutuals", Mutuals),
    ("GET /api/v1/users/{id}/trust", "/api/v1/users/{target}/trust", Trust),
    ("GET /api/v1/users/{id}/posts", "/api/v1/users/{target}/posts", Posts),
    ("GET /api/v1/posts/{id}", "/api/v1/posts/{post}", Posts),
    ("GET /api/v1/posts/{id}", "/api/v1/posts/{product_post}", Posts),
    ("GET /api/v1/feed", "/api/v1/feed", Feed),
    ("GET /api/v1/shops/{shop}", "/api/v1/shops/{handle}", Goods),
    ("GET /api/v1/products", "/api/v1/products?shop={shop}", Goods),
    ("GET /api/v1/products/{id}", "/api/v1/products/{product}", Goods),
    ("GET /api/v1/notifications", "/api/v1/notifications", Notices),
    ("GET /api/v1/notifications/unread-count", "/api/v1/notifications/unread-count", Nothing),
    ("GET /api/v1/users/me/blocks", "/api/v1/users/me/blocks", Blocked),
    ("GET /api/v1/users/me/mutes", "/api/v1/users/me/mutes", Muted),
    ("GET /api/v1/users/me/restricted", "/api/v1/users/me/restricted", Restricted),
    ("GET /api/v1/users/me/requested", "/api/v1/users/me/requested", Asked),
    ("GET /api/v1/users/me/follow-requests", "/api/v1/users/me/follow-requests", Nothing),
    ("GET /api/v1/users/suggestions", "/api/v1/users/suggestions", Suggested),
    // It echoes whose ids were asked for, and says how they stand to the viewer.
    ("GET /api/v1/users/relationships", "/api/v1/users/relationships?ids={target}", Stands),
    ("GET /api/v1/usernames/{name}", "/api/v1/usernames/{free}", Nothing),
    ("GET /api/v1/users/me", "/api/v1/users/me", Nothing),
    ("GET /api/v1/users/me/preview", "/api/v1/users/me/preview?as=everyone", Nothing),
    ("GET /api/v1/users/me/privacy", "/api/v1/users/me/privacy", Nothing),
    // What somebody reported stays theirs, whoever has blocked whom since (X6).
    ("GET /api/v1/users/me/cases", "/api/v1/users/me/cases", Nothing),
    ("GET /api/v1/users/me/cases/{id}", "/api/v1/users/me/cases/{case}", Nothing),
    ("GET /api/v1/moderation/cases", "/api/v1/moderation/cases", Nothing),
    ("GET /api/v1/moderation/cases/{id}", "/api/v1/moderation/cases/{case}", Nothing),
    ("GET /api/v1/users/me/verification", "/api/v1/users/me/verification", Nothing),
    ("GET /api/v1/users/me/trust/deals", "/api/v1/users/me/trust/deals", Nothing),
    ("GET /api/v1/users/me/petitions", "/api/v1/users/me/petitions", Nothing),
    ("GET /api/v1/users/me/petitions/{id}", "/api/v1/users/me/petitions/{petition}", Nothing),
    ("GET /api/v1/moderation/petitions", "/api/v1/moderation/petitions", Nothing),
    ("GET /api/v1/moderation/petitions/{id}", "/api/v1/moderation/petitions/{petition}", Nothing),
    ("GET /api/v1/media", "/api/v1/media", Nothing),
    ("GET /api/v1/media/usage", "/api/v1/media/usage", Nothing),
    ("GET /api/v1/media/{id}", "/api/v1/media/{media}", Nothing),
    ("GET /api/v1/wallet", "/api/v1/wallet", Nothing),
    ("GET /api/v1/wallet/transactions", "/api/v1/wallet/transactions", Nothing),
    ("GET /api/v1/wallet/top-ups/{id}", "/api/v1/wallet/top-ups/{top_up}", Nothing),
    ("GET /api/v1/escrows", "/api/v1/escrows", Nothing),
    ("GET /api/v1/escrows/{id}", "/api/v1/escrows/{escrow}", Nothing),
    ("GET /api/v1/checkouts/{id}", "/api/v1/checkouts/{checkout}", Nothing),
    ("GET /api/v1/orders", "/api/v1/orders", Nothing),
    ("GET /api/v1/orders/{id}", "/api/v1/orders/{order}", Nothing),
    ("GET /api/v1/auth/devices", "/api/v1/auth/devices", Nothing),
    ("GET /api/v1/auth/sessions", "/api/v1/auth/sessions", Nothing),
];

/// Pages, and what they show.
pub const PAGES: &[(&str, Shows)] = &[
    ("/users/{target}", Person),
    ("/users/{name}", Bio),
    ("/users/{name}?", Interests),
    ("/users/{target}/followers", Followers),
    ("/users/{target}/following", Following),
    ("/users/{friend}/followers", Person),
    ("/users/{target}/mutuals", Mutuals),
    ("/users/{target}/trust", Person),
    ("/users/{target}/posts", Posts),
    ("/posts/{post}", Posts),
    ("/feed", Feed),
    ("/shops/{handle}", Goods),
    ("/products/{product}", Goods),
    ("/notifications", Notices),
    ("/me/suggestions", Suggested),
    ("/me/blocks", Blocked),
    ("/me/mutes", Muted),
    ("/me/requested", Asked),
    ("/me/requests", Nothing),
    ("/me/cases", Nothing),
    ("/me/cases/{case}", Nothing),
    ("/moderation", Nothing),
    ("/moderation/{case}", Nothing),
    ("/me/verification", Nothing),
    ("/me/trust/review", Nothing),
    ("/me/petitions/{petition}", Nothing),
    ("/moderation/petitions", Nothing),
    ("/moderation/petitions/{petition}", Nothing),
    ("/orders/{order}", Nothing),
    ("/checkouts/{checkout}", Nothing),
];
