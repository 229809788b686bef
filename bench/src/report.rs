//! What was measured, as tables: on the terminal as it comes, and in the page between its two marks.

use std::{fmt::Write as _, fs, path::Path, process::Command, thread, time::Duration};

use anyhow::{Context, Result};
use cluster::Binaries;

use crate::{
    cpu::Spent,
    load::Latency,
    turns::{Plan, Summary},
};

const BEGIN: &str = "<!-- measured: written by `cargo xtask bench` -->\n";
const END: &str = "<!-- end of what was measured -->\n";
const HEADER: &str = "| scenario | a second | limit | a second | ratio | aim | CPU µs an item: node, PostgreSQL, caller | the limit's | \
    p50 at half | p99 at half |\n|---|---|---|---|---|---|---|---|---|---|\n";

/// What a figure should be.
#[derive(Debug, Clone, Copy)]
pub enum Aim {
    None,
    /// At least so much of the limit.
    Ratio(f64),
    /// At most so long for each.
    Micros(f64),
}

/// A scenario beside its limit.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    pub name: &'a str,
    pub subject: Summary,
    pub limit_name: &'a str,
    pub limit: Summary,
    pub aim: Aim,
    pub at_half: Option<Latency>,
}

impl Row<'_> {
    fn ratio(&self) -> f64 {
        self.subject.rate.median / self.limit.rate.median
    }

    fn aim(&self) -> String {
        let reached = |is: bool| if is { "reached" } else { "**below**" };
        match self.aim {
            Aim::None => String::new(),
            Aim::Ratio(least) => format!("≥ {least:.2}: {}", reached(self.ratio() >= least)),
            Aim::Micros(most) => {
                let each = 1e6 / self.subject.rate.median;
                format!("≤ {most} µs: {each:.1} µs, {}", reached(each <= most))
            }
        }
    }

    fn line(&self) -> String {
        let latency = |which: fn(Latency) -> Duration| self.at_half.map_or_else(String::new, |at| format!("{:.1?}", which(at)));
        format!(
            "| {} | {} | {} | {} | {:.3} | {} | {} | {} | {} | {} |\n",
            self.name,
            rate(self.subject),
            self.limit_name,
            rate(self.limit),
            self.ratio(),
            self.aim(),
            spent(self.subject),
            spent(self.limit),
            latency(|at| at.p50),
            latency(|at| at.p99),
        )
    }
}

/// The median, and what the rounds lay between.
fn rate(summary: Summary) -> String {
    let one = |value: f64| if value < 100.0 { format!("{value:.1}") } else { format!("{value:.0}") };
    let spread = summary.rate;
    format!("{} ({}–{})", one(spread.median), one(spread.least), one(spread.most))
}

/// Processor time of an item; of a part that doesn't take part, a stroke.
fn spent(summary: Summary) -> String {
    let one = |value: f64| match value {
        0.0 => "–".to_owned(),
        value if value < 100.0 => format!("{value:.1}"),
        value => format!("{value:.0}"),
    };
    [summary.nodes, summary.postgres, summary.bench].map(one).join(", ")
}

/// Everything that was measured in this run.
pub struct Report {
    machine: String,
    rows: String,
    sections: String,
    wall: Duration,
    spent: Spent,
}

impl Report {
    pub fn begin(plan: Plan) -> Result<Self> {
        let machine = machine(plan)?;
        println!("{machine}\n\n{}", HEADER.trim_end());
        Ok(Self { machine, rows: String::new(), sections: String::new(), wall: Duration::ZERO, spent: Spent::default() })
    }

    pub fn row(&mut self, row: &Row<'_>) {
        let line = row.line();
        print!("{line}");
        self.rows += &line;
        for side in [row.subject, row.limit] {
            self.wall += side.wall;
            self.spent = self.spent + side.spent;
        }
        if row.subject.settled_after >= Duration::from_millis(100) {
            let after = row.subject.settled_after.as_secs_f64();
            self.section(&format!("{}: facts were heard and jobs done {after:.1} s after the last answer of a round.", row.name));
        }
    }

    /// A paragraph or a table of its own.
    pub fn section(&mut self, text: &str) {
        println!("\n{text}\n");
        self.sections.extend(["\n", text, "\n"]);
    }

    /// Everything as it stands in the page.
    fn text(&self) -> String {
        let mut text = format!("{}\n\n{HEADER}{}", self.machine, self.rows);
        let cores =
            thread::available_parallelism().map_or(1.0, |cores| f64::from(u32::try_from(cores.get()).unwrap_or(u32::MAX)));
        let others = 100.0 * self.spent.others().as_secs_f64() / (self.wall.as_secs_f64() * cores).max(f64::MIN_POSITIVE);
        let _infallible = writeln!(
            text,
            "\nWhile these were measured, {others:.1} % of the processors went to others: processes that took no part, the kernel in \
             nobody's name, and the host of this machine.",
        );
        text + &self.sections
    }

    /// Puts it into the page, between the marks; what people wrote around them stays.
    pub fn write(&self, page: &Path) -> Result<()> {
        let text = fs::read_to_string(page).with_context(|| page.display().to_string())?;
        let (before, rest) = text.split_once(BEGIN).context("no mark where what was measured begins")?;
        let (_, after) = rest.split_once(END).context("no mark where what was measured ends")?;
        fs::write(page, format!("{before}{BEGIN}\n{}\n{END}{after}", self.text().trim()))?;
        println!("written into {}", page.display());
        Ok(())
    }
}

/// Where and how it was measured.
fn machine(plan: Plan) -> Result<String> {
    let cpu = fs::read_to_string("/proc/cpuinfo")?;
    let model =
        cpu.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": ")).map_or("unknown", |(_, name)| name);
    let load = fs::read_to_string("/proc/loadavg")?;
    Ok(format!(
        "Measured on {} on {} processors ({model}), Linux {}, {}; load average before: {}. Everything on one machine, {} rounds of \
         {} s a side, {} callers. A second: the median of the rounds, and what they lay between.",
        said(Command::new("date").args(["-u", "+%-d %B %Y"]).env("LC_ALL", "C"))?,
        thread::available_parallelism()?,
        fs::read_to_string("/proc/sys/kernel/osrelease")?.trim(),
        said(Command::new(Binaries::find(None)?.dir().join("postgres")).arg("--version"))?
            .replace("postgres (PostgreSQL)", "PostgreSQL"),
        load.split(' ').next().unwrap_or_default(),
        plan.rounds,
        plan.time.as_secs(),
        plan.callers,
    ))
}

fn said(command: &mut Command) -> Result<String> {
    Ok(String::from_utf8(command.output()?.stdout)?.trim().to_owned())
}
