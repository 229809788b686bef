//! Facts from the outbox of one node, over the broker, into the inbox of another.

use std::{
    ops::RangeInclusive,
    path::Path,
    process::Command,
    sync::atomic::{AtomicI64, Ordering},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use futures_util::future::BoxFuture;

use crate::{
    report::{Aim, Report, Row},
    split::Split,
    turns::{Plan, Round, Side, take_turns},
};

/// Facts of a measurement, and messages of the plain loop.
const MANY: i64 = 20_000;
const PLAIN: i64 = 9_600;
/// Facts a node hears in one commit; the plain loop commits every row, and for comparison so many together.
const TOGETHER: i64 = 32;
const BACKLOG: i64 = 100_000;
/// Its numbers come after all others.
const BACKLOG_BEGINS: i64 = 1 << 32;
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
    split: &'a Split,
    told: AtomicI64,
}

/// Facts of one kind, heard by everybody who hears them; an item is a fact in the inbox of one service.
struct Heard<'a> {
    facts: &'a Facts<'a>,
    kind: &'a Kind,
    many: i64,
}

/// The plain loop.
struct Plain<'a> {
    split: &'a Split,
    program: &'a Path,
    together: i64,
}

/// Rows in inboxes beside rows of the plain loop: `program`.
pub async fn beside(split: &Split, program: &Path, plan: Plan, report: &mut Report) -> Result<()> {
    let facts = Facts::of(split);
    let heard = |kind, many| Heard { facts: &facts, kind, many };
    let plain = |together| Plain { split, program, together };
    let (mut one, mut five) = (heard(&UNFOLLOWED, MANY), heard(&UNLOCKED, MANY / 4));
    let (mut single, mut grouped) = (plain(1), plain(TOGETHER));
    let summaries = take_turns(&mut [&mut one, &mut grouped, &mut single, &mut five], plan).await?;
    let [one, grouped, single, five] = summaries.as_slice() else { bail!("a side is missing") };
    let grouped_name = format!("plain loop, {TOGETHER} rows a commit");
    let rows = [
        (UNFOLLOWED.name, one, grouped_name.as_str(), grouped),
        ("the same", one, "plain loop, each row committed", single),
        (UNLOCKED.name, five, grouped_name.as_str(), grouped),
    ];
    for (name, subject, limit_name, limit) in rows {
        report.row(&Row { name, subject: *subject, limit_name, limit: *limit, aim: Aim::None, at_half: None });
    }
    report.took_part(&summaries);
    Ok(())
}

/// How long two nodes need, from their start, for what was told while none ran.
pub async fn backlog(split: &mut Split) -> Result<String> {
    let numbers = BACKLOG_BEGINS..=BACKLOG_BEGINS + BACKLOG - 1;
    Facts::of(split).tell(&UNFOLLOWED, &numbers).await?;
    let begun = Instant::now();
    split.start()?;
    Facts::of(split).until_heard(&UNFOLLOWED, &numbers).await?;
    let took = begun.elapsed().as_secs_f64();
    split.stop()?;
    Ok(format!("A backlog of {BACKLOG} facts: heard {took:.1} s after the nodes were started."))
}

impl Side for Heard<'_> {
    /// So many, however long they take.
    fn round(&mut self, _: Duration) -> BoxFuture<'_, Result<Round>> {
        Box::pin(async {
            let watched = self.facts.split.watched();
            let before = watched.read()?;
            let numbers = self.facts.next(self.many);
            self.facts.tell(self.kind, &numbers).await?;
            let begun = Instant::now();
            self.facts.until_heard(self.kind, &numbers).await?;
            let items = u32::try_from(self.many)? * u32::try_from(self.kind.hearers.len())?;
            Ok(Round { items, wall: begun.elapsed(), spent: watched.read()? - before, settled_after: Duration::ZERO })
        })
    }
}

impl Side for Plain<'_> {
    fn round(&mut self, _: Duration) -> BoxFuture<'_, Result<Round>> {
        Box::pin(async { tokio::task::block_in_place(|| self.run()) })
    }
}

impl Plain<'_> {
    fn run(&self) -> Result<Round> {
        let watched = self.split.watched();
        let (before, numbers) = (watched.read()?, [PLAIN, self.together].map(|number| number.to_string()));
        let done = Command::new(self.program).args([&self.split.broker, &self.split.database]).args(numbers).output()?;
        if !done.status.success() {
            bail!("{}", String::from_utf8_lossy(&done.stderr));
        }
        let rate: f64 = String::from_utf8(done.stdout)?.trim().parse().context("the plain loop said no number")?;
        let items = u32::try_from(PLAIN)?;
        // By its own clock, which leaves out how long it took to connect.
        let wall = Duration::from_secs_f64(f64::from(items) / rate);
        Ok(Round { items, wall, spent: watched.read()? - before, settled_after: Duration::ZERO })
    }
}

impl<'a> Facts<'a> {
    fn of(split: &'a Split) -> Self {
        Self { split, told: AtomicI64::new(0) }
    }

    /// Numbers nobody has told yet.
    fn next(&self, many: i64) -> RangeInclusive<i64> {
        let before = self.told.fetch_add(many, Ordering::Relaxed);
        before + 1..=before + many
    }

    async fn tell(&self, kind: &Kind, numbers: &RangeInclusive<i64>) -> Result<()> {
        let tell = sqlx::query(kind.tell).bind(numbers.start()).bind(numbers.end());
        tell.execute(&self.split.owner).await?;
        Ok(())
    }

    /// Looks for the last one, and counts all once it is there: counting costs what we measure.
    async fn until_heard(&self, kind: &Kind, numbers: &RangeInclusive<i64>) -> Result<()> {
        let (begun, last) = (Instant::now(), *numbers.end()..=*numbers.end());
        while !(self.all_heard(kind, &last).await? && self.all_heard(kind, numbers).await?) {
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
}
