//! Every route of the API, whose it is, and with what its owner calls it: a route that isn't here fails the walk.

use By::{Admin, Buyer, Moderator, Nobody, Seller, User};
use To::{Everybody, Himself, OfAnybody, Owners};
use With::{
    AnotherCheckout, AnotherOrder, AnotherPicture, Asked, DecidedCase, FlowAndCode, Form, HandoverCode, Papers, Password,
    Questioned, RefreshToken, ShippedOrder, Shown, Signature, TakenCase, TakenPetition, WaitingFlow,
};

/// Who calls it and is answered 2xx.
#[derive(Debug, Clone, Copy)]
pub enum By {
    Seller,
    Buyer,
    /// Somebody of whom nothing else here is.
    User,
    Admin,
    Moderator,
    /// Not signed in.
    Nobody,
}

/// What it is called with.
#[derive(Debug, Clone, Copy)]
pub enum With {
    /// The body the document shows, on things of the estate.
    Shown,
    /// The same, on another one that no line before has changed.
    AnotherCheckout,
    AnotherOrder,
    AnotherPicture,
    /// A form with a picture.
    Form,
    /// The same, on another one that is on its way.
    ShippedOrder,
    /// The code of the order.
    HandoverCode,
    /// A form that asks to be verified as a business.
    Papers,
    /// A form that asks to look at a deal the seller called off.
    Questioned,
    /// Another petition, which the moderator has taken.
    TakenPetition,
    /// Another case, which the moderator has taken.
    TakenCase,
    /// The same, decided against whoever reported it.
    DecidedCase,
    /// A flow whose next code may be sent.
    WaitingFlow,
    FlowAndCode,
    /// Somebody who asks to follow the administrator, whose account is private by then.
    Asked,
    /// Name and password of somebody who has one.
    Password,
    RefreshToken,
    /// A report that its provider signed.
    Signature,
}

/// Whose it is, and so what others are answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    /// 404 for everybody else.
    Owners,
    /// This status for everybody to whom its owner isn't hidden.
    Everybody(u16),
    /// This status for anybody, whether or not there is such a thing: it says no more than that they don't follow.
    OfAnybody(u16),
    /// It names nothing: everybody has their own.
    Himself,
}

