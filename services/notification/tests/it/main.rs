//! Notification's tests: through its doors only, mirroring them.
#![cfg(test)]

mod api;
mod bundles;
mod carriers;
mod inbox;
mod jobs;
mod web;
mod world;
