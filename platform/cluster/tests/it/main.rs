//! The supervisor against the installed PostgreSQL: fresh starts, refusals, and every kind of `kill -9`.
#![cfg(test)]

mod desk;
mod killed;
mod life;
