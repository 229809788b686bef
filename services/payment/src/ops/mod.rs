//! What can be done with money.

pub mod erase_account;
pub mod hear_provider;
pub mod hold_escrow;
pub mod lock_account;
pub mod mature_payout;
pub mod open_top_up;
pub mod refund_escrow;
pub mod release_escrow;
pub mod start_top_up;
