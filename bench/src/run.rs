//! A run: which scenario meets which limit, on which platform.

use std::{path::Path, time::Duration};

use anyhow::Result;

use crate::{
    Arguments, Part, ask, facts,
    graph::{Follow, Followers, Graph, Related},
    limit::{BareArgon2, Pgbench, Script},
    load::{Act, Latency, Load},
    market::Market,
    pictures,
    platform::Platform,
    report::{Aim, Report, Row, millis, verdict},
    scenario::{Feed, FeedPage, Front, LogIn, Pay, Product},
    settling::Settling,
    split::Split,
    token,
    turns::{Plan, Side, beside},
};

/// Passwords auth lets wait for two processors; what is more is refused at once.
const LOGINS_AT_ONCE: usize = 32;
/// Megabytes of a node that nobody has asked anything.
const IDLE: u64 = 80;

/// Pages a second, and the time 99 of 100 may take.
const PAGES: f64 = 200.0;
const PATIENCE: Duration = Duration::from_millis(25);
/// The same for a list of people, however long it is.
const LIST_PATIENCE: Duration = Duration::from_millis(10);

pub async fn run(arguments: &Arguments) -> Result<()> {
    let wants = |part: Part| arguments.parts.is_empty() || arguments.parts.contains(&part);
    let plan =
        Plan { rounds: arguments.rounds.into(), time: Duration::from_secs(arguments.seconds), callers: arguments.callers.into() };
    let mut report = Report::begin(plan)?;
    if wants(Part::Token) {
        tokens(plan, &mut report).await?;
    }
    if [Part::Login, Part::Feed, Part::Page, Part::Product, Part::Pay, Part::People].into_iter().any(wants) {
        pages(arguments, plan, &mut report).await?;
    }
    if wants(Part::Pictures) {
        pictures::beside(&arguments.nexgate, plan, &mut report).await?;
    }
    if [Part::Facts, Part::Ask, Part::Backlog].into_iter().any(wants) {
        between_nodes(arguments, plan, &mut report).await?;
    }
    report.finish(arguments.parts.is_empty().then_some(&arguments.page))
}

async fn tokens(plan: Plan, report: &mut Report) -> Result<()> {
    let [new, again, bare] = token::measure(plan).await?;
    let rows = [
        ("token check, each for the first time", new, Aim::Times(1.3)),
        ("token check, the same again", again, Aim::Micros(5.0)),
    ];
    for (name, subject, aim) in rows {
        report.row(&Row { name, subject, limit_name: "bare Ed25519 verification", limit: bare, aim, at_half: None });
    }
    report.took_part(&[new, again, bare]);
    Ok(())
}

/// Everything that one node with a market is asked.
async fn pages(arguments: &Arguments, plan: Plan, report: &mut Report) -> Result<()> {
    let wants = |part: Part| arguments.parts.is_empty() || arguments.parts.contains(&part);
    let first = Platform::start(&arguments.nexgate)?;
    let (first_ready, platform) = (first.ready_after(), first.restart()?);
    let mut sizes = vec![
        format!("ready after the first start | {first_ready:.2?}"),
        format!("ready after the next start | {:.2?}", platform.ready_after()),
        idle(platform.resident_mb()?),
    ];
    let on = Stage { market: Market::open(&platform).await?, platform, plan };
    let mut resident = |after: &str| -> Result<()> {
        sizes.push(format!("resident after {after} | {} MB", on.platform.resident_mb()?));
        Ok(())
    };
    resident("the market was made")?;
    Pgbench::fill(&on.platform, plan.callers)?;
    if wants(Part::Feed) {
        on.feed(report).await?;
        resident("feed pages")?;
    }
    if wants(Part::Page) {
        on.page(report).await?;
        resident("feed pages for browsers")?;
    }
    if wants(Part::Product) {
        on.product(report).await?;
        resident("products")?;
    }
    if wants(Part::Pay) {
        on.pay(report).await?;
        resident("checkouts")?;
    }
    if wants(Part::Login) {
        on.log_in(report).await?;
        resident("logins")?;
    }
    if wants(Part::People) {
        on.people(&arguments.statements, report).await?;
        resident("a million followers")?;
    }
    report.section(&format!("| start and memory of one node | |\n|---|---|\n| {} |", sizes.join(" |\n| ")));
    on.platform.must_be_sound()
}

fn idle(resident: u64) -> String {
    format!("resident, idle | {resident} MB (≤ {IDLE} MB: {})", verdict(resident <= IDLE))
}

/// A running platform with a market in it.
struct Stage {
    platform: Platform,
    market: Market,
    plan: Plan,
}

impl Stage {
    fn load<A: Act>(&self, act: A, plan: Plan) -> Result<Load<A>> {
        let load = Load::new(act, self.market.address, self.platform.watched()?, plan.callers);
        Ok(load.until_settled(Settling::of(&self.platform.database()?)?))
    }

    fn pgbench(&self, script: Script) -> Result<Pgbench> {
        Pgbench::on(&self.platform, script, self.plan.callers)
    }

