//! Social: what people tell each other in public, and who reads it.

mod api;
mod fault;
mod inbox;
mod model;
mod ops;
mod store;
mod views;

use contracts::{
    commerce::ProductCards,
    profile::{CardsOf, Relationships},
    social::PostPublished,
};
use host::Service;

/// Everything this service is made of.
pub fn service() -> Service {
    Service::new("social", sqlx::migrate!())
        .api(api::routes())
        .asks::<CardsOf>()
        .asks::<Relationships>()
        .asks::<ProductCards>()
        .tells::<PostPublished>()
        .hears(inbox::profile::followed)
        .hears(inbox::profile::unfollowed)
        .hears(inbox::commerce::order_placed)
        .hears(inbox::auth::account_locked)
        .hears(inbox::auth::account_unlocked)
        .hears(inbox::auth::account_erased)
}
