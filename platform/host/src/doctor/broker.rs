//! The broker: whether it answers, and what stands and waits there.

use super::{
    finding::{Finding, Verdict},
    in_time,
};
use crate::{
    bus::rabbit::inspect::{self, Standing},
    config::Config,
    service::Service,
};

const SUBJECT: &str = "broker";
/// Messages of a queue worth a look: more than a group or two per consumer.
const MANY: u32 = 1_000;

pub(super) async fn look(config: &Config, services: &[Service]) -> Vec<Finding> {
    match &config.amqp_url {
        None => vec![Finding::ok(SUBJECT, "none: facts stay in the process")],
        Some(url) => in_time(SUBJECT, stands(url, services)).await,
    }
}

async fn stands(url: &str, services: &[Service]) -> Result<Vec<Finding>, String> {
    let told = |fault: kernel::Fault| fault.cause().unwrap_or(fault.detail()).trim_start_matches("the broker: ").to_owned();
    let queues = inspect::queues(url, services).await.map_err(told)?;
    let version = inspect::version(url).await.unwrap_or_else(|| "of an unknown version".to_owned());
    let answers = Finding::ok(SUBJECT, format!("RabbitMQ {version}"));
    Ok(std::iter::once(answers).chain(queues.iter().map(judged)).collect())
}

fn judged(queue: &Standing) -> Finding {
    let subject = format!("queue {}", queue.name);
    let Some((messages, consumers)) = queue.found else {
        return Finding::look(subject, "isn't there yet: the first node that connects makes it");
    };
    let said = format!("{messages} messages, {consumers} consumers");
    if queue.is_last_net {
        return Finding::new(Verdict::none_of(messages.into()), subject, said);
    }
    let verdict = if consumers == 0 || messages >= MANY { Verdict::Look } else { Verdict::Ok };
    Finding::new(verdict, subject, said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_queue_nobody_empties_is_worth_a_look_and_a_dead_message_is_bad() {
        let cases = [
            (false, Some((0, 1)), Verdict::Ok),
            (false, Some((999, 2)), Verdict::Ok),
            (false, Some((1_000, 2)), Verdict::Look),
            (false, Some((0, 0)), Verdict::Look),
            (false, None, Verdict::Look),
            (true, Some((0, 0)), Verdict::Ok),
            (true, Some((1, 0)), Verdict::Bad),
        ];
        for (is_last_net, found, expected) in cases {
            let queue = Standing { name: "nexgate.social".into(), is_last_net, found };
            assert_eq!(judged(&queue).verdict, expected, "{queue:?}");
        }
    }
}
