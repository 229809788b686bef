//! A JSON Web Token signed with Ed25519 (RFC 7515, RFC 8037), taken apart: whoever checks many
//! with one key unpacks it once.

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::{Signature, Verifier, VerifyingKey};
use serde::{Deserialize, de::DeserializeOwned};

/// Why a token isn't taken.
pub(crate) type Refused = &'static str;

const SHAPE: Refused = "it isn't three parts of base64url";
const HEADER: Refused = "its header isn't one of ours";
const SIGNATURE: Refused = "its signature isn't this key's";
const CLAIMS: Refused = "it doesn't claim what it should";

/// A token whose header was read, and nothing else: none of it is proven.
pub(crate) struct Signed<'a> {
    pub kid: String,
    message: &'a str,
    claims: &'a str,
    signature: Signature,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: String,
    /// Extensions that whoever doesn't know them must not ignore (RFC 7515, section 4.1.11): we know none.
    crit: Option<serde::de::IgnoredAny>,
}

impl<'a> Signed<'a> {
    pub fn read(token: &'a str) -> Result<Self, Refused> {
        let (message, signature) = token.rsplit_once('.').ok_or(SHAPE)?;
        let (header, claims) = message.split_once('.').ok_or(SHAPE)?;
        let header: Header = json(header).map_err(|()| HEADER)?;
        if header.alg != "EdDSA" || header.crit.is_some() {
            return Err(HEADER);
        }
        let signature = BASE64URL_NOPAD.decode(signature.as_bytes()).map_err(|_| SHAPE)?;
        let signature = Signature::from_slice(&signature).map_err(|_| SHAPE)?;
        Ok(Self { kid: header.kid, message, claims, signature })
    }

    /// What it claims, if this key signed it. Who it is by and for, and until when, the caller looks at.
    pub fn claims<C: DeserializeOwned>(&self, key: &VerifyingKey) -> Result<C, Refused> {
        key.verify(self.message.as_bytes(), &self.signature).map_err(|_| SIGNATURE)?;
        json(self.claims).map_err(|()| CLAIMS)
    }
}

fn json<T: DeserializeOwned>(part: &str) -> Result<T, ()> {
    let bytes = BASE64URL_NOPAD.decode(part.as_bytes()).map_err(drop)?;
    serde_json::from_slice(&bytes).map_err(drop)
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::{Signer, SigningKey};

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Claims {
        iss: String,
        exp: i64,
    }

    const OURS: &str = r#"{"alg":"EdDSA","kid":"k"}"#;
    const SAID: &str = r#"{"iss":"us","exp":7}"#;

    fn key() -> SigningKey {
        SigningKey::from_bytes(&[7; 32])
    }

    fn token(header: &str, claims: &str) -> String {
        let message = [header, claims].map(|part| BASE64URL_NOPAD.encode(part.as_bytes())).join(".");
        let signature = key().sign(message.as_bytes()).to_bytes();
        format!("{message}.{}", BASE64URL_NOPAD.encode(&signature))
    }

    fn read(token: &str) -> Result<Claims, Refused> {
        Signed::read(token).and_then(|signed| signed.claims(&key().verifying_key()))
    }

    #[test]
    fn what_the_key_signed_is_read() {
        assert_eq!(read(&token(OURS, SAID)), Ok(Claims { iss: "us".into(), exp: 7 }));
    }

    /// RFC 8037, appendix A.4, whose claims are a sentence.
    #[test]
    fn rfc_8037_its_example_is_signed_by_its_key() {
        let public = BASE64URL_NOPAD.decode(b"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo").unwrap();
        let key = VerifyingKey::from_bytes(&public.try_into().unwrap()).unwrap();
        let message = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
        let signature = b"hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
        let signature = Signature::from_slice(&BASE64URL_NOPAD.decode(signature).unwrap()).unwrap();
        let (_, claims) = message.split_once('.').unwrap();
        let signed = Signed { kid: String::new(), message, claims, signature };
        assert_eq!(signed.claims::<Claims>(&key), Err(CLAIMS), "the signature is good, the sentence no JSON");
        assert_eq!(Signed::read(&format!("{message}.x")).map(drop), Err(HEADER), "it names no key");
    }

    #[test]
    fn another_algorithm_and_an_extension_nobody_knows_are_refused() {
        for header in [
            r#"{"alg":"none","kid":"k"}"#,
            r#"{"alg":"HS256","kid":"k"}"#,
            r#"{"alg":"EdDSA"}"#,
            r#"{"alg":"EdDSA","kid":"k","alg":"none"}"#,
            r#"{"alg":"EdDSA","kid":"k","crit":["b64"],"b64":false}"#,
        ] {
            assert_eq!(read(&token(header, SAID)), Err(HEADER), "{header}");
        }
    }

    #[test]
    fn one_letter_changed_anywhere_is_refused() {
        let good = token(OURS, SAID);
        for (at, old) in good.char_indices() {
            let new = if old == 'A' { "B" } else { "A" };
            let forged = format!("{}{new}{}", &good[..at], &good[at + 1..]);
            assert!(read(&forged).is_err(), "{forged}");
        }
        for forged in ["", ".", "..", "...", "a.b", &format!("{good}="), &format!("{good}.x"), &good[1..]] {
            assert!(read(forged).is_err(), "{forged}");
        }
    }

    #[test]
    fn claims_that_miss_something_are_refused() {
        assert_eq!(read(&token(OURS, r#"{"iss":"us"}"#)), Err(CLAIMS));
        assert_eq!(read(&token(OURS, r#"{"iss":"us","exp":7,"exp":8}"#)), Err(CLAIMS));
    }
}
