//! Stories over all services: the core loop in one process, and the binary itself under attack.
#![cfg(test)]

mod binary;
mod faults;
mod input;
mod market;
mod readme;
mod running;
mod story;
mod token;
