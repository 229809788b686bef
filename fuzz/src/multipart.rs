//! Forms with files: whatever comes as one, however it is cut into packets, brings the same files within the limits, or a refusal.

#![no_main]
#![expect(clippy::expect_used, reason = "it ends where something is wrong")]

#[path = "../../services/files/src/fault.rs"]
mod fault;
#[path = "../../services/files/src/api/form.rs"]
mod form;
#[path = "../../platform/pictures/src/refusal.rs"]
mod refusal;

// What `pictures` says no to, without the crate: with libFuzzer's counters it takes minutes to compile.
extern crate self as pictures;
pub use refusal::Refusal;

use axum::{
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, FromRequest, Multipart, Request},
    http::{HeaderValue, header::CONTENT_TYPE},
};
use futures_util::{FutureExt, stream};
use kernel::Kind;
use libfuzzer_sys::fuzz_target;

use crate::form::{Form, Limits, Part};

/// Small ones, which small inputs reach.
const LIMITS: Limits = Limits { files: 3, file_bytes: 64, word_bytes: 16 };
const MOST_BYTES: usize = 1024;

/// What came of a form: its parts, and how it ended.
#[derive(Debug, PartialEq)]
struct Outcome {
    parts: Vec<Part>,
    end: Result<(), Kind>,
}

// The first byte says how long a packet is, the rest of the first line what the body is said to be; then the body.
fuzz_target!(|input: &[u8]| {
    let [packet, input @ ..] = input else { return };
    let line = input.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let body = input.get(line.len() + 1..).unwrap_or_default();
    let Ok(content_type) = HeaderValue::from_bytes(line) else { return };
    let whole = outcome(&content_type, body, body.len().max(1));
    within_limits(&whole, body);
    assert_eq!(whole, outcome(&content_type, body, usize::from(*packet) + 1), "packets of {}", usize::from(*packet) + 1);
});

/// Everything is there from the beginning, so that nothing may wait.
fn outcome(content_type: &HeaderValue, body: &[u8], packet: usize) -> Outcome {
    read(content_type, body, packet).now_or_never().expect("nothing to wait for")
}

async fn read(content_type: &HeaderValue, body: &[u8], packet: usize) -> Outcome {
    let packets: Vec<_> = body.chunks(packet).map(|bytes| Ok::<_, std::io::Error>(Bytes::copy_from_slice(bytes))).collect();
    let mut request = Request::new(Body::from_stream(stream::iter(packets)));
    request.headers_mut().insert(CONTENT_TYPE, content_type.clone());
    DefaultBodyLimit::max(MOST_BYTES).apply(&mut request);
    let mut outcome = Outcome { parts: Vec::new(), end: Ok(()) };
    let mut form = match Multipart::from_request(request, &()).await {
        Ok(parts) => Form::new(parts, LIMITS),
        Err(rejection) => {
            assert!(rejection.status().is_client_error(), "{rejection}");
            return Outcome { end: Err(Kind::Malformed), ..outcome };
        }
    };
    loop {
        match form.next().await {
            Ok(Some(part)) => outcome.parts.push(part),
            Ok(None) => return outcome,
            Err(fault) => return Outcome { end: Err(fault.kind()), ..outcome },
        }
    }
}

fn within_limits(outcome: &Outcome, body: &[u8]) {
    let (mut files, mut taken, mut held) = (0, 0, 0);
    for part in &outcome.parts {
        match part {
            Part::Visibility(word) => {
                assert_eq!(files, 0, "visibility comes before the files");
                // What isn't UTF-8 is shown by three bytes for one.
                assert!(word.len() <= 3 * LIMITS.word_bytes);
            }
            Part::File(Ok(bytes)) => {
                (files, taken, held) = (files + 1, taken + 1, held + bytes.len());
                assert!(bytes.len() <= LIMITS.file_bytes);
                assert!(bytes.is_empty() || body.windows(bytes.len()).any(|window| window == bytes), "bytes nobody sent");
            }
            Part::File(Err(refusal)) => {
                files += 1;
                let too_large = fault::Refusal::Content(Refusal::TooLarge);
                assert_eq!(*refusal, if files > LIMITS.files { fault::Refusal::TooManyFiles } else { too_large });
            }
        }
    }
    assert!(taken <= LIMITS.files && held <= MOST_BYTES);
    match outcome.end {
        Ok(()) => assert!(files > 0, "a form without a file is refused"),
        Err(Kind::TooLarge) => assert!(body.len() > MOST_BYTES),
        Err(kind) => assert!(matches!(kind, Kind::Malformed | Kind::Invalid), "{kind:?}"),
    }
}
