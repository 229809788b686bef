//! Asking a server whether it takes connections, by the first message of its own protocol.

use std::{
    io::{Read, Write},
    os::unix::net::UnixStream,
    path::Path,
    time::Duration,
};

use crate::SUPERUSER;

const PROTOCOL: u32 = 3 << 16;
const TERMINATE: &[u8] = &[b'X', 0, 0, 0, 4];
/// The SQLSTATE `cannot_connect_now` as it stands in an ErrorResponse: starting up, recovering or shutting down.
const NOT_NOW: &[u8] = b"C57P03\0";
const PATIENCE: Duration = Duration::from_secs(2);

/// Whether the server behind `socket` lets us in, or refuses for a reason only a running server has.
pub(crate) fn takes_connections(socket: &Path) -> bool {
    let reply = greet(socket);
    match reply.first() {
        Some(b'R') => true,
        Some(b'E') => !reply.windows(NOT_NOW.len()).any(|bytes| bytes == NOT_NOW),
        _ => false,
    }
}

/// Says hello and goodbye at once, and returns all the server said until it hung up.
fn greet(socket: &Path) -> Vec<u8> {
    let mut reply = Vec::new();
    if let Ok(mut stream) = UnixStream::connect(socket) {
        // A failure here shows as a reply that is empty or cut, which is all we look at.
        let _all = stream
            .set_read_timeout(Some(PATIENCE))
            .and_then(|()| stream.write_all(&startup()))
            .and_then(|()| stream.write_all(TERMINATE))
            .and_then(|()| stream.read_to_end(&mut reply));
    }
    reply
}

fn startup() -> Vec<u8> {
    let body = [PROTOCOL.to_be_bytes().as_slice(), b"user\0", SUPERUSER.as_bytes(), b"\0database\0postgres\0\0"].concat();
    let length = u32::try_from(body.len() + 4).unwrap_or_default();
    [length.to_be_bytes().as_slice(), &body].concat()
}
