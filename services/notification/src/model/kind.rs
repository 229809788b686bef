//! The kinds of notices, by the names they carry at the doors.

kernel::named! {
    /// One kind of notice: `service.thing`, as at the doors.
    pub Kind {
        Welcome = "auth.welcome",
        NewFollower = "profile.new_follower",
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
        matches!(self, Self::Welcome | Self::NewFollower)
    }
}
