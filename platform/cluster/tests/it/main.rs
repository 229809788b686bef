//! The supervisor against the installed PostgreSQL: fresh starts, refusals, and every kind of `kill -9`.

#[cfg(test)]
mod desk;
#[cfg(test)]
mod killed;
#[cfg(test)]
mod life;
