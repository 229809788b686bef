//! What can be done: hearing of people, telling them things, delivering, and keeping one's own inbox.

mod bundle;
pub mod carriers;
pub mod copy_person;
pub mod delete_notification;
pub mod deliver;
pub mod erase_account;
pub mod expire_codes;
pub mod lock_account;
pub mod mark_read;
pub mod send_code;
pub mod send_handover_code;
pub mod sweep;
mod tell;
pub mod tell_account;
pub mod tell_order;
pub mod tell_payment;
