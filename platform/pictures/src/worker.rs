//! The process that develops one picture.

use std::process::ExitCode;

/// One picture from standard input, the answer to standard output.
pub fn work() -> ExitCode {
    ExitCode::FAILURE
}
