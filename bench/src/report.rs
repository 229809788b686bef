//! What was measured, as tables: on the terminal as it comes, and in the page between its two marks.

use std::{fs, path::Path, process::Command, thread, time::Duration};

use anyhow::{Context, Result};
use cluster::Binaries;

use crate::{
    cpu::Spent,
    load::Latency,
    turns::{Plan, Spread, Summary},
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
    /// At most so many times as long as the limit.
    Times(f64),
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
        match self.aim {
            Aim::None => String::new(),
            Aim::Ratio(least) => format!("≥ {least:.2}: {}", verdict(self.ratio() >= least)),
            Aim::Times(most) => {
                let times = 1.0 / self.ratio();
                format!("≤ {most} × its time: {times:.2}, {}", verdict(times <= most))
            }
            Aim::Micros(most) => {
                let each = 1e6 / self.subject.rate.median;
                format!("≤ {most} µs: {each:.1}, {}", verdict(each <= most))
            }
        }
    }

    fn line(&self) -> String {
        let latency = |which: fn(Latency) -> Duration| self.at_half.map_or_else(String::new, |at| millis(which(at)));
        let cells = [
            self.name.to_owned(),
            rate(self.subject.rate),
            self.limit_name.to_owned(),
            rate(self.limit.rate),
            format!("{:.3}", self.ratio()),
            self.aim(),
            spent(&self.subject),
            spent(&self.limit),
            latency(|at| at.p50),
            latency(|at| at.p99),
        ];
        format!("| {} |\n", cells.join(" | "))
    }
}

pub fn verdict(is_reached: bool) -> &'static str {
    if is_reached { "reached" } else { "**below**" }
}

/// The median, and what the rounds lay between.
fn rate(spread: Spread) -> String {
    format!("{} ({}–{})", number(spread.median), number(spread.least), number(spread.most))
}

/// Processor time of an item; of a part that doesn't take part, a stroke.
fn spent(summary: &Summary) -> String {
    let one = |value: f64| if value > 0.0 { number(value) } else { "–".to_owned() };
    [summary.nodes, summary.postgres, summary.bench].map(one).join(", ")
}

/// With three digits or more, and a comma before every three of a large one.
fn number(value: f64) -> String {
    match value {
        ..9.995 => format!("{value:.2}"),
        ..99.95 => format!("{value:.1}"),
        _ => {
            let digits = format!("{value:.0}");
            let is_first = |at: usize| at > 0 && (digits.len() - at).is_multiple_of(3);
            digits.char_indices().map(|(at, digit)| if is_first(at) { format!(",{digit}") } else { digit.into() }).collect()
        }
    }
}

pub fn millis(time: Duration) -> String {
    format!("{} ms", number(time.as_secs_f64() * 1e3))
}

/// Everything that was measured in this run.
pub struct Report {
    machine: String,
    rows: String,
    sections: String,
    spent: Spent,
}

impl Report {
    pub fn begin(plan: Plan) -> Result<Self> {
        let machine = machine(plan)?;
        println!("{machine}\n\n{}", HEADER.trim_end());
        Ok(Self { machine, rows: String::new(), sections: String::new(), spent: Spent::default() })
    }

    pub fn row(&mut self, row: &Row<'_>) {
        let line = row.line();
        print!("{line}");
        self.rows += &line;
    }

    /// Sides whose rounds are part of the measurement, each named once.
    pub fn took_part(&mut self, sides: &[Summary]) {
        self.spent = sides.iter().fold(self.spent, |sum, side| sum + side.spent);
    }

    /// A paragraph or a table of its own.
    pub fn section(&mut self, text: &str) {
        println!("\n{text}\n");
        self.sections.extend(["\n", text, "\n"]);
    }

    /// Says how much others disturbed, and puts everything into the page, between the marks; what people wrote around them stays.
    pub fn finish(mut self, page: Option<&Path>) -> Result<()> {
        self.section(&format!(
            "In the rounds of the first table {:.1} % of the processors went to others: processes that took no part, RabbitMQ, the \
             kernel in nobody's name, and the host of this machine.",
            self.spent.others() * 100.0,
        ));
        let Some(page) = page else { return Ok(()) };
        let text = fs::read_to_string(page).with_context(|| page.display().to_string())?;
        let (before, rest) = text.split_once(BEGIN).context("no mark where what was measured begins")?;
        let (_, after) = rest.split_once(END).context("no mark where what was measured ends")?;
        let Self { machine, rows, sections, .. } = self;
        fs::write(page, format!("{before}{BEGIN}\n{machine}\n\n{HEADER}{rows}{sections}\n{END}{after}"))?;
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
