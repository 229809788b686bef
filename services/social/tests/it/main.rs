//! Social's tests: through its doors only, mirroring them.

#[cfg(test)]
mod feed;
#[cfg(test)]
mod inbox;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod posts;
#[cfg(test)]
mod world;
