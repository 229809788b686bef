//! Access tokens checked in this process, as a node checks the one of every request, beside a bare Ed25519 verification.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};
use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::{Signature, SigningKey, Verifier, pkcs8::EncodePrivateKey};
use futures_util::future::BoxFuture;
use host::{
    Config, Ids, Node, Service,
    token::{AUDIENCE, Claims, PublicKey, SigningKeys},
};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use kernel::{Clock, Role};
use sqlx::migrate::Migrator;

use crate::{
    cpu::Watched,
    turns::{Plan, Round, Side, Summary, take_turns},
};

const KID: &str = "bench";
/// Tokens of a round; every one is new where none may be remembered.
const MANY: u32 = 20_000;
/// Checks of a round where all are: about a second either way.
const AGAIN: u32 = 1_000_000;
/// People whose tokens come again and again.
const PEOPLE: u32 = 64;

/// A node of its own that nobody calls: it has no database, and knows one signing key.
struct Checking {
    node: Node,
    issuer: String,
    ids: Ids,
    clock: Clock,
    key: SigningKey,
    _dir: tempfile::TempDir,
}

/// What is checked, each round with tokens of its own.
enum Checked {
    New,
    Again,
    /// Their signatures alone.
    Bare,
}

struct Checks<'a> {
    on: &'a Checking,
    what: Checked,
}

/// Checks of new tokens, of tokens that were checked before, and of bare signatures.
pub async fn measure(plan: Plan) -> Result<[Summary; 3]> {
    let on = Checking::new()?;
    let [mut new, mut again, mut bare] = [Checked::New, Checked::Again, Checked::Bare].map(|what| Checks { on: &on, what });
    let summaries = take_turns(&mut [&mut new, &mut again, &mut bare], plan).await?;
    <[Summary; 3]>::try_from(summaries).map_err(|_| anyhow!("a side is missing"))
}

impl Checking {
    fn new() -> Result<Self> {
        let (key, clock, dir) = (SigningKey::from_bytes(&[42; 32]), Clock::system(), tempfile::tempdir()?);
        // Nobody connects to it: what is checked here stands in the token, in the keys, and in the list of ended sessions.
        let mut config = Config::for_tests("postgres://localhost/nowhere".into());
        dir.path().clone_into(&mut config.data_dir);
        let keys = vec![PublicKey { kid: KID.into(), x: BASE64URL_NOPAD.encode(key.verifying_key().as_bytes()) }];
        let auth = Service::new("auth", Migrator::DEFAULT).answers(move |_, _: SigningKeys| std::future::ready(Ok(keys.clone())));
        let (issuer, ids) = (config.public_url.clone(), Ids::system(clock.clone()));
        let node = Node::unchecked(config, clock.clone(), ids.clone(), vec![auth])?;
        Ok(Self { node, issuer, ids, clock, key, _dir: dir })
    }

    /// Tokens as auth signs them, each of another session.
    fn mint(&self, many: u32) -> Result<Vec<String>> {
        let header = Header { kid: Some(KID.into()), ..Header::new(Algorithm::EdDSA) };
        let der = self.key.to_pkcs8_der().map_err(|error| anyhow!("{error}"))?;
        let (key, now) = (EncodingKey::from_ed_der(der.as_bytes()), self.clock.now().as_second());
        let mint = |_| {
            let (sub, sid) = (self.ids.next(), self.ids.next());
            let (iss, aud) = (self.issuer.clone(), AUDIENCE.into());
            let claims = Claims { iss, aud, sub, sid, roles: vec![Role::User], iat: now, exp: now + 600 };
            Ok(jsonwebtoken::encode(&header, &claims, &key)?)
        };
        (0..many).map(mint).collect()
    }

    async fn check<'a>(&self, tokens: impl Iterator<Item = &'a String>) -> Result<()> {
        for token in tokens {
            self.node.actor(token).await?;
        }
        Ok(())
    }
}

impl Checks<'_> {
    async fn run(&self) -> Result<Round> {
        let nobody = Watched::default();
        let (before, begun);
        let items = match self.what {
            Checked::New => {
                let tokens = self.on.mint(MANY)?;
                (before, begun) = (nobody.read()?, Instant::now());
                self.on.check(tokens.iter()).await?;
                MANY
            }
            Checked::Again => {
                let tokens = self.on.mint(PEOPLE)?;
                self.on.check(tokens.iter()).await?;
                (before, begun) = (nobody.read()?, Instant::now());
                self.on.check(tokens.iter().cycle().take(usize::try_from(AGAIN)?)).await?;
                AGAIN
            }
            Checked::Bare => {
                let key = self.on.key.verifying_key();
                let signed = self.on.mint(MANY)?.into_iter().map(signed).collect::<Result<Vec<_>>>()?;
                (before, begun) = (nobody.read()?, Instant::now());
                signed.iter().try_for_each(|(message, signature)| key.verify(message.as_bytes(), signature))?;
                MANY
            }
        };
        Ok(Round { items, wall: begun.elapsed(), spent: nobody.read()? - before, settled_after: Duration::ZERO })
    }
}

impl Side for Checks<'_> {
    /// So many, however long they take: a round is about a second.
    fn round(&mut self, _: Duration) -> BoxFuture<'_, Result<Round>> {
        Box::pin(self.run())
    }
}

/// What was signed of a token, and its signature.
fn signed(token: String) -> Result<(String, Signature)> {
    let (message, signature) = token.rsplit_once('.').context("a token without a signature")?;
    Ok((message.to_owned(), Signature::from_slice(&BASE64URL_NOPAD.decode(signature.as_bytes())?)?))
}
