//! The contracts as other versions of Nexgate know them.
#![cfg(test)]

mod golden;
