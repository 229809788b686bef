//! How far sellers can be trusted.

pub mod judge_sellers;
pub mod record_deal;
