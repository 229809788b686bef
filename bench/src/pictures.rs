//! Pictures developed by workers of the real binary, beside sharp in one process of Node's.

mod made;
mod sharp;
mod ssim;

use std::{
    fs,
    num::NonZeroUsize,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, anyhow};
use pictures::{Lab, Variant};
use tokio::task::JoinSet;

use made::Made;
use sharp::{Form, Sharp};

/// Pictures under way at once, on either side: as many as most small servers have processors.
const AT_ONCE: NonZeroUsize = NonZeroUsize::new(2).unwrap();
/// Pictures of a measurement.
const MANY: usize = 10;
/// All take turns, so that a busy minute of the machine hits all; what counts is the median.
const ROUNDS: usize = 5;

/// What one side needed for `MANY` pictures.
#[derive(Clone, Copy)]
struct Took {
    wall: Duration,
    cpu: Duration,
}

/// One table: a row for each picture, sharp in the form that is faster for it.
pub async fn beside(nexgate: &Path) -> Result<String> {
    let (lab, mut sharp) = (Arc::new(Lab::new(nexgate.to_owned(), AT_ONCE)), Sharp::start()?);
    let mut table = format!(
        "| picture, {AT_ONCE} at once | a second | sharp {} | a second | ratio | CPU ms, ours / sharp's | bytes, ours of sharp's | \
         SSIM, ours / sharp's |\n|---|---|---|---|---|---|---|---|",
        sharp::VERSION
    );
    for made in [made::photo()?, made::screen()?] {
        table += &row(&made, &lab, &mut sharp).await?;
    }
    Ok(table)
}

async fn row(made: &Made, lab: &Arc<Lab>, sharp: &mut Sharp) -> Result<String> {
    let (mut ours, mut theirs) = (Vec::new(), Form::ALL.map(|form| (form, Vec::new())));
    // Programs are read, code is compiled, and the variants kept, before anything counts.
    let variants = develop(lab, made).await?;
    let kept = sharp.keep(&made.path)?;
    for _ in 0..ROUNDS {
        ours.push(round(lab, made).await?);
        for (form, took) in &mut theirs {
            took.push(sharp.round(&made.path, *form, MANY, AT_ONCE)?);
        }
    }
    let ours = Summary::of(&ours).context("no rounds")?;
    let theirs = theirs.iter().filter_map(|(form, took)| Some((*form, Summary::of(took)?)));
    let (form, theirs) = theirs.min_by_key(|(_, summary)| summary.wall).context("no rounds")?;
    let bytes: Vec<String> = ["webp", "jpeg"].map(|kind| proportion(&variants, &kept, kind)).into();
    let likeness = |variants: &[(String, Vec<u8>)]| -> Result<String> {
        let least = |kind: &str| ssim::least(made, variants.iter().filter(|(name, _)| name.ends_with(kind)));
        Ok(format!("{:.3} webp, {:.3} jpeg", least("webp")?, least("jpeg")?))
    };
    Ok(format!(
        "\n| {} | {} | {} | {} | {:.2} | {} / {} | {} | {} / {} |",
        made.name,
        ours.a_second(),
        form.words(),
        theirs.a_second(),
        theirs.wall.as_secs_f64() / ours.wall.as_secs_f64(),
        ours.cpu_each(),
        theirs.cpu_each(),
        bytes.join(", "),
        likeness(&named(&variants))?,
        likeness(&kept)?,
    ))
}

async fn develop(lab: &Lab, made: &Made) -> Result<Vec<Variant>> {
    let developed = lab.develop(fs::read(&made.path)?).await?;
    Ok(developed.map_err(|refusal| anyhow!("{}: {refusal}", made.name))?.variants)
}

async fn round(lab: &Arc<Lab>, made: &Made) -> Result<Took> {
    let bytes = fs::read(&made.path)?;
    let (begun, cpu) = (Instant::now(), cpu()?);
    let mut tasks = JoinSet::new();
    for _ in 0..MANY {
        let (lab, bytes) = (lab.clone(), bytes.clone());
        tasks.spawn(async move { lab.develop(bytes).await });
    }
    while let Some(developed) = tasks.join_next().await {
        developed??.map_err(|refusal| anyhow!("{}: {refusal}", made.name))?;
    }
    Ok(Took { wall: begun.elapsed(), cpu: self::cpu()?.saturating_sub(cpu) })
}

/// Of this process and of the children that have ended (proc_pid_stat(5), fields 14 to 17, in hundredths of a second).
fn cpu() -> Result<Duration> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    let (_, fields) = stat.rsplit_once(')').context("no name in /proc/self/stat")?;
    let ticks = fields.split_whitespace().skip(11).take(4).map(str::parse::<u64>).sum::<Result<u64, _>>()?;
    Ok(Duration::from_millis(ticks * 10))
}

fn named(variants: &[Variant]) -> Vec<(String, Vec<u8>)> {
    let name = |variant: &Variant| format!("{}.{}", variant.name.name(), variant.format.name());
    variants.iter().map(|variant| (name(variant), variant.bytes.clone())).collect()
}

fn proportion(ours: &[Variant], theirs: &[(String, Vec<u8>)], kind: &str) -> String {
    let ours: usize = ours.iter().filter(|variant| variant.format.name() == kind).map(|variant| variant.bytes.len()).sum();
    let theirs: usize = theirs.iter().filter(|(name, _)| name.ends_with(kind)).map(|(_, bytes)| bytes.len()).sum();
    let permille = ours * 1000 / theirs.max(1);
    format!("{}.{:03} {kind}", permille / 1000, permille % 1000)
}

/// The rounds of one side: the median, and how far they lie apart.
struct Summary {
    wall: Duration,
    fastest: Duration,
    slowest: Duration,
    cpu: Duration,
}

impl Summary {
    fn of(rounds: &[Took]) -> Option<Self> {
        let sorted = |part: fn(&Took) -> Duration| {
            let mut all: Vec<Duration> = rounds.iter().map(part).collect();
            all.sort_unstable();
            all
        };
        let (walls, cpus) = (sorted(|took| took.wall), sorted(|took| took.cpu));
        let middle = rounds.len() / 2;
        Some(Self { wall: *walls.get(middle)?, fastest: *walls.first()?, slowest: *walls.last()?, cpu: *cpus.get(middle)? })
    }

    /// Pictures.
    fn a_second(&self) -> String {
        let many = u32::try_from(MANY).map_or(0.0, f64::from);
        let rate = |wall: Duration| many / wall.as_secs_f64();
        format!("{:.2} ({:.2}–{:.2})", rate(self.wall), rate(self.slowest), rate(self.fastest))
    }

    fn cpu_each(&self) -> u128 {
        self.cpu.as_millis() / MANY as u128
    }
}
