//! The commands, one file each: take the arguments apart, do the work, write the report.

pub(crate) mod add_helper;
pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod doctor;
pub(crate) mod explain;
pub(crate) mod fix;
pub(crate) mod hash;
pub(crate) mod init;
pub(crate) mod references;
pub(crate) mod rules;
