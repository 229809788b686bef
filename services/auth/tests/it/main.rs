//! Auth's tests: through its doors only, mirroring them.
#![cfg(test)]

mod api;
mod asks;
mod jobs;
mod web;
mod world;
