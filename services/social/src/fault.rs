//! Every way social says no.

use kernel::{Fault, Kind};

/// What is refused, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    TextEmpty,
    TextTooLong,
    TextUnreadable,
    MediaUnknown,
    ProductMissing,
    ProductUnwanted,
    ProductUnknown,
    UnknownTab,
    AccountLocked,
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::TextEmpty => Fault::field("/text", "social.text_empty", "Write something."),
            Refusal::TextTooLong => Fault::field("/text", "social.text_too_long", "A post has at most 5,000 characters."),
            Refusal::TextUnreadable => {
                Fault::field("/text", "social.text_unreadable", "The text has control characters; leave them out.")
            }
            Refusal::MediaUnknown => Fault::field(
                "/media",
                "social.media_unknown",
                "Name public pictures you uploaded yourself, each once; one that was rejected or deleted is none.",
            ),
            Refusal::ProductMissing => Fault::field("/product_id", "social.product_missing", "A product post names its product."),
            Refusal::ProductUnwanted => {
                Fault::field("/product_id", "social.product_unwanted", "Only a post of type product has a product.")
            }
            Refusal::ProductUnknown => Fault::field("/product_id", "social.product_unknown", "There is no such product."),
            Refusal::UnknownTab => Fault::field("/tab", "social.unknown_tab", "The feed has the tab following."),
            Refusal::AccountLocked => {
                Fault::new(Kind::Forbidden, "social.account_locked", "This account is locked and can't post, edit or delete.")
            }
        }
    }
}
