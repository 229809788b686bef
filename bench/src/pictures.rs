//! Pictures developed by workers of the real binary, beside sharp in one process of Node's.

mod made;
mod sharp;
mod ssim;

use std::{
    collections::BTreeMap,
    fs,
    num::NonZeroUsize,
    path::Path,
    sync::{Arc, Mutex, MutexGuard},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, anyhow, bail};
use futures_util::future::BoxFuture;
use pictures::{Lab, Variant};
use tokio::task::JoinSet;

use crate::{
    cpu::{Spent, Watched},
    report::{Aim, Report, Row, verdict},
    turns::{Plan, Round, Side, take_turns},
};
use made::Made;
use sharp::{Form, Sharp};

/// Pictures under way at once, on either side: as many as most small servers have processors.
const AT_ONCE: NonZeroUsize = NonZeroUsize::new(2).unwrap();
/// Pictures of a round.
const MANY: u32 = 10;
/// Of sharp's pictures a second.
const AIM: f64 = 0.8;
/// Of sharp's bytes, at most.
const BYTES: f64 = 1.05;
/// Less alike than sharp's of the same name, at most.
const LESS_ALIKE: f64 = 0.01;
const HEADER: &str = "| picture, its variants | bytes, ours of sharp's | SSIM of the least alike, ours / sharp's | ours less alike by, \
    at most |\n|---|---|---|---|";

/// Variants by name and format.
type Named = BTreeMap<String, Vec<u8>>;

/// Ours: workers of the real binary.
struct Ours {
    lab: Arc<Lab>,
    bytes: Vec<u8>,
}

/// Sharp, used in one of two ways.
struct Theirs<'a> {
    sharp: &'a Mutex<Sharp>,
    path: &'a Path,
    form: Form,
}

/// A row for each picture, beside sharp in the form that is faster for it.
pub async fn beside(nexgate: &Path, plan: Plan, report: &mut Report) -> Result<()> {
    let (lab, sharp) = (Arc::new(Lab::new(nexgate.to_owned(), AT_ONCE)), Mutex::new(Sharp::start()?));
    let mut table = HEADER.to_owned();
    for made in [made::photo()?, made::screen()?] {
        measure(&made, &lab, &sharp, plan, report).await?;
        table += &likeness(&made, &lab, &sharp).await?;
    }
    report.section(&table);
    Ok(())
}

async fn measure(made: &Made, lab: &Arc<Lab>, sharp: &Mutex<Sharp>, plan: Plan, report: &mut Report) -> Result<()> {
    let mut ours = Ours { lab: lab.clone(), bytes: fs::read(&made.path)? };
    let [mut each, mut once] = Form::ALL.map(|form| Theirs { sharp, path: &made.path, form });
    let summaries = take_turns(&mut [&mut ours, &mut each, &mut once], plan).await?;
    let [subject, theirs @ ..] = summaries.as_slice() else { bail!("a side is missing") };
    let faster = theirs.iter().zip(Form::ALL).max_by(|(one, _), (other, _)| one.rate.median.total_cmp(&other.rate.median));
    let (limit, form) = faster.context("sharp is missing")?;
    let limit_name = format!("sharp {}, {}", sharp::VERSION, form.words());
    let (name, aim) = (made.name, Aim::Ratio(AIM));
    report.row(&Row { name, subject: *subject, limit_name: &limit_name, limit: *limit, aim, at_half: None });
    report.took_part(&summaries);
    Ok(())
}

