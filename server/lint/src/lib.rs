//! Resolved references in, findings and fixes out: pure functions without disk, clock or network.

pub mod asset;
pub mod finding;
pub mod resolved;
pub mod settings;
pub mod status;

pub use asset::{Asset, AssetKind, Digests, RootKind, TextDigests};
pub use finding::{Applicability, Edit, Finding, Fix, Level, Related};
pub use resolved::{Missing, Resolved, Target};
pub use settings::{Algorithm, Habit, Levels, Settings, VersionSettings};
pub use status::Status;
