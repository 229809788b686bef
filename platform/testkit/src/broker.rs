//! A virtual host of the test run's broker, for one test.

/// One test's own virtual host on RabbitMQ: nobody else's exchanges and queues are there.
#[derive(Debug, Clone)]
pub struct VirtualHost {
    /// `amqp://…/t7`.
    pub url: String,
    /// Counts from 0; no two tests of a run have the same.
    pub number: u8,
}

/// How many the broker has.
const HOSTS: u8 = 48;

impl VirtualHost {
    /// Takes one that no test of this run has taken.
    #[must_use]
    pub fn claim() -> Self {
        let (broker, claims) = (setting("NEXGATE_TEST_AMQP_URL"), setting("NEXGATE_TEST_AMQP_DIR"));
        let claim = |number: &u8| std::fs::File::create_new(format!("{claims}/t{number}")).is_ok();
        let number = (0..HOSTS).find(claim).expect("the broker has a virtual host left");
        Self { url: format!("{broker}/t{number}"), number }
    }
}

#[expect(clippy::disallowed_methods, reason = "the settings tests take from the environment")]
fn setting(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is missing; `cargo xtask test` starts a broker and names it"))
}
