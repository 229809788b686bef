//! Accounts: given roles, locked, erased.

pub mod erase_account;
pub mod grant_role;
pub mod lock_account;
pub mod retell_accounts;
