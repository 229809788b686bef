//! The JSON door.

mod escrows;
mod top_ups;
mod wallet;
mod webhooks;
