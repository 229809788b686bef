//! What moderators look at, and what they decide.

use kernel::{Id, Timestamp, User};
use serde::{Deserialize, Serialize};

use crate::{
    files::PictureView,
    ids::{Case, Petition, Post, Product, Shop},
};

kernel::named! {
    /// What a report can be about.
    pub ThingKind {
        User = "user",
        Post = "post",
        Product = "product",
        Shop = "shop",
    }
}

kernel::named! {
    /// Which rule something is said to break.
    pub ReportReason {
        /// Not worth anybody's time, and again and again.
        Spam = "spam",
        /// Takes money for what never comes, or asks for money outside.
        Scam = "scam",
        Counterfeit = "counterfeit",
        /// What may not be sold here.
        Prohibited = "prohibited",
        Harassment = "harassment",
        Hate = "hate",
        Violence = "violence",
        Sexual = "sexual",
        /// Harms a child.
        ChildSafety = "child_safety",
        SelfHarm = "self_harm",
        /// Says to be somebody else.
        Impersonation = "impersonation",
        /// The words say it.
        Other = "other",
    }
}

kernel::named! {
    /// What was decided.
    pub Outcome {
        /// It breaks no rule.
        Kept = "kept",
        /// It breaks one; nothing is done this time.
        Warned = "warned",
        /// Nobody but its owner sees it any more.
        Withheld = "withheld",
    }
}

kernel::named! {
    /// What somebody has to do with a case.
    pub CaseParty {
        Reporter = "reporter",
        /// It is about what is theirs.
        Owner = "owner",
    }
}

/// What was reported, as it is at that moment: what moderators look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Exhibit {
    pub owner: Id<User>,
    /// Empty where it has none.
    #[schema(example = "Kitenge dress")]
    pub title: String,
    #[schema(example = "Cotton, all sizes")]
    pub words: String,
    pub pictures: Vec<PictureView>,
}

/// A decision about a person. `version` counts those of this person. Views ask ([`Relationships`]); a copy serves what nobody looks at.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct UserModerated {
    pub user: Id<User>,
    pub version: i64,
    /// Whether they are there for themselves only from now on.
    pub withheld: bool,
}

/// A decision about a post. `version` counts those of this post.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PostModerated {
    pub post: Id<Post>,
    pub version: i64,
    /// Whether nobody but its author sees it from now on.
    pub withheld: bool,
}

/// A decision about a product. `version` counts those of this product.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ProductModerated {
    pub product: Id<Product>,
    pub version: i64,
    /// Whether nobody but its seller sees it, and nobody buys it, from now on.
    pub withheld: bool,
}

/// A decision about a shop. `version` counts those of this shop.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ShopModerated {
    pub shop: Id<Shop>,
    pub version: i64,
    /// Whether nobody but its owner sees it and what it sells, and nobody buys there, from now on.
    pub withheld: bool,
}

/// What was decided, told to one of those it concerns. `version` counts the changes of the case.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CaseDecided {
    pub case: Id<Case>,
    pub version: i64,
    pub user: Id<User>,
    pub party: CaseParty,
    pub thing: ThingKind,
    pub outcome: Outcome,
    /// The rule it breaks; none where it breaks none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<ReportReason>,
    /// Until when this party may ask another moderator to look again; none where they may not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appeal_until: Option<Timestamp>,
}

kernel::named! {
    /// What moderators have verified of somebody; the weightier ones come later.
    pub Badge {
        /// They are who they say they are.
        Person = "person",
        /// They act for a registered business of this name.
        Business = "business",
        /// They act for a public body or institution of this name.
        Official = "official",
    }
}

kernel::named! {
    /// What became of something one asked moderators about oneself.
    pub PetitionOutcome {
        Approved = "approved",
        Rejected = "rejected",
        /// What was approved is taken back.
        Revoked = "revoked",
    }
}

kernel::named! {
    /// Why it was rejected, or taken back.
    pub PetitionReason {
        /// The documents can't be read.
        Unreadable = "unreadable",
        /// Something is missing.
        Incomplete = "incomplete",
        /// The documents are about somebody else, or another name.
        Mismatch = "mismatch",
        /// They aren't valid any more.
        Expired = "expired",
        /// They, or what was said, aren't true.
        Forged = "forged",
        /// What was approved is used to mislead others.
        Misused = "misused",
        /// What is asked for is not for them.
        NotEligible = "not_eligible",
        /// The words say it.
        Other = "other",
    }
}

/// Moderators have decided whether somebody is verified. `version` counts these decisions about this person.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct VerificationDecided {
    pub petition: Id<Petition>,
    pub user: Id<User>,
    pub version: i64,
    pub badge: Badge,
    pub outcome: PetitionOutcome,
    /// None where it is approved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<PetitionReason>,
    /// All they have from now on.
    pub badges: Vec<Badge>,
}

/// A moderator has looked at what makes somebody's trust. `version` counts the changes of the petition.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TrustReviewed {
    pub petition: Id<Petition>,
    pub user: Id<User>,
    pub version: i64,
    pub outcome: PetitionOutcome,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<PetitionReason>,
    /// How many deals don't count any more.
    pub struck: i64,
}

crate::facts! {
    UserModerated = "profile.user_moderated.v1";
    PostModerated = "profile.post_moderated.v1";
    ProductModerated = "profile.product_moderated.v1";
    ShopModerated = "profile.shop_moderated.v1";
    CaseDecided = "profile.case_decided.v1";
    VerificationDecided = "profile.verification_decided.v1";
    TrustReviewed = "profile.trust_reviewed.v1";
}

/// Question of whoever takes reports: what somebody shows everybody of themselves; `None` where they aren't there, or withheld.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct UserExhibit {
    pub user: Id<User>,
    /// Whether it is wanted though it is withheld: by moderators, who look at it again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub withheld_too: bool,
}

crate::asks! {
    UserExhibit = "profile.user_exhibit.v1" -> Option<Exhibit>;
}
