//! The machinery's tests, on a toy service: `toy` keeps things, tells `ThingMade`, and hears it itself.
#![cfg(test)]

mod coalesce;
mod database;
mod facts;
mod http;
mod idempotency;
mod jobs;
mod private;
mod start;
mod sweep;
mod token;
mod toy;
mod upgrade;
