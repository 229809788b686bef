//! `nexgate doctor`: one line a check.

use host::{Config, doctor::Verdict};
use kernel::Clock;

use crate::command::say;

/// Settings that can't be read are the one finding there is then.
pub async fn doctor(config: Result<Config, String>) -> Result<(), String> {
    let config = match config {
        Ok(config) => config,
        Err(error) => {
            say(&format!("bad  settings: {error}"))?;
            return Err("nothing else can be looked at".into());
        }
    };
    let findings = host::doctor::examine(&config, &nexgate::services(), &Clock::system()).await;
    findings.iter().try_for_each(|finding| say(&finding.to_string()))?;
    match findings.iter().filter(|finding| finding.verdict == Verdict::Bad).count() {
        0 => Ok(()),
        bad => Err(format!("{bad} of {} checks are bad", findings.len())),
    }
}
