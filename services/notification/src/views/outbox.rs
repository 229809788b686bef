//! What the platform sent in development mode. The one view without a viewer: whoever runs the machine may look.

use host::Here;
use kernel::{Fault, Timestamp};
use serde::Serialize;
use serde_json::Value;

/// How many messages are shown at most.
const SHOWN: i64 = 200;

/// One message as it was sent.
#[derive(Serialize)]
pub struct Sent {
    pub channel: String,
    pub to: String,
    pub template: String,
    pub subject: Option<String>,
    pub body: String,
    pub data: Value,
    pub at: Timestamp,
}

impl Sent {
    /// The code to type in, where it carries one.
    pub fn code(&self) -> Option<&str> {
        self.data.get("code").and_then(Value::as_str)
    }
}

/// The newest messages, all or those to one address.
pub async fn newest(here: &Here, to: Option<&str>) -> Result<Vec<Sent>, Fault> {
    Ok(sqlx::query_as!(
        Sent,
        r#"select channel, to_address as "to", template, subject, body, data, at
             from notification.dev_outbox
            where $1::text is null
               or to_address = $1
            order by seq desc
            limit $2"#,
        to,
        SHOWN,
    )
    .fetch_all(here.db.reader())
    .await?)
}
