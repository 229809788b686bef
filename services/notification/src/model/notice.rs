//! Facts into notices: who is told what, and where a tap on it leads.

use contracts::{
    auth::{AccountOpened, CodePurpose},
    commerce::{OrderCancelled, OrderDelivered, OrderHead, OrderPlaced, OrderShipped, PaymentReceived},
    payment::{EscrowReleased, PaymentFailed, PaymentSucceeded, Purpose, RefundProcessed},
    profile::{
        CaseDecided, CaseParty, FollowRequested, Followed, Mentioned, Outcome, PetitionOutcome, RequestAccepted, TrustReviewed,
        VerificationDecided,
    },
};
use kernel::{Fact, Id, Money, User};

use super::{data::Data, kind::Kind};

/// One thing one person is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The fact's name and the ids of what it is about: the same news told twice has the same.
    pub fact: String,
    pub kind: Kind,
    pub to: Id<User>,
    /// The other person it speaks of, whose name is read when it is shown.
    pub about: Option<Id<User>>,
    /// The words' name and version; a change of what they need is a new version beside the old one.
    pub template: &'static str,
    /// Relative to the public address.
    pub link: String,
    pub data: Data,
}

/// The words of a code.
pub fn code_template(purpose: CodePurpose) -> &'static str {
    match purpose {
        CodePurpose::Register => "auth.code_register.v1",
        CodePurpose::Login => "auth.code_login.v1",
    }
}

/// The words of a hand-over code.
pub const HANDOVER_TEMPLATE: &str = "commerce.handover_code.v1";

pub fn account_opened(fact: &AccountOpened) -> Notice {
    Notice {
        fact: format!("{}/{}", AccountOpened::NAME, fact.user),
        kind: Kind::Welcome,
        to: fact.user,
        about: None,
        template: "auth.welcome.v1",
        link: "/".into(),
        data: Data::default(),
    }
}

pub fn followed(fact: &Followed) -> Notice {
    Notice {
        fact: format!("{}/{}/{}/{}", Followed::NAME, fact.follower, fact.followee, fact.version),
        kind: Kind::NewFollower,
        to: fact.followee,
        about: Some(fact.follower),
        template: "profile.new_follower.v1",
        link: format!("/users/{}", fact.follower),
        data: Data::default(),
    }
}

pub fn follow_requested(fact: &FollowRequested) -> Notice {
    Notice {
        fact: format!("{}/{}/{}/{}", FollowRequested::NAME, fact.follower, fact.followee, fact.version),
        kind: Kind::FollowRequest,
        to: fact.followee,
        about: Some(fact.follower),
        template: "profile.follow_request.v1",
        link: "/me/requests".into(),
        data: Data::default(),
    }
}

pub fn request_accepted(fact: &RequestAccepted) -> Notice {
    Notice {
        fact: format!("{}/{}/{}/{}", RequestAccepted::NAME, fact.follower, fact.followee, fact.version),
        kind: Kind::RequestAccepted,
        to: fact.follower,
        about: Some(fact.followee),
        template: "profile.request_accepted.v1",
        link: format!("/users/{}", fact.followee),
        data: Data::default(),
    }
}

pub fn mentioned(fact: &Mentioned) -> Notice {
    Notice {
        fact: format!("{}/{}/{}", Mentioned::NAME, fact.user, fact.mentioned),
        kind: Kind::Mention,
        to: fact.mentioned,
        about: Some(fact.user),
        template: "profile.mention.v1",
        link: format!("/users/{}", fact.user),
        data: Data::default(),
    }
}

/// Of who reported it nothing is said, and nothing of the words on either side: they are on the page it leads to.
pub fn case_decided(fact: &CaseDecided) -> Notice {
    let is_final = fact.appeal_until.is_none();
    let template = match (fact.party, fact.outcome) {
        (CaseParty::Owner, Outcome::Kept) => "profile.case_kept.v1",
        (CaseParty::Owner, Outcome::Warned) if is_final => "profile.case_warned.last.v1",
        (CaseParty::Owner, Outcome::Warned) => "profile.case_warned.v1",
        (CaseParty::Owner, Outcome::Withheld) if is_final => "profile.case_withheld.last.v1",
        (CaseParty::Owner, Outcome::Withheld) => "profile.case_withheld.v1",
        (CaseParty::Reporter, Outcome::Kept) if is_final => "profile.report_kept.last.v1",
        (CaseParty::Reporter, Outcome::Kept) => "profile.report_kept.v1",
        (CaseParty::Reporter, Outcome::Warned | Outcome::Withheld) => "profile.report_acted.v1",
    };
    Notice {
        fact: format!("{}/{}/{}/{}", CaseDecided::NAME, fact.case, fact.user, fact.version),
        kind: Kind::CaseDecided,
        to: fact.user,
        about: None,
        template,
        link: format!("/me/cases/{}", fact.case),
        data: Data { thing: Some(fact.thing.name().to_owned()), ..Data::default() },
    }
}

