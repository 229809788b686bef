//! The sandbox: a provider that plays what the last two digits of the amount say.

use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use kernel::Money;
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use super::provider::{Callback, Report};
use crate::fault::Refusal;

/// The body of a sandbox callback.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SandboxReport {
    /// The top-up's id.
    pub reference: String,
    pub status: SandboxStatus,
    pub amount: Money,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SandboxStatus {
    Succeeded,
    Failed,
}

/// What the sandbox calls back: amounts that end in 01 fail, in 02 bring one unit less, in 03 are reported twice, in 04
/// are never reported; all others succeed.
pub fn start(key: [u8; 32], reference: &str, amount: Money) -> Vec<Callback> {
    let report = SandboxReport { reference: reference.to_owned(), status: SandboxStatus::Succeeded, amount };
    let reports = match amount.minor() % 100 {
        1 => vec![SandboxReport { status: SandboxStatus::Failed, ..report }],
        2 => vec![SandboxReport { amount: Money::new(amount.minor() - 1, amount.currency()), ..report }],
        3 => vec![report.clone(), report],
        4 => Vec::new(),
        _ => vec![report],
    };
    reports.iter().map(|report| callback(key, report)).collect()
}

fn callback(key: [u8; 32], report: &SandboxReport) -> Callback {
    // Ids, a word and whole numbers always make JSON.
    let body = serde_json::to_vec(report).unwrap_or_default();
    let signature = HEXLOWER.encode(&mac(key, &body).finalize().into_bytes());
    Callback { body, signature }
}

/// The report in `body`, once its signature (HMAC-SHA-256 of the body under one of the keys, lower-case hexadecimal) has been
/// checked.
pub fn read(keys: &[[u8; 32]], body: &[u8], signature: &str) -> Result<Report, Refusal> {
    let signature = HEXLOWER.decode(signature.as_bytes()).map_err(|_| Refusal::WebhookSignature)?;
    // Compares in constant time.
    if !keys.iter().any(|key| mac(*key, body).verify_slice(&signature).is_ok()) {
        return Err(Refusal::WebhookSignature);
    }
    // As text first: of a field that means nothing here the bytes aren't looked at.
    let body = str::from_utf8(body).map_err(|_| Refusal::WebhookBody)?;
    let report: SandboxReport = serde_json::from_str(body).map_err(|_| Refusal::WebhookBody)?;
    let arrived = match report.status {
        SandboxStatus::Succeeded => Some(report.amount),
        SandboxStatus::Failed => None,
    };
    Ok(Report { reference: report.reference, arrived })
}

fn mac(key: [u8; 32], body: &[u8]) -> Hmac<Sha256> {
    // A key of 32 bytes padded with zeros to the block is what RFC 2104 makes of it anyway.
    let mut block = [0u8; 64];
    block.iter_mut().zip(key).for_each(|(place, byte)| *place = byte);
    Hmac::<Sha256>::new(&block.into()).chain_update(body)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Currency;
    use proptest::prelude::*;

    const KEY: [u8; 32] = [5; 32];

    fn reports(minor: i64) -> Vec<Option<i64>> {
        let callbacks = start(KEY, "top_1", Money::new(minor, Currency::TZS));
        let read = |one: &Callback| read(&[KEY], &one.body, &one.signature).unwrap().arrived.map(Money::minor);
        callbacks.iter().map(read).collect()
    }

    #[test]
    fn m5_the_sandbox_plays_its_script() {
        assert_eq!(reports(500_000), [Some(500_000)]);
        assert_eq!(reports(500_001), [None]);
        assert_eq!(reports(500_002), [Some(500_001)]);
        assert_eq!(reports(500_003), [Some(500_003), Some(500_003)]);
        assert_eq!(reports(500_004), []);
    }

    #[test]
    fn m5_a_signed_body_that_is_no_report_is_refused() {
        let report = |note: &[u8]| {
            [br#"{"reference": "r", "status": "failed", "amount": {"minor": 1, "currency": "TZS"}, "note": ""#, note, br#""}"#]
                .concat()
        };
        let signed = |body: &[u8]| read(&[KEY], body, &HEXLOWER.encode(&mac(KEY, body).finalize().into_bytes()));
        assert_eq!(signed(&report(b"caf\xc3\xa9")).unwrap().arrived, None);
        for body in [b"{}".to_vec(), b"".to_vec(), report(b"caf\xe9"), report(b"\n")] {
            assert_eq!(signed(&body), Err(Refusal::WebhookBody), "{body:?}");
        }
    }

    proptest! {
        #[test]
        fn m5_only_the_key_that_signed_a_body_opens_it(place: prop::sample::Index, bit in 0..8_u8, other: [u8; 32], text in "\\PC{0,70}") {
            let callback = start(KEY, "top_1", Money::new(1000, Currency::TZS)).remove(0);
            prop_assert!(other == KEY || read(&[other], &callback.body, &callback.signature) == Err(Refusal::WebhookSignature));
            prop_assert!(read(&[other, KEY], &callback.body, &callback.signature).is_ok());
            prop_assert_eq!(read(&[KEY, other], &callback.body, &text), Err(Refusal::WebhookSignature));
            let mut body = callback.body.clone();
            let place = place.index(body.len());
            body[place] ^= 1 << bit;
            prop_assert_eq!(read(&[KEY], &body, &callback.signature), Err(Refusal::WebhookSignature));
        }
    }
}
