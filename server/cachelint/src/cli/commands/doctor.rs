//! `cachelint doctor`: what is in force here, and where each value, root and dialect came from.

use std::io::{self, Write};

use cachelint_project::Doctor;
use cachelint_project::doctor::ConfigFacts;

use crate::cli::arguments::{self, FactFormat};
use crate::cli::output::BOLD;
use crate::cli::report::{count, facts};
use crate::cli::session::Session;
use crate::cli::{Exit, output};

pub(crate) fn run(session: &Session, arguments: &arguments::Doctor) -> anyhow::Result<Exit> {
    let doctor = session.project.doctor();
    let mut out = session.output();
    match arguments.output_format {
        FactFormat::Full => write(session, &doctor, &mut out)?,
        FactFormat::Json => facts::write(&doctor, &session.shown(&doctor.root), &mut out)?,
    }
    out.finish()?;
    doctor.failures.iter().for_each(output::say_error);
    Ok(if doctor.failures.is_empty() { Exit::Clean } else { Exit::Failed })
}

fn write(session: &Session, doctor: &Doctor, out: &mut impl Write) -> io::Result<()> {
    let root = session.shown(&doctor.root);
    writeln!(out, "{BOLD}cachelint{BOLD:#} {}, project folder {root}", env!("CARGO_PKG_VERSION"))?;
    for config in &doctor.configs {
        write_config(config, out)?;
    }
    heading("Applications", doctor.apps.is_empty(), out)?;
    for app in &doctor.apps {
        writeln!(out, "  {}: {}", app.folder, app.origin)?;
        app.says.iter().try_for_each(|(what, origin)| writeln!(out, "    {what} ({origin})"))?;
    }
    heading("Static roots", doctor.roots.is_empty(), out)?;
    for root in &doctor.roots {
        let url = root.url.as_deref().unwrap_or("a URL known only when it runs");
        let packages = root.packaged.then_some("installed packages");
        let folders: Vec<&str> = root.folders.iter().map(String::as_str).chain(packages).collect();
        writeln!(out, "  {url} -> {} ({})", folders.join(", "), root.origin)?;
    }
    heading("Manifests", doctor.manifests.is_empty(), out)?;
    for fact in &doctor.manifests {
        let verified = if fact.is_verifiable { "can be verified" } else { "cannot be verified" };
        let files = count(fact.entries, "file");
        writeln!(out, "  {}: {}, {files} (whether their sources changed {verified})", fact.file, fact.tool)?;
    }
    let rule = doctor.serves_hashed_names.as_ref();
    let served = rule.map_or_else(|| "nothing is known to".to_owned(), |rule| format!("by {rule}"));
    heading("Names with a hash (style.3f2a9c1b.css for style.css)", false, out)?;
    writeln!(out, "  {served}")?;
    for (server, text) in &doctor.missing_rules {
        writeln!(out, "\n  {server}:\n")?;
        text.lines().try_for_each(|line| writeln!(out, "    {line}"))?;
    }
    heading("Dialects", doctor.dialects.is_empty(), out)?;
    for fact in &doctor.dialects {
        let sources = count(fact.sources, "template");
        writeln!(out, "  {}: {sources}, such as {} ({})", fact.dialect, fact.example, fact.reason)?;
    }
    heading("Passed over", doctor.notes.is_empty(), out)?;
    doctor.notes.iter().try_for_each(|note| writeln!(out, "  {note}"))
}

fn write_config(config: &ConfigFacts, out: &mut impl Write) -> io::Result<()> {
    let file = config.file.as_deref().unwrap_or("defaults: no configuration file");
    let sources = count(config.sources, "file");
    heading(&format!("Configuration ({file}, in force for {sources})"), config.values.is_empty(), out)?;
    for value in &config.values {
        writeln!(out, "  {} = {} ({})", value.key, value.value, value.origin)?;
    }
    Ok(())
}

fn heading(title: &str, empty: bool, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "\n{BOLD}{title}{BOLD:#}{}", if empty { ": none" } else { "" })
}
