//! Commerce's tests: through its doors only, mirroring them.
#![cfg(test)]

mod api;
mod asks;
mod inbox;
mod jobs;
mod web;
mod withheld;
mod world;