/// Why, and what was handed in, is on the page it leads to and nowhere else.
pub fn verification_decided(fact: &VerificationDecided) -> Notice {
    let template = match fact.outcome {
        PetitionOutcome::Approved => "profile.verified.v1",
        PetitionOutcome::Rejected => "profile.verification_rejected.v1",
        PetitionOutcome::Revoked => "profile.verification_revoked.v1",
    };
    Notice {
        fact: format!("{}/{}/{}", VerificationDecided::NAME, fact.user, fact.version),
        kind: Kind::VerificationDecided,
        to: fact.user,
        about: None,
        template,
        link: format!("/me/petitions/{}", fact.petition),
        data: Data { thing: Some(fact.badge.name().to_owned()), ..Data::default() },
    }
}

pub fn trust_reviewed(fact: &TrustReviewed) -> Notice {
    let template = match fact.outcome {
        PetitionOutcome::Approved => "profile.trust_mended.v1",
        PetitionOutcome::Rejected => "profile.trust_kept.v1",
        PetitionOutcome::Revoked => "profile.trust_restored.v1",
    };
    Notice {
        fact: format!("{}/{}/{}", TrustReviewed::NAME, fact.petition, fact.version),
        kind: Kind::TrustReviewed,
        to: fact.user,
        about: None,
        template,
        link: format!("/me/petitions/{}", fact.petition),
        data: Data::default(),
    }
}

pub fn order_placed(fact: &OrderPlaced) -> Vec<Notice> {
    let told = |to, template| order(OrderPlaced::NAME, Kind::OrderPlaced, &fact.head, to, template);
    vec![told(fact.head.buyer, "commerce.order_placed.buyer.v1"), told(fact.head.seller, "commerce.order_placed.seller.v1")]
}

pub fn payment_received(fact: &PaymentReceived) -> Notice {
    let template = "commerce.payment_received.v1";
    order(PaymentReceived::NAME, Kind::PaymentReceived, &fact.head, fact.head.seller, template)
}

pub fn order_shipped(fact: &OrderShipped) -> Notice {
    let template = "commerce.order_shipped.v1";
    let mut notice = order(OrderShipped::NAME, Kind::OrderShipped, &fact.head, fact.head.buyer, template);
    notice.data.carrier = Some(fact.carrier.clone());
    notice.data.tracking.clone_from(&fact.tracking);
    notice
}

pub fn order_delivered(fact: &OrderDelivered) -> Notice {
    let template = "commerce.order_delivered.v1";
    order(OrderDelivered::NAME, Kind::OrderDelivered, &fact.head, fact.head.buyer, template)
}

pub fn order_cancelled(fact: &OrderCancelled) -> Vec<Notice> {
    let told = |to, template| order(OrderCancelled::NAME, Kind::OrderCancelled, &fact.head, to, template);
    let (buyer, seller) = ("commerce.order_cancelled.buyer.v1", "commerce.order_cancelled.seller.v1");
    vec![told(fact.head.buyer, buyer), told(fact.head.seller, seller)]
}

pub fn payment_succeeded(fact: &PaymentSucceeded) -> Notice {
    let template = match fact.purpose {
        Purpose::TopUp => "payment.payment_successful.top_up.v1",
        Purpose::Order => "payment.payment_successful.order.v1",
    };
    let key = format!("{}/{}", PaymentSucceeded::NAME, fact.reference);
    money(key, Kind::PaymentSuccessful, fact.payer, &fact.reference, fact.amount, template)
}

/// The same payment refused again for the same reason isn't told again.
pub fn payment_failed(fact: &PaymentFailed) -> Notice {
    let template = match fact.purpose {
        Purpose::TopUp => "payment.payment_failed.top_up.v1",
        Purpose::Order => "payment.payment_failed.order.v1",
    };
    let key = format!("{}/{}/{}", PaymentFailed::NAME, fact.reference, fact.reason);
    let mut notice = money(key, Kind::PaymentFailed, fact.payer, &fact.reference, fact.amount, template);
    notice.data.reason = Some(fact.reason.clone());
    notice
}

pub fn escrow_released(fact: &EscrowReleased) -> Notice {
    let key = format!("{}/{}", EscrowReleased::NAME, fact.escrow);
    let template = "payment.escrow_released.v1";
    let mut notice = money(key, Kind::EscrowReleased, fact.payee, &fact.reference, fact.amount, template);
    notice.data.fee = Some(fact.fee);
    notice
}

pub fn refund_processed(fact: &RefundProcessed) -> Notice {
    let key = format!("{}/{}", RefundProcessed::NAME, fact.escrow);
    money(key, Kind::RefundProcessed, fact.payer, &fact.reference, fact.amount, "payment.refund_processed.v1")
}

fn order(fact: &str, kind: Kind, head: &OrderHead, to: Id<User>, template: &'static str) -> Notice {
    Notice {
        fact: format!("{fact}/{}", head.order),
        kind,
        to,
        about: None,
        template,
        link: format!("/orders/{}", head.order),
        data: Data {
            reference: Some(head.order.to_string()),
            shop: Some(head.shop_name.clone()),
            title: Some(head.title.clone()),
            quantity: Some(head.quantity),
            amount: Some(head.total),
            ..Data::default()
        },
    }
}

fn money(fact: String, kind: Kind, to: Id<User>, reference: &str, amount: Money, template: &'static str) -> Notice {
    // Everything that isn't an order is seen in the wallet.
    let link = if reference.starts_with("ord_") { format!("/orders/{reference}") } else { "/wallet".into() };
    let data = Data { reference: Some(reference.to_owned()), amount: Some(amount), ..Data::default() };
    Notice { fact, kind, to, about: None, template, link, data }
}
