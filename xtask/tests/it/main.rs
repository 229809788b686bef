//! Every wall is broken once, in a small house built for it; our own house stands.
#![cfg(test)]

mod house;
mod manners;
mod sqlx;
mod walls;
