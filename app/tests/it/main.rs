//! Stories over all services: the core loop in one process, and the binary itself under attack.
#![cfg(test)]

mod backup;
mod binary;
mod broker;
mod browser;
mod canaries;
mod demo;
mod doctor;
mod faults;
mod forms;
mod input;
mod leaks;
mod mail;
mod market;
mod master_key;
mod own_broker;
mod own_postgres;
mod phone_only;
mod pictures;
mod place;
mod plans;
mod privacy;
mod production;
mod readme;
mod retell;
mod rolling;
mod running;
mod signed_out;
mod split;
mod story;
mod strangers;
mod token;
mod world;
