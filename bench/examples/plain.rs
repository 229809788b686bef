//! The loop that facts are measured against: one publisher with confirms, one consumer that writes a row for each message.
//!
//! `plain BROKER DATABASE MANY TOGETHER` prints how many rows a second there were, with so many of them in one commit.

#![expect(clippy::print_stdout, reason = "its answer")]

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};
use futures_util::StreamExt;
use lapin::{
    BasicProperties, Channel, Confirmation, Connection, ConnectionProperties,
    options::{
        BasicAckOptions, BasicConsumeOptions, BasicPublishOptions, BasicQosOptions, ConfirmSelectOptions, QueueDeclareOptions,
        QueueDeleteOptions,
    },
    types::{AMQPValue, FieldTable},
};
use sqlx::{Connection as _, PgConnection};

const QUEUE: &str = "plain";
/// Published and not yet confirmed; as many as the relay has.
const WINDOW: usize = 200;
/// Delivered and not yet acknowledged; as many as a node takes.
const PREFETCH: u16 = 256;
const PERSISTENT: u8 = 2;
/// Bytes of a fact in its envelope.
const SIZE: usize = 320;
const PATIENCE: Duration = Duration::from_mins(5);

#[tokio::main]
async fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [broker, database, many, together] = arguments.as_slice() else { bail!("plain BROKER DATABASE MANY TOGETHER") };
    let (many, together): (u64, u64) = (many.parse()?, together.parse()?);
    let took = tokio::time::timeout(PATIENCE, measure(broker, database, many, together)).await??;
    println!("{}", many * 1000 / u64::try_from(took.as_millis())?.max(1));
    Ok(())
}

async fn measure(broker: &str, database: &str, many: u64, together: u64) -> Result<Duration> {
    let (publisher, consumer) = (connect(broker).await?, connect(broker).await?);
    let (publishing, consuming) = (publisher.create_channel().await?, consumer.create_channel().await?);
    let mut arguments = FieldTable::default();
    arguments.insert("x-queue-type".into(), AMQPValue::LongString("quorum".into()));
    consuming.queue_declare(QUEUE.into(), QueueDeclareOptions::durable(), arguments).await?;
    let mut rows = PgConnection::connect(database).await?;
    sqlx::query("drop table if exists plain").execute(&mut rows).await?;
    sqlx::query("create table plain (id bigint primary key)").execute(&mut rows).await?;
    let begun = Instant::now();
    tokio::try_join!(publish(&publishing, many), consume(&consuming, &mut rows, many, together))?;
    let took = begun.elapsed();
    consuming.queue_delete(QUEUE.into(), QueueDeleteOptions::default()).await?;
    Ok(took)
}

async fn connect(broker: &str) -> Result<Connection> {
    Ok(Connection::connect(broker, ConnectionProperties::default()).await?)
}

async fn publish(channel: &Channel, many: u64) -> Result<()> {
    channel.confirm_select(ConfirmSelectOptions::default()).await?;
    let (mut confirms, body) = (VecDeque::new(), [b'.'; SIZE]);
    for number in 0..many {
        if confirms.len() == WINDOW
            && let Some(oldest) = confirms.pop_front()
        {
            must_be_kept(oldest.await?)?;
        }
        let properties = BasicProperties::default().with_delivery_mode(PERSISTENT).with_message_id(number.to_string().into());
        let sent = channel.basic_publish("".into(), QUEUE.into(), BasicPublishOptions::default(), &body, properties);
        confirms.push_back(sent.await?);
    }
    for confirm in confirms {
        must_be_kept(confirm.await?)?;
    }
    Ok(())
}

fn must_be_kept(confirmation: Confirmation) -> Result<()> {
    ensure!(matches!(confirmation, Confirmation::Ack(_)), "the broker didn't keep a message");
    Ok(())
}

async fn consume(channel: &Channel, rows: &mut PgConnection, many: u64, together: u64) -> Result<()> {
    channel.basic_qos(PREFETCH, BasicQosOptions::default()).await?;
    let consumer = channel.basic_consume(QUEUE.into(), "".into(), BasicConsumeOptions::default(), FieldTable::default());
    let mut consumer = consumer.await?;
    for _ in 0..many / together {
        let (mut ids, mut last) = (Vec::new(), 0);
        for _ in 0..together {
            let delivery = consumer.next().await.context("the queue was closed")??;
            ids.push(delivery.properties.message_id().as_ref().context("no id")?.as_str().parse()?);
            last = delivery.delivery_tag;
        }
        insert(rows, &ids).await?;
        channel.basic_ack(last, BasicAckOptions { multiple: true }).await?;
    }
    Ok(())
}

/// A statement for each row; one alone commits by itself.
async fn insert(rows: &mut PgConnection, ids: &[i64]) -> Result<()> {
    let insert = |id: i64| sqlx::query("insert into plain (id) values ($1)").bind(id);
    if let [id] = ids {
        insert(*id).execute(rows).await?;
        return Ok(());
    }
    let mut open = rows.begin().await?;
    for id in ids {
        insert(*id).execute(&mut *open).await?;
    }
    Ok(open.commit().await?)
}
