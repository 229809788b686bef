//! Facts from the outbox of one node, over the broker, into the inbox of another.

use std::{
    ops::RangeInclusive,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::split::Split;

/// Facts of a measurement, and messages of the plain loop.
const MANY: i64 = 20_000;
const PLAIN: i64 = 9_600;
/// Facts a node hears in one commit; the plain loop commits every row, and for comparison so many together.
const TOGETHER: i64 = 32;
/// Ours and the plain loop take turns, so that a busy minute of the machine hits both; what counts is the median.
const ROUNDS: usize = 3;
const BACKLOG: i64 = 100_000;
const GLANCE: Duration = Duration::from_millis(20);
const PATIENCE: Duration = Duration::from_mins(5);

/// A fact that is cheap to hear: one row is written or left as it is.
struct Kind {
    name: &'static str,
    hearers: &'static [&'static str],
    /// Tells the facts with the numbers from $1 to $2, in one commit.
    tell: &'static str,
}

const UNFOLLOWED: Kind = Kind {
    name: "unfollowed, heard by one service",
    hearers: &["social"],
    tell: "insert into kernel.outbox (id, service, name, body, at)
           select ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'profile', 'profile.unfollowed.v1',
                  jsonb_build_object('follower', 'usr_' || lpad(n::text, 26, '0'), 'followee', 'usr_' || repeat('0', 26),
                                     'version', 1),
                  now()
             from generate_series($1, $2) as n",
};

const UNLOCKED: Kind = Kind {
    name: "account unlocked, heard by five",
    hearers: &["commerce", "notification", "payment", "profile", "social"],
    tell: "insert into kernel.outbox (id, service, name, body, at)
           select ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'auth', 'auth.account_unlocked.v1',
                  jsonb_build_object('user', 'usr_' || lpad(n::text, 26, '0'), 'version', 1), now()
             from generate_series($1, $2) as n",
};

/// Tells facts and waits for them, each number once.
pub struct Facts<'a> {
    split: &'a mut Split,
    told: i64,
}

impl<'a> Facts<'a> {
    pub fn new(split: &'a mut Split) -> Self {
        Self { split, told: 0 }
    }

    /// Rows a second in one inbox beside rows a second of the plain loop: `plain` is its program.
    pub async fn beside(&mut self, plain: &Path) -> Result<String> {
        self.split.start()?;
        // The nodes connect, queues are made, and files grow before anything counts.
        self.heard_a_second(&UNLOCKED, MANY / 10).await?;
        self.plain_a_second(plain, PLAIN / 10, 1)?;
        let (mut one, mut five, mut limit, mut grouped) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            one.push(self.heard_a_second(&UNFOLLOWED, MANY).await?);
            limit.push(self.plain_a_second(plain, PLAIN, 1)?);
            grouped.push(self.plain_a_second(plain, PLAIN, TOGETHER)?);
            five.push(self.heard_a_second(&UNLOCKED, MANY / 4).await?);
        }
        self.split.stop()?;
        let (one, five, limit, grouped) = (median(one), median(five), median(limit), median(grouped));
        let of = |limit: u64| one * 100 / limit.max(1);
        Ok(format!(
            "| over RabbitMQ | facts a second | rows a second | ours of it |\n|---|---|---|---|\n\
             | {} | {one} | {one} | |\n| plain loop, each row committed | | {limit} | {} % |\n\
             | plain loop, {TOGETHER} rows a commit | | {grouped} | {} % |\n| {} | {} | {five} | |",
            UNFOLLOWED.name,
            of(limit),
            of(grouped),
            UNLOCKED.name,
            five / UNLOCKED.hearers.len() as u64,
        ))
    }

    /// How long two nodes need, from their start, for what was told while none ran.
    pub async fn backlog(&mut self) -> Result<String> {
        let numbers = self.tell(&UNFOLLOWED, BACKLOG).await?;
        let begun = Instant::now();
        self.split.start()?;
        self.until_heard(&UNFOLLOWED, numbers).await?;
        let took = begun.elapsed().as_secs_f64();
        self.split.stop()?;
        Ok(format!("a backlog of {BACKLOG} facts: heard {took:.1} s after the nodes were started"))
    }

    /// Effects a second: one for each fact and hearing service.
    async fn heard_a_second(&mut self, kind: &Kind, many: i64) -> Result<u64> {
        let numbers = self.tell(kind, many).await?;
        let begun = Instant::now();
        self.until_heard(kind, numbers).await?;
        Ok(u64::try_from(many)? * kind.hearers.len() as u64 * 1000 / u64::try_from(begun.elapsed().as_millis())?.max(1))
    }

    async fn tell(&mut self, kind: &Kind, many: i64) -> Result<RangeInclusive<i64>> {
        let (first, last) = (self.told + 1, self.told + many);
        sqlx::query(kind.tell).bind(first).bind(last).execute(&self.split.owner).await?;
        self.told = last;
        Ok(first..=last)
    }

    /// Looks for the last one, and counts all once it is there: counting costs what we measure.
    async fn until_heard(&self, kind: &Kind, numbers: RangeInclusive<i64>) -> Result<()> {
        let (begun, last) = (Instant::now(), *numbers.end()..=*numbers.end());
        while !(self.all_heard(kind, &last).await? && self.all_heard(kind, &numbers).await?) {
            if begun.elapsed() > PATIENCE {
                bail!("{} wasn't heard", kind.name);
            }
            tokio::time::sleep(GLANCE).await;
        }
        Ok(())
    }

    async fn all_heard(&self, kind: &Kind, numbers: &RangeInclusive<i64>) -> Result<bool> {
        let query = "select count(*)
                       from kernel.inbox
                      where service = any($1)
                        and fact between $2::uuid and $3::uuid
                        and state = 'done'";
        let id = |number: &i64| format!("01900000-0000-7000-8000-{number:012x}");
        let count = sqlx::query_scalar::<_, i64>(query).bind(kind.hearers).bind(id(numbers.start())).bind(id(numbers.end()));
        let wanted = (numbers.end() - numbers.start() + 1) * i64::try_from(kind.hearers.len())?;
        Ok(count.fetch_one(&self.split.owner).await? == wanted)
    }

    fn plain_a_second(&self, program: &Path, many: i64, together: i64) -> Result<u64> {
        let numbers = [many, together].map(|number| number.to_string());
        let done = Command::new(program).args([&self.split.broker, &self.split.database]).args(numbers).output()?;
        if !done.status.success() {
            bail!("{}", String::from_utf8_lossy(&done.stderr));
        }
        String::from_utf8(done.stdout)?.trim().parse().context("the plain loop said no number")
    }
}

fn median(mut all: Vec<u64>) -> u64 {
    all.sort_unstable();
    all.get(all.len() / 2).copied().unwrap_or_default()
}
