//! What is true of accounts, codes, tokens and throttles.

pub mod account;
pub mod age;
pub mod code;
pub mod contact;
pub mod device;
pub mod flow;
pub mod password;
pub mod refresh;
pub mod secret;
pub mod signing;
pub mod throttle;
