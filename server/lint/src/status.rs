//! What is known of a reference.

/// The status of a reference, as `cachelint references` prints it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// Its URL does not change when the file does.
    Unversioned,
    /// Its version matches the file, or changes with it.
    Versioned,
    /// Its version is a content version, and of other content.
    Stale,
    /// Its version is kept by hand.
    Manual,
    /// Its version looks like a hash of something that can't be recomputed.
    Unverifiable,
    /// The file is not there.
    Missing,
    /// It names another host.
    External,
    /// It is known only when the page is rendered.
    Dynamic,
    /// It is left alone on purpose.
    Exempt,
    /// A browser never loads it from here.
    Inert,
    /// The file was not looked at.
    Unchecked,
    /// The project decides, and what decides was not read.
    Unknown,
    /// The project adds the version when the page is rendered.
    Runtime,
}

impl Status {
    /// All of them, in the order of the documentation.
    pub const ALL: [Self; 13] = [
        Self::Unversioned,
        Self::Versioned,
        Self::Stale,
        Self::Manual,
        Self::Unverifiable,
        Self::Missing,
        Self::External,
        Self::Dynamic,
        Self::Exempt,
        Self::Inert,
        Self::Unchecked,
        Self::Unknown,
        Self::Runtime,
    ];

    /// Its name in output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unversioned => "unversioned",
            Self::Versioned => "versioned",
            Self::Stale => "stale",
            Self::Manual => "manual",
            Self::Unverifiable => "unverifiable",
            Self::Missing => "missing",
            Self::External => "external",
            Self::Dynamic => "dynamic",
            Self::Exempt => "exempt",
            Self::Inert => "inert",
            Self::Unchecked => "unchecked",
            Self::Unknown => "unknown",
            Self::Runtime => "runtime",
        }
    }
}
