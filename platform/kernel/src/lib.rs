//! The words every part of Nexgate speaks: ids, names, money, time, pages, actors, faults, facts, asks, jobs and signals.
//!
//! Pure: nothing here does I/O, reads a clock or needs a runtime.

mod actor;
mod amount;
mod ask;
mod currency;
mod fact;
mod fault;
mod id;
mod job;
mod locale;
mod machine;
mod money;
mod named;
mod page;
mod scarcity;
mod signal;
mod slug;
pub mod text;
mod time;
mod unread;
pub mod zone;

pub use actor::{Actor, Role, Session, Standing, User};
pub use ask::Ask;
pub use currency::{BadCurrency, Currency};
pub use fact::{Envelope, Fact, Sealed};
pub use fault::{Fault, Field, Kind};
pub use id::{BadId, Id, Prefix};
pub use job::Job;
pub use locale::Locale;
pub use machine::{Machine, Move};
pub use money::{Money, MoneyError};
pub use page::{CursorKey, Page, PageQuery};
pub use scarcity::{Short, Stock};
pub use signal::Signal;
pub use slug::Slug;
pub use time::{Clock, Timestamp};
pub use unread::unread;

/// What `named!` writes out in other crates.
#[doc(hidden)]
pub mod for_macros {
    pub use sqlx;
}
