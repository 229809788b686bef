//! The machinery's tests, on a toy service: `toy` keeps things, tells `ThingMade`, and hears it itself.

#[cfg(test)]
mod database;
#[cfg(test)]
mod facts;
#[cfg(test)]
mod http;
#[cfg(test)]
mod idempotency;
#[cfg(test)]
mod jobs;
#[cfg(test)]
mod toy;
