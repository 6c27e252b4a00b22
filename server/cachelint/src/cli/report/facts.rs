//! The facts of `cachelint doctor` as one JSON document.

use std::io::{self, Write};

use cachelint_project::Doctor;
use cachelint_project::doctor::{
    AppFact, ConfigFacts, DialectFact, ManifestFact, Provenance, RootFact, ValueFact,
};

use super::json;
use super::schema::{self, VERSION};

/// Writes the facts; `root` is the project folder as people are shown it.
pub(crate) fn write(doctor: &Doctor, root: &str, out: &mut impl Write) -> io::Result<()> {
    let document = schema::Doctor {
        version: VERSION,
        cachelint: env!("CARGO_PKG_VERSION"),
        root,
        configs: doctor.configs.iter().map(config).collect(),
        applications: doctor.apps.iter().map(application).collect(),
        static_roots: doctor.roots.iter().map(static_root).collect(),
        manifests: doctor.manifests.iter().map(manifest).collect(),
        hashed_names: doctor.serves_hashed_names.as_ref().map(origin),
        missing_rules: doctor.missing_rules.iter().map(|(server, rule)| (*server, rule.as_str())).collect(),
        dialects: doctor.dialects.iter().map(dialect).collect(),
        notes: &doctor.notes,
        failures: &doctor.failures,
    };
    json::write(&document, out)
}

fn origin(from: &Provenance) -> schema::Origin<'_> {
    let place = from.place.as_ref();
    schema::Origin {
        what: from.what.as_deref(),
        path: place.map(|(path, _)| path.as_str()),
        line: place.map(|(_, line)| *line),
    }
}

fn config(facts: &ConfigFacts) -> schema::Config<'_> {
    schema::Config {
        path: facts.file.as_deref(),
        sources: facts.sources,
        values: facts.values.iter().map(value).collect(),
    }
}

fn value(fact: &ValueFact) -> schema::InForce<'_> {
    schema::InForce { key: &fact.key, value: &fact.value, origin: origin(&fact.origin) }
}

fn application(fact: &AppFact) -> schema::Application<'_> {
    let says = fact.says.iter();
    schema::Application {
        folder: &fact.folder,
        origin: origin(&fact.origin),
        facts: says.map(|(says, from)| schema::Fact { says, origin: origin(from) }).collect(),
    }
}

fn static_root(fact: &RootFact) -> schema::StaticRoot<'_> {
    schema::StaticRoot {
        url: fact.url.as_deref(),
        folders: &fact.folders,
        packaged: fact.packaged,
        origin: origin(&fact.origin),
    }
}

fn manifest(fact: &ManifestFact) -> schema::Manifest<'_> {
    schema::Manifest {
        path: &fact.file,
        tool: fact.tool,
        entries: fact.entries,
        verifiable: fact.is_verifiable,
    }
}

fn dialect(fact: &DialectFact) -> schema::Decided<'_> {
    schema::Decided {
        dialect: fact.dialect,
        reason: &fact.reason,
        sources: fact.sources,
        example: &fact.example,
    }
}
