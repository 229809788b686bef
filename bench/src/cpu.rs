//! Processor time, read from the kernel: of the nodes, of their PostgreSQL, of this process, and of the whole machine.

use std::{
    fs,
    ops::{Add, Sub},
    time::Duration,
};

use anyhow::{Context, Result, bail};

/// The kernel counts in hundredths of a second (proc_pid_stat(5), `USER_HZ`).
const TICK: Duration = Duration::from_millis(10);

/// Whose time is read.
#[derive(Debug, Clone, Default)]
pub struct Watched {
    pub nodes: Vec<u32>,
    /// Everything PostgreSQL does, it does in children of this one.
    pub postmaster: Option<u32>,
}

/// Processor time spent until now; the difference of two is what lay between them.
#[derive(Debug, Clone, Copy, Default)]
pub struct Spent {
    pub nodes: Duration,
    pub postgres: Duration,
    /// This process and its children that have ended: the load generator, or a program it is compared with.
    pub bench: Duration,
    /// Everybody on this machine, and what its host took from it.
    pub machine: Duration,
    /// All there was to spend: a second each second of every processor.
    pub there: Duration,
}

impl Watched {
    pub fn read(&self) -> Result<Spent> {
        let (machine, there) = machine()?;
        let nodes = self.nodes.iter().map(|pid| Stat::of(&pid.to_string()).map(|stat| stat.own));
        Ok(Spent {
            nodes: nodes.sum::<Result<_>>()?,
            postgres: self.postmaster.map_or(Ok(Duration::ZERO), postgres)?,
            bench: bench()?,
            machine,
            there,
        })
    }
}

impl Spent {
    /// The part of everybody who isn't part of the measurement. What the kernel does in nobody's name is among it.
    pub fn others(self) -> f64 {
        let others = self.machine.saturating_sub(self.nodes + self.postgres + self.bench);
        others.as_secs_f64() / self.there.as_secs_f64()
    }
}

impl Sub for Spent {
    type Output = Self;

    fn sub(self, before: Self) -> Self {
        Self {
            nodes: self.nodes.saturating_sub(before.nodes),
            postgres: self.postgres.saturating_sub(before.postgres),
            bench: self.bench.saturating_sub(before.bench),
            machine: self.machine.saturating_sub(before.machine),
            there: self.there.saturating_sub(before.there),
        }
    }
}

impl Add for Spent {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            nodes: self.nodes + other.nodes,
            postgres: self.postgres + other.postgres,
            bench: self.bench + other.bench,
            machine: self.machine + other.machine,
            there: self.there + other.there,
        }
    }
}

/// Of this process and of the children it has waited for.
pub fn bench() -> Result<Duration> {
    Stat::of("self").map(|stat| stat.own + stat.ended_children)
}

/// Of the server: its postmaster, the children that ended, and those that run.
fn postgres(postmaster: u32) -> Result<Duration> {
    let parent = Stat::of(&postmaster.to_string())?;
    let mut sum = parent.own + parent.ended_children;
    for entry in fs::read_dir("/proc")? {
        let name = entry?.file_name();
        let Some(pid) = name.to_str().filter(|name| name.bytes().all(|byte| byte.is_ascii_digit())) else { continue };
        // One that ends meanwhile is counted by its parent the next time.
        if let Ok(stat) = Stat::of(pid)
            && stat.parent == postmaster
        {
            sum += stat.own;
        }
    }
    Ok(sum)
}

/// Busy time and all time; guests' is counted as their owners' already (proc_stat(5)).
fn machine() -> Result<(Duration, Duration)> {
    let stat = fs::read_to_string("/proc/stat")?;
    let fields = stat.lines().next().context("an empty /proc/stat")?.split_whitespace().skip(1).take(8);
    let all = fields.map(str::parse::<u32>).collect::<Result<Vec<_>, _>>()?;
    let [user, nice, system, idle, waiting, irq, softirq, stolen] = all.as_slice() else {
        bail!("/proc/stat says less than it should")
    };
    let busy = user + nice + system + irq + softirq + stolen;
    Ok((TICK * busy, TICK * (busy + idle + waiting)))
}

struct Stat {
    parent: u32,
    own: Duration,
    ended_children: Duration,
}

impl Stat {
    fn of(pid: &str) -> Result<Self> {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat"))?;
        let (_, fields) = stat.rsplit_once(')').context("a process without a name")?;
        let fields: Vec<&str> = fields.split_whitespace().collect();
        let field = |at: usize| fields.get(at).context("a short line in /proc").and_then(|text| Ok(text.parse::<u32>()?));
        // Fields 14 to 17 of the manual's count, of which two stand before the closing bracket.
        Ok(Self { parent: field(1)?, own: TICK * (field(11)? + field(12)?), ended_children: TICK * (field(13)? + field(14)?) })
    }
}
