//! The process that develops one picture, within limits the kernel keeps.

use std::{
    io::{self, Read, Write},
    process::ExitCode,
};

use rustix::{
    process::{Resource, Rlimit, setrlimit},
    thread::set_no_new_privs,
};

use crate::{develop, frame, size::MOST_BYTES};

/// Of address space, code and libraries included: the largest picture that is allowed needs three quarters of it.
const MEMORY: u64 = 1024 * 1024 * 1024;
/// Seconds of computing, at which the process is told to end; the largest pictures take a few.
const COMPUTING: u64 = 20;
/// Standard input, output and error, and one to spare.
const FILES: u64 = 4;

/// The worker: limits itself, then develops the picture on standard input; the answer goes to standard output.
pub fn work() -> ExitCode {
    match answer() {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn answer() -> io::Result<()> {
    limit()?;
    let mut bytes = Vec::new();
    // One byte too many is enough to see that it is too large.
    io::stdin().lock().take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    let packed = frame::pack(develop(&bytes)).ok_or(io::ErrorKind::InvalidData)?;
    let mut out = io::stdout().lock();
    out.write_all(&packed)?;
    out.flush()
}

fn limit() -> io::Result<()> {
    set_no_new_privs(true)?;
    for (resource, most) in
        [(Resource::As, MEMORY), (Resource::Fsize, 0), (Resource::Core, 0), (Resource::Nofile, FILES), (Resource::Nproc, 0)]
    {
        setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })?;
    }
    // The signal of the first limit says what happened; the second can't be ignored.
    setrlimit(Resource::Cpu, Rlimit { current: Some(COMPUTING), maximum: Some(COMPUTING + 1) })?;
    Ok(())
}
