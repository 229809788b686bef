//! Every way commerce says no.

use kernel::{Fault, Kind};

/// What is refused, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    AccountLocked,
    MediaUnknown,
    HandleTaken,
    HandleInvalid,
    OwnShop,
    ShopClosed,
    ShopWithheld,
    NotOnSale,
    SoldOut,
    StockShort,
    TooManyHolds,
    AddressMissing,
    CheckoutExpired,
    CheckoutOver,
    CheckoutPaying,
    AlreadyRenewed,
    AlreadyExtended,
    HandoverWrong,
    HandoverLocked,
    NotYourMove,
    MovedOn,
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        let conflict = |code, detail| Fault::new(Kind::Conflict, code, detail);
        match refusal {
            Refusal::AccountLocked => {
                Fault::new(Kind::Forbidden, "commerce.account_locked", "This account is locked and can't sell or buy.")
            }
            Refusal::MediaUnknown => Fault::field(
                "/media_ids",
                "commerce.media_unknown",
                "Name public pictures you uploaded yourself, each once; one that was rejected or deleted is none.",
            ),
            Refusal::HandleTaken => conflict("commerce.handle_taken", "Another shop has this handle. Take another one."),
            Refusal::HandleInvalid => Fault::field(
                "/handle",
                "commerce.handle_invalid",
                "A handle has 3 to 30 letters, digits and underscores, starts with a letter, and isn't a reserved word.",
            ),
            Refusal::OwnShop => Fault::new(Kind::Invalid, "commerce.own_shop", "Nobody buys from their own shop."),
            Refusal::ShopClosed => conflict("commerce.shop_closed", "The shop is closed at the moment."),
            Refusal::ShopWithheld => conflict(
                "commerce.shop_withheld",
                "A shop that is withheld keeps its name; everything else of it can be changed.",
            ),
            Refusal::NotOnSale => conflict("commerce.not_on_sale", "This is no longer on sale."),
            Refusal::SoldOut => conflict("commerce.sold_out", "There aren't that many left."),
            Refusal::StockShort => conflict("commerce.stock_short", "Units that are held or sold can't be taken away."),
            Refusal::TooManyHolds => {
                conflict("commerce.too_many_holds", "You hold too much already. Pay or cancel one of your checkouts first.")
            }
            Refusal::AddressMissing => conflict(
                "commerce.address_missing",
                "Say where the goods go before you pay: give the checkout a shipping address.",
            ),
            Refusal::CheckoutExpired => {
                conflict("commerce.checkout_expired", "The time to pay has run out. Start again; no money moved.")
            }
            Refusal::CheckoutOver => conflict("commerce.checkout_over", "This checkout is over."),
            Refusal::CheckoutPaying => conflict("commerce.checkout_paying", "The payment is on its way. Look again shortly."),
            Refusal::AlreadyRenewed => conflict("commerce.already_renewed", "A checkout can be renewed once."),
            Refusal::AlreadyExtended => conflict("commerce.already_extended", "An order can be extended once."),
            Refusal::HandoverWrong => Fault::field(
                "/handover_code",
                "commerce.handover_wrong",
                "This isn't the code of this order. Ask the buyer to read it from the order's page.",
            ),
            Refusal::HandoverLocked => {
                conflict("commerce.handover_locked", "The code doesn't count any more. Only the buyer can make a new one.")
            }
            Refusal::NotYourMove => {
                Fault::new(Kind::Forbidden, "commerce.not_your_move", "The other side of the order does this.")
            }
            Refusal::MovedOn => conflict("commerce.order_moved_on", "The order is past this, or not there yet."),
        }
    }
}
