//! Social's tests: through its doors only, mirroring them.
#![cfg(test)]

mod api;
mod inbox;
mod jobs;
mod web;
mod withheld;
mod world;
