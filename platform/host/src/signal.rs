//! Signals: said after a commit, heard on every node, lossy. They carry no truth: whoever keeps something fresh by them also
//! asks for it now and then.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, OnceLock},
};

use kernel::{Fault, Signal, unread};
use serde::{Deserialize, Serialize};
use serde_json::value::{RawValue, to_raw_value};
use tokio::sync::mpsc;

/// Bytes of a signal; a longer one stays at home, and the others find out by asking.
const LARGEST: usize = 7 << 10;
/// Signals that wait for the broker; while it is away more are lost.
const WAITING: usize = 256;

/// A signal as it travels.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Word {
    name: String,
    body: Box<RawValue>,
}

impl Word {
    pub fn of<S: Signal>(signal: &S) -> Result<Self, Fault> {
        Ok(Self { name: S::NAME.to_owned(), body: to_raw_value(signal)? })
    }
}

/// What a node says to all, and who listens here.
#[derive(Clone, Default)]
pub(crate) struct Signals {
    ears: Arc<Mutex<HashMap<&'static str, Vec<Ear>>>>,
    /// To the other nodes, where there are any.
    out: Arc<OnceLock<mpsc::Sender<Word>>>,
}

type Ear = Arc<dyn Fn(&RawValue) + Send + Sync>;

impl Signals {
    /// Calls `hear` for every signal of this kind, said here or elsewhere.
    pub fn listen<S: Signal>(&self, hear: impl Fn(S) + Send + Sync + 'static) {
        let ear = move |body: &RawValue| match serde_json::from_str(body.get()) {
            Ok(signal) => hear(signal),
            Err(error) => tracing::debug!(name = S::NAME, error = unread(&error), "a signal of another version"),
        };
        if let Ok(mut ears) = self.ears.lock() {
            ears.entry(S::NAME).or_default().push(Arc::new(ear));
        }
    }

    /// What is said here and should be heard on other nodes; taken once, by whoever carries it.
    pub fn outgoing(&self) -> mpsc::Receiver<Word> {
        let (out, outgoing) = mpsc::channel(WAITING);
        // Taken twice, the second carrier carries nothing.
        let _is_taken = self.out.set(out);
        outgoing
    }

    /// Heard here at once, and elsewhere if nothing is in the way.
    pub fn say(&self, word: Word) {
        self.hear(&word);
        if word.body.get().len() <= LARGEST
            && let Some(out) = self.out.get()
            && out.try_send(word).is_err()
        {
            tracing::debug!("a signal is lost: the broker is away");
        }
    }

    /// Tells those who listen here.
    pub fn hear(&self, word: &Word) {
        let ears = self.ears.lock().ok().and_then(|ears| ears.get(word.name.as_str()).cloned());
        ears.into_iter().flatten().for_each(|ear| ear(&word.body));
    }
}

impl fmt::Debug for Signals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signals")
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use serde_json::json;

    use super::*;

    #[derive(Serialize, Deserialize)]
    struct Rang {
        times: usize,
    }
    impl Signal for Rang {
        const NAME: &'static str = "toy.rang.v1";
    }
    #[derive(Serialize, Deserialize)]
    struct Long(String);
    impl Signal for Long {
        const NAME: &'static str = "toy.long.v1";
    }

    #[test]
    fn a_signal_is_heard_here_by_its_name_and_goes_out_unless_it_is_too_long() {
        let (signals, heard) = (Signals::default(), Arc::new(AtomicUsize::new(0)));
        let told = heard.clone();
        signals.listen(move |rang: Rang| {
            told.fetch_add(rang.times, Ordering::SeqCst);
        });
        let mut outgoing = signals.outgoing();
        signals.say(Word::of(&Rang { times: 2 }).unwrap());
        signals.say(Word::of(&Long("x".repeat(LARGEST))).unwrap());
        signals.hear(&Word { name: "toy.rang.v1".into(), body: to_raw_value(&json!({"times": 5})).unwrap() });
        signals.hear(&Word { name: "toy.rang.v1".into(), body: to_raw_value("another version").unwrap() });
        assert_eq!(heard.load(Ordering::SeqCst), 7);
        assert_eq!(outgoing.try_recv().unwrap().body.get(), "{\"times\":2}");
        assert!(outgoing.try_recv().is_err());
    }

    #[test]
    fn a_broker_that_is_away_costs_signals_and_nothing_else() {
        let signals = Signals::default();
        signals.say(Word::of(&Rang { times: 1 }).unwrap());
        let mut outgoing = signals.outgoing();
        (0..2 * WAITING).for_each(|times| signals.say(Word::of(&Rang { times }).unwrap()));
        let kept = std::iter::from_fn(|| outgoing.try_recv().ok()).count();
        assert_eq!(kept, WAITING);
    }
}
