//! Commands of many callers that share one transaction: what a commit, a lock and a round trip cost, they pay together.
//!
//! Commands of one kind wait in one line on each node, first come, first served. Whoever finds nobody at work begins at once, so that a
//! lone command waits for nothing; while a batch is written and committed, the next one gathers.

use std::{
    any::{Any, TypeId},
    collections::{HashMap, HashSet, VecDeque},
    fmt,
    hash::Hash,
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use futures_util::FutureExt;
use kernel::Fault;
use tokio::sync::{Notify, oneshot};
use tokio_util::task::TaskTracker;

use crate::{
    db::{Db, Manner, Tx},
    here::Here,
    trace::Traced,
};

/// Commands of one kind that may wait on a node; who comes then is asked to come again.
const WAITING: usize = 256;

/// How long a batch that follows one of several waits for most of them to come again, by the runtime's clock of milliseconds.
const GATHER: Duration = Duration::from_millis(1);

/// A change that is written together with others of its kind.
pub trait Command: Send + Sync + Sized + 'static {
    /// What its caller is told.
    type Answer: Send + 'static;
    /// What it is about, where two at once can't be decided beside each other: the later of them waits for the next batch.
    type Key: Eq + Hash + Clone + Send + Sync;

    /// Stable name, for metrics.
    const NAME: &'static str;
    /// The most that share a transaction.
    const MOST: usize = 64;

    fn key(&self) -> Self::Key;

    /// Carries out a batch. It locks rows in the order of their keys, and decides what it refuses before it writes anything of it: one
    /// refusal changes nothing for the others. A batch that fails as a whole is carried out again, each command by itself.
    fn apply(tx: &mut Tx, here: &Here, batch: &[Traced<Self>]) -> impl Future<Output = Outcomes<Self>> + Send;
}

/// The outcome of each command of a batch, in their order; or that none of them could be carried out.
pub type Outcomes<C> = Result<Vec<Result<<C as Command>::Answer, Fault>>, Fault>;

/// The lines of one service, by the type of their commands.
#[derive(Clone, Default)]
pub(crate) struct Lines(Arc<Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>>);

impl fmt::Debug for Lines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Lines")
    }
}