/// In this order: what ends a thing comes after what needs it.
pub const TABLE: &[(&str, By, With, To)] = &[
    ("GET /api/v1/users/me", User, Shown, Himself),
    ("PATCH /api/v1/users/me", Admin, Shown, Himself),
    ("GET /api/v1/users/me/preview", User, Shown, Himself),
    ("GET /api/v1/users/{user}", Nobody, Shown, Everybody(200)),
    ("GET /api/v1/usernames/{name}", Nobody, Shown, Himself),
    ("GET /api/v1/users/suggestions", Buyer, Shown, Himself),
    ("GET /api/v1/users/relationships", Buyer, Shown, OfAnybody(200)),
    ("GET /api/v1/users/{id}/trust", Nobody, Shown, Everybody(200)),
    ("PUT /api/v1/users/{id}/follow", Buyer, Shown, Everybody(204)),
    ("GET /api/v1/users/{id}/followers", Nobody, Shown, Everybody(200)),
    ("GET /api/v1/users/{id}/following", Nobody, Shown, Everybody(200)),
    ("GET /api/v1/users/{id}/posts", Nobody, Shown, Everybody(200)),
    ("DELETE /api/v1/users/{id}/follow", Buyer, Shown, OfAnybody(204)),
    ("DELETE /api/v1/users/me/followers/{id}", Seller, Shown, OfAnybody(204)),
    ("GET /api/v1/users/{id}/mutuals", Buyer, Shown, Everybody(200)),
    ("GET /api/v1/users/me/privacy", Admin, Shown, Himself),
    ("PUT /api/v1/users/me/privacy", Admin, Shown, Himself),
    ("GET /api/v1/users/me/follow-requests", Admin, Shown, Himself),
    ("POST /api/v1/users/me/follow-requests/{id}/accept", Admin, Asked, Owners),
    ("POST /api/v1/users/me/follow-requests/{id}/decline", Admin, Asked, Owners),
    ("GET /api/v1/users/me/requested", Buyer, Shown, Himself),
    ("DELETE /api/v1/users/me/requested/{id}", Buyer, Shown, OfAnybody(204)),
    ("PUT /api/v1/users/{id}/mute", Buyer, Shown, Everybody(204)),
    ("GET /api/v1/users/me/mutes", Buyer, Shown, Himself),
    ("DELETE /api/v1/users/{id}/mute", Buyer, Shown, OfAnybody(204)),
    ("PUT /api/v1/users/{id}/restrict", Buyer, Shown, Everybody(204)),
    ("GET /api/v1/users/me/restricted", Buyer, Shown, Himself),
    ("DELETE /api/v1/users/{id}/restrict", Buyer, Shown, OfAnybody(204)),
    ("PUT /api/v1/users/{id}/block", Buyer, Shown, Everybody(204)),
    ("GET /api/v1/users/me/blocks", Buyer, Shown, Himself),
    ("DELETE /api/v1/users/{id}/block", Buyer, Shown, OfAnybody(204)),
    ("POST /api/v1/reports", Buyer, Shown, Himself),
    ("GET /api/v1/users/me/cases", Buyer, Shown, Himself),
    ("GET /api/v1/users/me/cases/{id}", Buyer, Shown, Owners),
    ("GET /api/v1/moderation/cases", Moderator, Shown, Owners),
    ("GET /api/v1/moderation/cases/{id}", Moderator, Shown, Owners),
    ("POST /api/v1/moderation/cases/{id}/take", Moderator, Shown, Owners),
    ("POST /api/v1/moderation/cases/{id}/release", Moderator, Shown, Owners),
    ("POST /api/v1/moderation/cases/{id}/decide", Moderator, TakenCase, Owners),
    ("POST /api/v1/moderation/cases/{id}/appeal", Buyer, DecidedCase, Owners),
    ("GET /api/v1/users/me/verification", Buyer, Shown, Himself),
    ("POST /api/v1/users/me/verification", Buyer, Papers, Himself),
    ("GET /api/v1/users/me/trust/deals", Seller, Shown, Himself),
    ("POST /api/v1/users/me/trust/review", Seller, Questioned, Himself),
    ("GET /api/v1/users/me/petitions", Buyer, Shown, Himself),
    ("GET /api/v1/users/me/petitions/{id}", Buyer, Shown, Owners),
    ("GET /api/v1/moderation/petitions", Moderator, Shown, Owners),
    ("GET /api/v1/moderation/petitions/{id}", Moderator, Shown, Owners),
    ("POST /api/v1/moderation/petitions/{id}/take", Moderator, Shown, Owners),
    ("POST /api/v1/moderation/petitions/{id}/documents/{place}/open", Moderator, Shown, Owners),
    ("POST /api/v1/moderation/petitions/{id}/release", Moderator, Shown, Owners),
    ("POST /api/v1/moderation/petitions/{id}/decide", Moderator, TakenPetition, Owners),
    ("DELETE /api/v1/users/me/petitions/{id}", Buyer, Shown, Owners),
    ("POST /api/v1/media", Seller, Form, Himself),
    ("GET /api/v1/media", Seller, Shown, Himself),
    ("GET /api/v1/media/usage", Seller, Shown, Himself),
    ("GET /api/v1/media/{id}", Seller, Shown, Owners),
    ("POST /api/v1/media/{id}/url", Seller, Shown, Owners),
    ("DELETE /api/v1/media/{id}", Seller, AnotherPicture, Owners),
    ("POST /api/v1/shops", Buyer, Shown, Himself),
    ("GET /api/v1/shops/{shop}", Nobody, Shown, Everybody(200)),
    ("PATCH /api/v1/shops/{shop}", Seller, Shown, Owners),
    ("POST /api/v1/shops/{id}/products", Seller, Shown, Owners),
    ("GET /api/v1/products", Nobody, Shown, Everybody(200)),
    ("GET /api/v1/products/{id}", Nobody, Shown, Everybody(200)),
    ("PATCH /api/v1/products/{id}", Seller, Shown, Owners),
    ("POST /api/v1/variants/{id}/stock", Seller, Shown, Owners),
    ("POST /api/v1/posts", Seller, Shown, Himself),
    ("GET /api/v1/posts/{id}", Nobody, Shown, Everybody(200)),
    ("PATCH /api/v1/posts/{id}", Seller, Shown, Owners),
    ("GET /api/v1/feed", Buyer, Shown, Himself),
    ("GET /api/v1/wallet", Buyer, Shown, Himself),
    ("GET /api/v1/wallet/transactions", Buyer, Shown, Himself),
    ("POST /api/v1/wallet/top-ups", Buyer, Shown, Himself),
    ("GET /api/v1/wallet/top-ups/{id}", Buyer, Shown, Owners),
    ("POST /api/v1/webhooks/{provider}", Nobody, Signature, Himself),
    ("GET /api/v1/escrows", Buyer, Shown, Himself),
    ("GET /api/v1/escrows/{id}", Seller, Shown, Owners),
    ("POST /api/v1/checkouts", Buyer, Shown, Himself),
    ("GET /api/v1/checkouts/{id}", Buyer, Shown, Owners),
    ("PATCH /api/v1/checkouts/{id}", Buyer, Shown, Owners),
    ("POST /api/v1/checkouts/{id}/pay", Buyer, Shown, Owners),
    ("DELETE /api/v1/checkouts/{id}", Buyer, AnotherCheckout, Owners),
    ("GET /api/v1/orders", Buyer, Shown, Himself),
    ("GET /api/v1/orders/{id}", Buyer, Shown, Owners),
    ("POST /api/v1/orders/{id}/accept", Seller, Shown, Owners),
    ("POST /api/v1/orders/{id}/ship", Seller, Shown, Owners),
    ("POST /api/v1/orders/{id}/handover-code", Buyer, Shown, Owners),
    ("POST /api/v1/orders/{id}/extend", Buyer, Shown, Owners),
    ("POST /api/v1/orders/{id}/deliver", Seller, HandoverCode, Owners),
    ("POST /api/v1/orders/{id}/confirm", Buyer, ShippedOrder, Owners),
    ("POST /api/v1/orders/{id}/cancel", Buyer, AnotherOrder, Owners),
    ("GET /api/v1/notifications", Buyer, Shown, Himself),
    ("GET /api/v1/notifications/unread-count", Buyer, Shown, Himself),
    ("POST /api/v1/notifications/{id}/read", Buyer, Shown, Owners),
    ("POST /api/v1/notifications/{id}/unread", Buyer, Shown, Owners),
    ("POST /api/v1/notifications/read-all", Buyer, Shown, Himself),
    ("DELETE /api/v1/notifications/{id}", Buyer, Shown, Owners),
    ("POST /api/v1/products/{id}/archive", Seller, Shown, Owners),
    ("POST /api/v1/products/{id}/publish", Seller, Shown, Owners),
    ("DELETE /api/v1/posts/{id}", Seller, Shown, Owners),
    ("POST /api/v1/auth/register", Nobody, Shown, Himself),
    ("POST /api/v1/auth/login/code", Nobody, Shown, Himself),
    ("POST /api/v1/auth/code/resend", Nobody, WaitingFlow, Himself),
    ("POST /api/v1/auth/verify", Nobody, FlowAndCode, Himself),
    ("POST /api/v1/auth/login", Nobody, Password, Himself),
    ("POST /api/v1/auth/token/refresh", Nobody, RefreshToken, Himself),
    ("GET /api/v1/auth/devices", Buyer, Shown, Himself),
    ("GET /api/v1/auth/sessions", Buyer, Shown, Himself),
    ("DELETE /api/v1/auth/sessions/{id}", Buyer, Shown, Owners),
    ("DELETE /api/v1/auth/sessions", Buyer, Shown, Himself),
    ("POST /api/v1/auth/logout", User, Shown, Himself),
    ("POST /api/v1/admin/users/{id}/lock", Admin, Shown, Owners),
    ("POST /api/v1/admin/users/{id}/unlock", Admin, Shown, Owners),
    ("DELETE /api/v1/admin/users/{id}", Admin, Shown, Owners),
];

/// Whose a route is.
#[track_caller]
pub fn whose(route: &str) -> To {
    let row = TABLE.iter().find(|(name, ..)| *name == route);
    row.unwrap_or_else(|| panic!("{route} has no line in the table of the walk")).3
}
