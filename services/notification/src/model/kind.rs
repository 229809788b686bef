//! The kinds of notices, by the names they carry at the doors.

/// One kind of notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Welcome,
    NewFollower,
    OrderPlaced,
    OrderShipped,
    OrderDelivered,
    OrderCancelled,
    PaymentReceived,
    PaymentSuccessful,
    PaymentFailed,
    EscrowReleased,
    RefundProcessed,
}

impl Kind {
    pub const ALL: [Self; 11] = [
        Self::Welcome,
        Self::NewFollower,
        Self::OrderPlaced,
        Self::OrderShipped,
        Self::OrderDelivered,
        Self::OrderCancelled,
        Self::PaymentReceived,
        Self::PaymentSuccessful,
        Self::PaymentFailed,
        Self::EscrowReleased,
        Self::RefundProcessed,
    ];

    /// `service.thing`, as at the doors.
    pub fn name(self) -> &'static str {
        match self {
            Self::Welcome => "auth.welcome",
            Self::NewFollower => "profile.new_follower",
            Self::OrderPlaced => "commerce.order_placed",
            Self::OrderShipped => "commerce.order_shipped",
            Self::OrderDelivered => "commerce.order_delivered",
            Self::OrderCancelled => "commerce.order_cancelled",
            Self::PaymentReceived => "commerce.payment_received",
            Self::PaymentSuccessful => "payment.payment_successful",
            Self::PaymentFailed => "payment.payment_failed",
            Self::EscrowReleased => "payment.escrow_released",
            Self::RefundProcessed => "payment.refund_processed",
        }
    }

    /// The kind of this name; `None` for anything else, codes among them.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Security and the person's own money (N3): these reach a phone without e-mail, and a locked account.
    pub fn is_critical(self) -> bool {
        matches!(self, Self::PaymentSuccessful | Self::PaymentFailed | Self::EscrowReleased | Self::RefundProcessed)
    }

    /// Whether its words hold somebody's name, so that they wait for it.
    pub fn speaks_a_name(self) -> bool {
        matches!(self, Self::Welcome | Self::NewFollower)
    }
}
