//! Where a story happens: in one process whose clock stands still, or in three that run by themselves.

use kernel::{Id, Role, User};
use testkit::{Person, Stage};

/// What a story needs of the place it happens in.
pub trait World {
    /// Lets everything happen that is due.
    async fn settle(&self);
    fn anonymous(&self) -> Person;
    fn bearer(&self, id: Id<User>, token: &str) -> Person;
    /// Gives an account a role; who logs in after that has it.
    async fn grant(&self, who: &str, role: Role);
    /// Everything that must hold whatever happened, as the databases' owner sees it.
    async fn must_be_sound(&self);
}

impl World for Stage {
    async fn settle(&self) {
        Stage::settle(self).await;
    }

    fn anonymous(&self) -> Person {
        Stage::anonymous(self)
    }

    fn bearer(&self, id: Id<User>, token: &str) -> Person {
        Stage::bearer(self, id, token)
    }

    async fn grant(&self, who: &str, role: Role) {
        self.node.ask(contracts::auth::GrantRole { who: who.to_owned(), role }).await.expect("there is such an account");
    }

    async fn must_be_sound(&self) {
        let report = self.node.ask(contracts::payment::VerifyLedger {}).await.expect("the ledger can be checked");
        assert_eq!(report.broken, Vec::<String>::new());
        let mut database = self.database.owner.acquire().await.expect("the owner gets in");
        assert_eq!(crate::running::broken_in(&mut database).await.expect("the invariants can be asked"), None);
    }
}
