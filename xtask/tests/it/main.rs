//! Every wall is broken once, in a small house built for it; our own house stands.

#[cfg(test)]
mod house;
#[cfg(test)]
mod manners;
#[cfg(test)]
mod sqlx;
#[cfg(test)]
mod walls;
