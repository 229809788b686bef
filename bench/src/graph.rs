//! How people stand to each other: the decision every page asks for, follows, and the followers of somebody whom a million follow.

use std::{fs, path::Path, sync::Arc};

use anyhow::{Context, Result, bail};
use kernel::{Id, User};
use serde_json::Value;
use sqlx::{PgPool, types::Uuid};
use tempfile::TempDir;

use crate::{
    load::Act,
    market::Market,
    platform::Platform,
    settling::owner,
    wire::{self, Line},
};

/// Who follow one seller.
const FANS: i32 = 1_000_000;
/// Of whom one ask wants to know.
const TARGETS: usize = 100;
/// Different hundreds, so that not the same pages of the tables are read over and over.
const HUNDREDS: usize = 16;
/// Followers on a page.
const PAGE: usize = 20;

/// People, what ties them, and whom to ask about.
#[derive(Clone)]
pub struct Graph {
    market: Market,
    famous: Id<User>,
    /// Sellers and fans in equal parts.
    hundreds: Arc<[Vec<Uuid>]>,
    /// Of each viewer, whom they don't follow yet.
    strangers: Arc<[Vec<Id<User>>]>,
    /// The viewers, as the database names them.
    viewers: Arc<[Uuid]>,
}

impl Graph {
    /// A million fans come by one statement each: through the API they would take an hour, and their rows are the same.
    pub async fn fill(platform: &Platform, market: &Market) -> Result<Self> {
        let owner = owner(&platform.database()?)?;
        let famous: Uuid =
            sqlx::query_scalar("select user_id from profile.profile where username = 'seller_0'").fetch_one(&owner).await?;
        let people = "insert into profile.profile (user_id, username, display_name, opened_at)
                      select md5('fan' || n)::uuid, 'fan_' || n, 'Fan ' || n, now() from generate_series(1, $1) n";
        sqlx::query(people).bind(FANS).execute(&owner).await?;
        let ties = "insert into profile.tie (subject, object, follows_since)
                    select md5('fan' || n)::uuid, $2, now() - n * interval '1 second' from generate_series(1, $1) n";
        sqlx::query(ties).bind(FANS).bind(famous).execute(&owner).await?;
        sqlx::query("update profile.profile set followers = followers + $1 where user_id = $2")
            .bind(FANS)
            .bind(famous)
            .execute(&owner)
            .await?;
        sqlx::raw_sql("vacuum analyze profile.profile").execute(&owner).await?;
        sqlx::raw_sql("vacuum analyze profile.tie").execute(&owner).await?;
        let (mut hundreds, mut strangers, mut viewers) = (Vec::new(), Vec::new(), Vec::new());
        for number in 0..HUNDREDS {
            hundreds.push(hundred(&owner, i32::try_from(number)?).await?);
        }
        for viewer in &market.viewers {
            let viewer: Id<User> = viewer.id.parse().map_err(|_| anyhow::anyhow!("{} is no id", viewer.id))?;
            strangers.push(of(&owner, viewer.uuid()).await?);
            viewers.push(viewer.uuid());
        }
        Ok(Self {
            market: market.clone(),
            famous: Id::from_uuid(famous),
            hundreds: hundreds.into(),
            strangers: strangers.into(),
            viewers: viewers.into(),
        })
    }

    fn hundred(&self, turn: usize) -> Result<&[Uuid]> {
        self.hundreds.get(turn % HUNDREDS).map(Vec::as_slice).context("nobody to ask about")
    }

    /// The bare statement of the decision, as sqlx keeps it for the node, for pgbench: with these people in the place of its parameters.
    pub fn scripts(&self, statements: &Path) -> Result<TempDir> {
        let statement = statement(statements)?;
        let dir = tempfile::tempdir()?;
        for (number, (hundred, viewer)) in self.hundreds.iter().zip(self.viewers.iter()).enumerate() {
            let targets: Vec<String> = hundred.iter().map(ToString::to_string).collect();
            let filled = statement
                .replace("$1", &format!("'{viewer}'::uuid"))
                .replace("$2", &format!("'{{{}}}'", targets.join(",")))
                .replace("$3", "now()");
            fs::write(dir.path().join(format!("{number}.sql")), filled.replace('\n', " ") + ";\n")?;
        }
        Ok(dir)
    }
}