impl Lines {
    /// The line of these commands, begun where there is none.
    fn of<C: Command>(&self) -> Option<Arc<Line<C>>> {
        let line = locked(&self.0).entry(TypeId::of::<C>()).or_insert_with(|| Arc::new(Line::<C>::default())).clone();
        line.downcast().ok()
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Here {
    /// Has a command carried out in one transaction with others of its kind. A caller that is gone before its turn changes nothing;
    /// 503 where too many wait.
    pub async fn together<C: Command>(&self, command: C) -> Result<C::Answer, Fault> {
        let line = self.lines.of::<C>().ok_or_else(|| Fault::internal(format_args!("{} has no line", C::NAME)))?;
        line.call(self, command).await
    }
}

struct Line<C: Command> {
    queue: Mutex<Queue<C>>,
    /// As many wait as whoever is at work wants to begin with.
    enough: Notify,
    /// Nobody waits for its tasks: whoever asked for what they do is waited for.
    tracker: TaskTracker,
}

impl<C: Command> Default for Line<C> {
    fn default() -> Self {
        Self { queue: Mutex::default(), enough: Notify::new(), tracker: TaskTracker::new() }
    }
}

struct Queue<C: Command> {
    waiting: VecDeque<Waiting<C>>,
    /// Whether somebody is at work, and will come for what waits.
    is_worked: bool,
    /// How many whoever is at work waits for.
    wanted: Option<usize>,
}

impl<C: Command> Default for Queue<C> {
    fn default() -> Self {
        Self { waiting: VecDeque::new(), is_worked: false, wanted: None }
    }
}

/// Commands to carry out together, and who asked for each.
struct Batch<C: Command> {
    commands: Vec<Traced<C>>,
    callers: Vec<Caller<C>>,
}

struct Waiting<C: Command> {
    key: C::Key,
    command: Traced<C>,
    answer: Caller<C>,
}

type Caller<C> = oneshot::Sender<Result<<C as Command>::Answer, Fault>>;

impl<C: Command> Line<C> {
    async fn call(self: &Arc<Self>, here: &Here, command: C) -> Result<C::Answer, Fault> {
        let (answer, answered) = oneshot::channel();
        if self.stand(Waiting { key: command.key(), command: Traced::now(command), answer })? {
            let (line, here) = (self.clone(), here.clone());
            self.tracker.spawn(async move { line.work(&here).await });
        }
        answered.await.unwrap_or_else(|_| Err(Fault::unavailable(1, "whoever carried the command out is gone")))
    }

    /// Stands in the line; says whether nobody is at work.
    fn stand(&self, waiting: Waiting<C>) -> Result<bool, Fault> {
        let mut queue = self.queue();
        if queue.waiting.len() >= WAITING {
            return Err(Fault::unavailable(1, format_args!("too many {} wait", C::NAME)));
        }
        queue.waiting.push_back(waiting);
        if queue.wanted.is_some_and(|wanted| queue.waiting.len() >= wanted) {
            queue.wanted = None;
            self.enough.notify_one();
        }
        Ok(!std::mem::replace(&mut queue.is_worked, true))
    }

    fn queue(&self) -> MutexGuard<'_, Queue<C>> {
        locked(&self.queue)
    }

    /// Carries out what waits, batch after batch, until nobody is left.
    async fn work(self: &Arc<Self>, here: &Here) {
        while let Some(batch) = self.next() {
            metrics::counter!("nexgate_coalesced_commands_total", "command" => C::NAME).increment(batch.commands.len() as u64);
            metrics::counter!("nexgate_coalesced_batches_total", "command" => C::NAME).increment(1);
            let size = batch.commands.len();
            self.carry_out(here, batch).await;
            if size > 1 {
                self.gather(size - size / 4).await;
            }
        }
    }

    /// Those who were just answered often come again at once, most of them together. Without this the first of them would have a batch to
    /// itself, for which all others had to wait.
    async fn gather(&self, many: usize) {
        {
            let mut queue = self.queue();
            if queue.waiting.len() >= many {
                return;
            }
            queue.wanted = Some(many);
        }
        let came = tokio::time::timeout(GATHER, self.enough.notified()).await;
        self.queue().wanted = None;
        tracing::trace!(command = C::NAME, many, all_came = came.is_ok(), "gathered");
    }

    /// The next batch, in the order they came: without those who have gone, and of each key the first.
    fn next(&self) -> Option<Batch<C>> {
        let mut queue = self.queue();
        let (mut keys, mut later) = (HashSet::new(), VecDeque::new());
        let (mut commands, mut callers) = (Vec::new(), Vec::new());
        while let Some(waiting) = queue.waiting.pop_front() {
            if commands.len() == C::MOST {
                later.push_back(waiting);
                break;
            }
            if waiting.answer.is_closed() {
                continue;
            }
            if keys.insert(waiting.key.clone()) {
                commands.push(waiting.command);
                callers.push(waiting.answer);
            } else {
                later.push_back(waiting);
            }
        }
        while let Some(waiting) = later.pop_back() {
            queue.waiting.push_front(waiting);
        }
        queue.is_worked = !commands.is_empty();
        queue.is_worked.then_some(Batch { commands, callers })
    }

    /// All in one transaction or, where that is undone, each in its own, beside the line: whoever has to wait there keeps nobody else
    /// waiting. Where the database is away, or nobody knows whether it has committed, nothing is tried again: the callers are told so.
    async fn carry_out(self: &Arc<Self>, here: &Here, Batch { commands, callers }: Batch<C>) {
        match in_one(here, &here.db.in_manner(Manner::Impatient), &commands).await {
            Ok(outcomes) => {
                for (caller, outcome) in callers.into_iter().zip(outcomes) {
                    tell(caller, outcome);
                }
            }
            Err(Failed::Unknown(fault)) => {
                for caller in callers {
                    tell(caller, Err(fault.clone()));
                }
            }
            Err(Failed::Undone(fault)) => {
                tracing::debug!(%fault, command = C::NAME, "a batch is carried out one by one");
                for (command, caller) in commands.into_iter().zip(callers) {
                    let here = here.clone();
                    self.tracker.spawn(async move {
                        let outcome = in_one(&here, &here.db.in_manner(Manner::Usual), &[command]).await;
                        let outcome = outcome.map_err(Failed::fault);
                        tell(caller, outcome.and_then(|mut outcomes| outcomes.pop().unwrap_or_else(|| Err(miscounted::<C>()))));
                    });
                }
            }
        }
    }
}

/// Why a batch has no outcomes.
enum Failed {
    /// It was refused before its commit, and has changed nothing.
    Undone(Fault),
    /// It never began, or its commit had no answer.
    Unknown(Fault),
}

impl Failed {
    fn fault(self) -> Fault {
        match self {
            Self::Undone(fault) | Self::Unknown(fault) => fault,
        }
    }
}

async fn in_one<C: Command>(here: &Here, db: &Db, batch: &[Traced<C>]) -> Result<Vec<Result<C::Answer, Fault>>, Failed> {
    let mut is_undone = false;
    let applied = async {
        crate::write!(db, async |tx| {
            is_undone = true;
            let outcomes = C::apply(tx, here, batch).await?;
            if outcomes.len() != batch.len() {
                return Err(miscounted::<C>());
            }
            is_undone = false;
            Ok(outcomes)
        })
    };
    let outcome = AssertUnwindSafe(applied).catch_unwind().await;
    let outcome = outcome.unwrap_or_else(|_| Err(Fault::internal("the command panicked")));
    outcome.map_err(|fault| if is_undone { Failed::Undone(fault) } else { Failed::Unknown(fault) })
}

/// A caller who is gone by now is told nothing.
fn tell<T>(caller: oneshot::Sender<Result<T, Fault>>, outcome: Result<T, Fault>) {
    if caller.send(outcome).is_err() {
        tracing::debug!("a caller didn't wait for the outcome");
    }
}

fn miscounted<C: Command>() -> Fault {
    Fault::internal(format_args!("{} answers more or less than it was asked", C::NAME))
}

#[cfg(test)]
mod tests {
    use kernel::Kind;