/// How large the variants of both are, and how like the original: a line for each format.
async fn likeness(made: &Made, lab: &Lab, sharp: &Mutex<Sharp>) -> Result<String> {
    let (ours, theirs) = (named(&develop(lab, made).await?), locked(sharp)?.keep(&made.path)?.into_iter().collect());
    let mut lines = Vec::new();
    for kind in ["webp", "jpeg"] {
        let pairs = pairs(&ours, &theirs, kind)?;
        let mut alike = Vec::new();
        for (name, [ours, theirs]) in &pairs {
            alike.push(ssim::of_both(made, [ours, theirs]).with_context(|| format!("{}, {name}", made.name))?);
        }
        let bytes = |at: usize| pairs.values().map(|both| both[at].len()).sum::<usize>();
        let of_theirs = f64::from(u32::try_from(bytes(0))?) / f64::from(u32::try_from(bytes(1))?);
        let least = |at: usize| alike.iter().map(|both| both[at]).fold(1.0, f64::min);
        let less = alike.iter().map(|[ours, theirs]| theirs - ours).fold(f64::MIN, f64::max);
        lines.push(format!(
            "\n| {}, {} {kind} | {of_theirs:.3} (≤ {BYTES}: {}) | {:.3} / {:.3} | {less:.4} (≤ {LESS_ALIKE}: {}) |",
            made.name,
            pairs.len(),
            verdict(of_theirs <= BYTES),
            least(0),
            least(1),
            verdict(less <= LESS_ALIKE),
        ));
    }
    Ok(lines.concat())
}

/// The variants of one format, ours and theirs of the same name.
fn pairs<'a>(ours: &'a Named, theirs: &'a Named, kind: &str) -> Result<BTreeMap<&'a str, [&'a [u8]; 2]>> {
    if !ours.keys().eq(theirs.keys()) {
        bail!("ours are {:?}, sharp's are {:?}", ours.keys(), theirs.keys());
    }
    let pairs = ours.iter().zip(theirs.values()).map(|((name, ours), theirs)| (name.as_str(), [ours.as_slice(), theirs]));
    Ok(pairs.filter(|(name, _)| name.ends_with(kind)).collect())
}

impl Side for Ours {
    /// So many, however long they take.
    fn round(&mut self, _: Duration) -> BoxFuture<'_, Result<Round>> {
        Box::pin(async {
            let (nobody, mut tasks) = (Watched::default(), JoinSet::new());
            let (before, begun) = (nobody.read()?, Instant::now());
            for _ in 0..MANY {
                let (lab, bytes) = (self.lab.clone(), self.bytes.clone());
                tasks.spawn(async move { lab.develop(bytes).await });
            }
            while let Some(developed) = tasks.join_next().await {
                developed??.map_err(|refusal| anyhow!("{refusal}"))?;
            }
            // The workers are children of this process, as they are of a node otherwise.
            Ok(Round { items: MANY, wall: begun.elapsed(), spent: nobody.read()? - before, settled_after: Duration::ZERO })
        })
    }
}

impl Side for Theirs<'_> {
    fn round(&mut self, _: Duration) -> BoxFuture<'_, Result<Round>> {
        Box::pin(async {
            let before = Watched::default().read()?;
            let took = tokio::task::block_in_place(|| locked(self.sharp)?.round(self.path, self.form, MANY, AT_ONCE))?;
            // Of a child that goes on nobody but itself knows what it has spent.
            let spent = Spent { bench: took.cpu, ..Watched::default().read()? - before };
            Ok(Round { items: MANY, wall: took.wall, spent, settled_after: Duration::ZERO })
        })
    }
}

fn locked(sharp: &Mutex<Sharp>) -> Result<MutexGuard<'_, Sharp>> {
    sharp.lock().map_err(|_| anyhow!("a round with sharp broke off"))
}

async fn develop(lab: &Lab, made: &Made) -> Result<Vec<Variant>> {
    let developed = lab.develop(fs::read(&made.path)?).await?;
    Ok(developed.map_err(|refusal| anyhow!("{}: {refusal}", made.name))?.variants)
}

fn named(variants: &[Variant]) -> Named {
    let name = |variant: &Variant| format!("{}.{}", variant.name.name(), variant.format.name());
    variants.iter().map(|variant| (name(variant), variant.bytes.clone())).collect()
}
