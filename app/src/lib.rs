//! The house with every service in it.

use host::Service;

/// Every service, in the order their migrations run.
pub fn services() -> Vec<Service> {
    vec![
        auth::service(),
        profile::service(),
        files::service(),
        payment::service(),
        commerce::service(),
        social::service(),
        notification::service(),
    ]
}
