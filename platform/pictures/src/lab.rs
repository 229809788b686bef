//! The server's side: one process for each picture.

use std::{io, num::NonZeroUsize, path::PathBuf};

use tokio::sync::Semaphore;

use crate::{Picture, Refusal};

/// Has pictures developed, so many at once.
#[derive(Debug)]
pub struct Lab {
    program: PathBuf,
    seats: Semaphore,
}

impl Lab {
    /// `program picture-worker` develops one picture; `seats` of them run at once.
    pub fn new(program: PathBuf, seats: NonZeroUsize) -> Self {
        Self { program, seats: Semaphore::new(seats.get()) }
    }

    /// The inner result is the picture's and final; the outer one is ours, and another try may do better.
    pub async fn develop(&self, bytes: Vec<u8>) -> Result<Result<Picture, Refusal>, io::Error> {
        let _seat = self.seats.acquire().await.map_err(io::Error::other)?;
        let _ = (&self.program, bytes);
        Err(io::ErrorKind::Unsupported.into())
    }
}
