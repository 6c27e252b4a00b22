//! Resolved references in, findings and fixes out: pure functions without disk, clock or network.

pub mod across;
pub mod application;
pub mod asset;
pub mod cdn;
pub mod check;
pub mod date;
pub mod edits;
mod exempt;
pub mod finding;
mod fix;
pub mod habit;
pub mod judge;
pub mod kept;
pub mod known;
pub mod many;
mod merge;
pub mod resolved;
pub mod rules;
pub mod sectioned;
pub mod settings;
mod shift;
pub mod status;
mod suggest;
pub mod suppress;
#[cfg(test)]
mod testing;
pub mod version;

pub use across::{Across, Elsewhere, Uses};
pub use application::{Application, CodePlace, Remedy, Tally, Unversioned};
pub use asset::{Asset, AssetKind, Digests, RootKind, StrongDigests, TextDigests};
pub use cdn::{CDNS, Cdn};
pub use check::{CodeReport, Input, Report, check, check_applications};
pub use date::Date;
pub use finding::{Applicability, Edit, Finding, Fix, Level, Related};
pub use fix::convert::{Conversion, conversion};
pub use habit::HabitCount;
pub use judge::{Judgement, judge};
pub use kept::Kept;
pub use known::Known;
pub use many::{map_each, map_lists};
pub use resolved::{
    AtRuntime, HELPER_HOOK, Listed, ListedState, Missing, Origin, PlainImport, PlainUse, Resolved, Target,
};
pub use rules::Rule;
pub use sectioned::{Section, Sectioned, placed};
pub use settings::{
    Algorithm, Habit, HashedNames, HelperForm, Levels, Mount, Settings, StaticHelper, Strategy, UrlFor,
    VersionSettings, VersionSource,
};
pub use status::Status;
pub use suggest::closest;
pub use suppress::{code_suppression, file_suppression, suppression};
pub use version::digest::{hex, stamp};
pub use version::names::build_hash;
pub use version::{
    Carrier, Written, all_written, behind_url_for, literal_path, most_telling, needs_all_digests,
};
