//! Auth's tests: through its doors only, mirroring them.

#[cfg(test)]
mod accounts;
#[cfg(test)]
mod keys;
#[cfg(test)]
mod log_in;
#[cfg(test)]
mod people;
#[cfg(test)]
mod refresh;
#[cfg(test)]
mod sessions;
#[cfg(test)]
mod sign_up;
#[cfg(test)]
mod throttle;
