//! Forms with files: whatever comes as one, however it is cut into packets, brings the same parts within the limits, or a refusal.

#![no_main]
#![expect(clippy::expect_used, reason = "it ends where something is wrong")]

#[path = "../../platform/host/src/http/parts.rs"]
mod parts;

use axum::{
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, FromRequest, Multipart, Request},
    http::{HeaderValue, header::CONTENT_TYPE},
};
use futures_util::{FutureExt, stream};
use libfuzzer_sys::fuzz_target;

use crate::parts::{Broken, FormParts, Part, PartLimits, Unfit};

/// Small ones, which small inputs reach.
const LIMITS: PartLimits = PartLimits { files: 3, file_bytes: 64, word_bytes: 16 };
const MOST_BYTES: usize = 1024;

/// What came of a form: its parts, and how it ended.
#[derive(Debug, PartialEq)]
struct Outcome {
    parts: Vec<Part>,
    end: Result<(), Broken>,
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
        Ok(form) => FormParts::new(form, LIMITS),
        Err(rejection) => {
            assert!(rejection.status().is_client_error(), "{rejection}");
            return Outcome { end: Err(Broken::Unreadable(String::new())), ..outcome };
        }
    };
    loop {
        match form.next().await {
            Ok(Some(part)) => outcome.parts.push(part),
            Ok(None) => return outcome,
            // What it says of a form that can't be read depends on where a packet ended.
            Err(Broken::Unreadable(_)) => return Outcome { end: Err(Broken::Unreadable(String::new())), ..outcome },
            Err(broken) => return Outcome { end: Err(broken), ..outcome },
        }
    }
}

fn within_limits(outcome: &Outcome, body: &[u8]) {
    let (mut files, mut taken, mut held) = (0, 0, 0);
    for part in &outcome.parts {
        match part {
            // What isn't UTF-8 is shown by three bytes for one.
            Part::Word { text, .. } => assert!(text.len() <= 3 * LIMITS.word_bytes),
            Part::File(Ok(bytes)) => {
                (files, taken, held) = (files + 1, taken + 1, held + bytes.len());
                assert!(bytes.len() <= LIMITS.file_bytes);
                assert!(bytes.is_empty() || body.windows(bytes.len()).any(|window| window == bytes), "bytes nobody sent");
            }
            Part::File(Err(unfit)) => {
                files += 1;
                assert_eq!(*unfit, if files > LIMITS.files { Unfit::TooMany } else { Unfit::TooLarge });
            }
        }
    }
    assert!(taken <= LIMITS.files && held <= MOST_BYTES);
    match outcome.end {
        Err(Broken::TooLarge) => assert!(body.len() > MOST_BYTES),
        Err(Broken::TooMany) => assert_eq!(files, 2 * LIMITS.files),
        _ => {}
    }
}
