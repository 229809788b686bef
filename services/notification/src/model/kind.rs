//! The kinds of notices, by the names they carry at the doors, and what a delivery carries.

kernel::named! {
    /// One kind of notice: `service.thing`, as at the doors.
    pub Kind {
        Welcome = "auth.welcome",
        NewFollower = "profile.new_follower",
        FollowRequest = "profile.follow_request",
        RequestAccepted = "profile.request_accepted",
        Mention = "profile.mention",
        CaseDecided = "profile.case_decided",
        VerificationDecided = "profile.verification_decided",
        TrustReviewed = "profile.trust_reviewed",
        OrderPlaced = "commerce.order_placed",
        OrderShipped = "commerce.order_shipped",
        OrderDelivered = "commerce.order_delivered",
        OrderCancelled = "commerce.order_cancelled",
        PaymentReceived = "commerce.payment_received",
        PaymentSuccessful = "payment.payment_successful",
        PaymentFailed = "payment.payment_failed",
        EscrowReleased = "payment.escrow_released",
        RefundProcessed = "payment.refund_processed",
    }
}

impl Kind {
    /// Security and the person's own money (N3): these reach a phone without e-mail, and a locked account.
    pub fn is_critical(self) -> bool {
        matches!(self, Self::PaymentSuccessful | Self::PaymentFailed | Self::EscrowReleased | Self::RefundProcessed)
    }

    /// Whether its words hold somebody's name, so that they wait for it.
    pub fn speaks_a_name(self) -> bool {
        matches!(self, Self::Welcome | Self::NewFollower | Self::FollowRequest | Self::RequestAccepted | Self::Mention)
    }
}

/// What a delivery carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matter {
    /// A code somebody asked for; it belongs to no notice.
    Code,
    /// The code of an order's goods, for whoever has no e-mail; the order's page shows it to everybody.
    HandoverCode,
    Notice(Kind),
}

impl Matter {
    const CODE: &'static str = "auth.code";
    const HANDOVER_CODE: &'static str = "commerce.handover_code";

    pub const fn name(self) -> &'static str {
        match self {
            Self::Code => Self::CODE,
            Self::HandoverCode => Self::HANDOVER_CODE,
            Self::Notice(kind) => kind.name(),
        }
    }

    /// The matter of this name; a name that isn't known is none, and never a guess.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            Self::CODE => Some(Self::Code),
            Self::HANDOVER_CODE => Some(Self::HandoverCode),
            notice => Kind::named(notice).map(Self::Notice),
        }
    }

    /// Whether it may reach a locked account.
    pub fn is_critical(self) -> bool {
        match self {
            Self::Code | Self::HandoverCode => true,
            Self::Notice(kind) => kind.is_critical(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matter_has_one_name_and_an_unknown_name_is_none() {
        let notices = Kind::ALL.iter().copied().map(Matter::Notice);
        for matter in notices.chain([Matter::Code, Matter::HandoverCode]) {
            assert_eq!(Matter::named(matter.name()), Some(matter));
        }
        assert_eq!(Matter::named("auth.codes"), None);
    }
}
