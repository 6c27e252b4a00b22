//! The protocol, in memory: a small editor at the other end of a duplex, as able as each real one.

mod editor;
mod features;
mod hostile;
mod lifecycle;
mod order;
mod sync;