    use super::*;

    #[derive(Debug, PartialEq)]
    struct Numbered(usize);
    impl Command for Numbered {
        type Answer = ();
        type Key = usize;
        const NAME: &'static str = "numbered";
        const MOST: usize = 3;

        fn key(&self) -> usize {
            self.0 % 10
        }

        async fn apply(_: &mut Tx, _: &Here, batch: &[Traced<Self>]) -> Outcomes<Self> {
            Ok(batch.iter().map(|_| Ok(())).collect())
        }
    }

    fn line() -> Line<Numbered> {
        Line::default()
    }

    type Answered = oneshot::Receiver<Result<(), Fault>>;

    fn stand(line: &Line<Numbered>, number: usize) -> Result<(bool, Answered), Fault> {
        let (answer, answered) = oneshot::channel();
        Ok((line.stand(Waiting { key: number % 10, command: Traced::now(Numbered(number)), answer })?, answered))
    }

    fn next(line: &Line<Numbered>) -> Vec<usize> {
        line.next().map_or(Vec::new(), |batch| batch.commands.iter().map(|command| command.0).collect())
    }

    #[test]
    fn who_comes_first_is_served_first_but_for_two_of_one_key_and_those_who_have_gone() {
        let line = line();
        let stood: Vec<_> = [1, 11, 2, 21, 3, 4, 12].map(|number| stand(&line, number).unwrap()).into();
        let begins: Vec<bool> = stood.iter().map(|(begins, _)| *begins).collect();
        assert_eq!(begins, [true, false, false, false, false, false, false], "one is at work");
        let (mut callers, gone): (Vec<_>, Vec<_>) = stood.into_iter().enumerate().partition(|(place, _)| *place != 4);
        drop(gone);
        assert_eq!(next(&line), [1, 2, 4], "the third has gone");
        assert_eq!(next(&line), [11, 12]);
        callers.push((7, stand(&line, 31).unwrap()));
        assert_eq!(callers.last().map(|(_, (begins, _))| *begins), Some(false));
        assert_eq!((next(&line), next(&line)), (vec![21], vec![31]));
        assert_eq!(next(&line), Vec::<usize>::new());
        assert!(stand(&line, 5).unwrap().0, "nobody is at work any more");
    }

    #[test]
    fn where_too_many_wait_the_next_is_asked_to_come_again() {
        let line = line();
        let waiting: Vec<_> = (0..WAITING).map(|number| stand(&line, number).unwrap()).collect();
        let refused = stand(&line, 5).unwrap_err();
        assert_eq!((refused.kind(), refused.retry_after_seconds()), (Kind::Unavailable, Some(1)));
        assert_eq!((next(&line).len(), waiting.len()), (3, WAITING));
        assert!(stand(&line, 5).is_ok());
    }

    #[tokio::test]
    async fn whoever_is_at_work_waits_no_longer_than_until_as_many_have_come() {
        let line = line();
        let (first, second) = (stand(&line, 1), stand(&line, 2));
        assert!(first.and(second).is_ok());
        line.queue().wanted = Some(3);
        let third = stand(&line, 3);
        line.enough.notified().await;
        assert!(third.is_ok() && line.queue().wanted.is_none());
    }
}