    async fn feed(&self, report: &mut Report) -> Result<()> {
        let (load, mut limit) = (self.load(Feed(self.market.clone()), self.plan)?, self.pgbench(Script::SelectOnly)?);
        self.row("feed page", load, "pgbench select-only", &mut limit, Aim::Ratio(0.08), report).await.map(drop)
    }

    /// Beside the same feed as JSON; and at the rate and within the time a page has.
    async fn page(&self, report: &mut Report) -> Result<()> {
        let (load, mut limit) =
            (self.load(FeedPage(self.market.clone()), self.plan)?, self.load(Feed(self.market.clone()), self.plan)?);
        self.row("feed page for a browser, compressed", load, "the same feed as JSON", &mut limit, Aim::None, report).await?;
        let mut load = self.load(FeedPage(self.market.clone()), self.plan)?;
        let Latency { p50, p99 } = load.paced(PAGES, self.plan.time * u32::try_from(self.plan.rounds)?).await?;
        report.section(&format!(
            "Feed pages for browsers, {PAGES} a second: half within {}, 99 % within {} (≤ {}: {}).",
            millis(p50),
            millis(p99),
            millis(PATIENCE),
            verdict(p99 <= PATIENCE)
        ));
        Ok(())
    }

    async fn product(&self, report: &mut Report) -> Result<()> {
        let (load, mut limit) =
            (self.load(Product(self.market.clone()), self.plan)?, self.load(Front(self.market.clone()), self.plan)?);
        self.row("product", load, "the node's icon, a constant answer", &mut limit, Aim::None, report).await.map(drop)
    }

    async fn pay(&self, report: &mut Report) -> Result<()> {
        let scenarios =
            [("checkout + pay", Pay::for_any(&self.market)), ("the same, all of one product", Pay::for_one(&self.market))];
        for (name, pay) in scenarios {
            let (load, mut limit) = (self.load(pay, self.plan)?, self.pgbench(Script::TpcbLike)?);
            self.row(name, load, "pgbench tpcb-like", &mut limit, Aim::Ratio(0.12), report).await?;
        }
        Ok(())
    }

    async fn people(&self, statements: &Path, report: &mut Report) -> Result<()> {
        let graph = Graph::fill(&self.platform, &self.market).await?;
        let (load, scripts) = (self.load(Related(graph.clone()), self.plan)?, graph.scripts(statements)?);
        let mut limit = Pgbench::on_files(&self.platform, scripts.path(), self.plan.callers)?;
        self.row("how one stands to 100 people", load, "its bare statement in pgbench", &mut limit, Aim::Ratio(0.40), report)
            .await?;
        let (load, mut limit) = (self.load(Follow(graph.clone()), self.plan)?, self.pgbench(Script::SimpleUpdate)?);
        self.row("follow or unfollow", load, "pgbench simple-update", &mut limit, Aim::Ratio(0.50), report).await?;
        let (load, mut limit) = (self.load(Followers(graph), self.plan)?, self.pgbench(Script::SelectOnly)?);
        let Latency { p99, .. } =
            self.row("followers of a million's, first page", load, "pgbench select-only", &mut limit, Aim::None, report).await?;
        report.section(&format!(
            "The first page of the followers of somebody whom a million follow, at half of what the node can: 99 % within {} (≤ {}: {}).",
            millis(p99),
            millis(LIST_PATIENCE),
            verdict(p99 <= LIST_PATIENCE)
        ));
        Ok(())
    }

    async fn log_in(&self, report: &mut Report) -> Result<()> {
        let few = Plan { callers: self.plan.callers.min(LOGINS_AT_ONCE), ..self.plan };
        let (load, mut limit) = (self.load(LogIn(self.market.clone()), few)?, BareArgon2::new()?);
        self.row("login with a password", load, "bare argon2", &mut limit, Aim::Ratio(0.85), report).await.map(drop)
    }

    /// Rounds of both, and then the subject alone at half of what it reached.
    async fn row<A: Act>(
        &self,
        name: &str,
        mut load: Load<A>,
        limit_name: &str,
        limit: &mut dyn Side,
        aim: Aim,
        report: &mut Report,
    ) -> Result<Latency> {
        let (subject, limit) = beside(&mut load, limit, self.plan).await?;
        let rounds = u32::try_from(self.plan.rounds)?;
        let at_half = load.paced(subject.rate.median / 2.0, self.plan.time * rounds).await?;
        report.row(&Row { name, subject, limit_name, limit, aim, at_half: Some(at_half) });
        report.took_part(&[subject, limit]);
        Ok(at_half)
    }
}

/// What two nodes with a broker between them are asked.
async fn between_nodes(arguments: &Arguments, plan: Plan, report: &mut Report) -> Result<()> {
    let wants = |part: Part| arguments.parts.is_empty() || arguments.parts.contains(&part);
    let mut split = Split::prepare(&arguments.nexgate, &arguments.amqp)?;
    if wants(Part::Ask) {
        let table = ask::beside(&mut split, &arguments.nexgate, plan).await?;
        report.section(&table);
    }
    if wants(Part::Facts) {
        split.start()?;
        facts::beside(&split, &arguments.plain, plan, report).await?;
        split.stop()?;
    }
    if wants(Part::Backlog) {
        let line = facts::backlog(&mut split).await?;
        report.section(&line);
    }
    Ok(())
}