/// The one that reads how somebody stands to many, among the statements of the workspace.
fn statement(statements: &Path) -> Result<String> {
    for file in fs::read_dir(statements)? {
        let kept: Value = serde_json::from_slice(&fs::read(file?.path())?)?;
        if let Some(query) = kept["query"].as_str().filter(|query| query.contains("as asked (target, place)")) {
            return Ok(query.to_owned());
        }
    }
    bail!("{} doesn't have the statement of the decision", statements.display())
}

async fn hundred(owner: &PgPool, number: i32) -> Result<Vec<Uuid>> {
    let half = i64::try_from(TARGETS / 2)?;
    let sellers =
        "select user_id from profile.profile where username like 'seller%' order by md5(user_id::text || $1::text) limit $2";
    let mut targets: Vec<Uuid> = sqlx::query_scalar(sellers).bind(number).bind(half).fetch_all(owner).await?;
    let fans = "select md5('fan' || (n * 7919 + $1 * 104729) % $3)::uuid from generate_series(1, $2) n";
    targets.extend(sqlx::query_scalar::<_, Uuid>(fans).bind(number).bind(half).bind(FANS).fetch_all(owner).await?);
    Ok(targets)
}

/// The sellers somebody doesn't follow.
async fn of(owner: &PgPool, viewer: Uuid) -> Result<Vec<Id<User>>> {
    let strangers = "select user_id
                       from profile.profile
                      where username like 'seller%'
                        and not exists (select 1 from profile.tie where subject = $1 and object = user_id)";
    let strangers: Vec<Uuid> = sqlx::query_scalar(strangers).bind(viewer).fetch_all(owner).await?;
    Ok(strangers.into_iter().map(Id::from_uuid).collect())
}

/// How a viewer stands to a hundred people.
pub struct Related(pub Graph);

impl Act for Related {
    async fn act(&self, line: &mut Line, turn: usize) -> Result<()> {
        let ids: Vec<String> = self.0.hundred(turn)?.iter().map(|id| Id::<User>::from_uuid(*id).to_string()).collect();
        let path = format!("/api/v1/users/relationships?ids={}", ids.join(","));
        let related = line.exchange(&wire::get(&path, &self.0.market.viewer(turn)?.token)).await?;
        if related.count("\"target\":\"") != TARGETS {
            bail!("not everybody is answered for");
        }
        Ok(())
    }

    async fn renew(&mut self) -> Result<()> {
        self.0.market.renew().await
    }
}

/// A viewer follows somebody they don't, and the next time stops again: each is a change that lasts.
pub struct Follow(pub Graph);

impl Act for Follow {
    async fn act(&self, line: &mut Line, turn: usize) -> Result<()> {
        let viewers = self.0.strangers.len();
        let (viewer, round) = (turn % viewers, turn / viewers);
        let strangers = self.0.strangers.get(viewer).context("no viewers")?;
        let whom = strangers.get(round / 2 % strangers.len()).context("nobody to follow")?;
        let method = if round % 2 == 0 { "PUT" } else { "DELETE" };
        let path = format!("/api/v1/users/{whom}/follow");
        line.exchange(&wire::bare(method, &path, &self.0.market.viewer(turn)?.token)).await.map(drop)
    }

    async fn renew(&mut self) -> Result<()> {
        self.0.market.renew().await
    }
}

/// The first page of the followers of whom a million follow.
pub struct Followers(pub Graph);

impl Act for Followers {
    async fn act(&self, line: &mut Line, turn: usize) -> Result<()> {
        let path = format!("/api/v1/users/{}/followers?limit={PAGE}", self.0.famous);
        let page = line.exchange(&wire::get(&path, &self.0.market.viewer(turn)?.token)).await?;
        if page.count("\"username\":\"") != PAGE {
            bail!("a page without its followers");
        }
        Ok(())
    }

    async fn renew(&mut self) -> Result<()> {
        self.0.market.renew().await
    }
}
