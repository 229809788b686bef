//! RabbitMQ: the broker that carries facts between nodes, and only carries.

mod consume;
pub(crate) mod inspect;
mod link;
mod publish;
pub(crate) mod signals;
mod topology;

pub(crate) use consume::run;
pub(crate) use link::Broker;
pub(crate) use publish::Publisher;
pub(crate) use topology::Topology;
