//! The command line: every command, its options, and what they mean.

use std::path::PathBuf;

use cachelint_lint::Level;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

/// Finds stale CSS and JavaScript: static references whose URL does not change when the file does.
#[derive(Debug, Parser)]
#[command(name = "cachelint", version, max_term_width = 100, after_help = EXIT_CODES)]
pub(crate) struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
    /// What every command takes.
    #[command(flatten)]
    pub(crate) global: Global,
}

const EXIT_CODES: &str = "\
Exit status:
  0  nothing to report
  1  findings at or above --fail-on; fix --diff: something would change
  2  wrong usage or configuration, or something could not be read";

/// What every command takes.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct Global {
    /// Use this configuration file for every template instead of the nearest
    #[arg(long, global = true, value_name = "FILE", help_heading = "Global options")]
    pub(crate) config: Option<PathBuf>,
    /// When to colour the output
    #[arg(long, global = true, value_enum, default_value_t, help_heading = "Global options")]
    pub(crate) color: Color,
    /// How many threads to use (all cores if not given)
    #[arg(long, short, global = true, value_name = "N", help_heading = "Global options")]
    pub(crate) jobs: Option<usize>,
    /// Leave out the summary and the notes
    #[arg(long, short, global = true, conflicts_with = "verbose", help_heading = "Global options")]
    pub(crate) quiet: bool,
    /// Say what was passed over and why
    #[arg(long, short, global = true, help_heading = "Global options")]
    pub(crate) verbose: bool,
    /// Log to stderr: error, warn, info, debug, trace, or a filter such as `cachelint_project=debug` (also `CACHELINT_LOG`)
    #[arg(long, global = true, value_name = "FILTER", help_heading = "Global options")]
    pub(crate) log: Option<String>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Report the static references that browsers may keep an old copy of
    Check(Check),
    /// Put the current version into the references that lack it
    Fix(Fix),
    /// List every static reference with its status
    #[command(visible_alias = "list")]
    References(References),
    /// Print the version of files, short and full, as used in URLs
    Hash(Hash),
    /// Print what a rule reports, why, and what to do instead
    Explain(Explain),
    /// List the rules
    Rules,
    /// Write a commented cachelint.toml here
    Init,
    /// Put a function into an application that versions its static URLs when a page is rendered
    AddHelper(AddHelper),
    /// Say what is in force here and where it came from
    Doctor(Doctor),
    /// Serve an editor: the language server, over standard input and output
    #[command(visible_alias = "lsp")]
    Server(Server),
    /// Print a completion script for a shell
    Completions(Completions),
}

/// `server`.
#[derive(Args, Debug)]
pub(crate) struct Server {
    /// Serve over this port of 127.0.0.1 instead, for one client
    #[arg(long, value_name = "PORT")]
    pub(crate) tcp: Option<u16>,
    /// Serve over standard input and output, as without it; some editors say so
    #[arg(long, conflicts_with = "tcp")]
    pub(crate) stdio: bool,
}

/// `add-helper`.
#[derive(Args, Debug)]
pub(crate) struct AddHelper {
    /// The application's framework
    pub(crate) framework: HelperFramework,
    /// The file that makes the application, where there are several
    pub(crate) file: Option<PathBuf>,
    /// Print the change as a unified diff and write nothing
    #[arg(long)]
    pub(crate) diff: bool,
}

/// A framework that a helper can be put into.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum HelperFramework {
    /// Flask.
    Flask,
}

/// `check`.
#[derive(Args, Debug)]
pub(crate) struct Check {
    /// What to check.
    #[command(flatten)]
    pub(crate) selection: Selection,
    /// How to report.
    #[command(flatten)]
    pub(crate) reporting: Reporting,
    /// Apply the safe fixes first, then report what remains
    #[arg(long, conflicts_with = "write_baseline")]
    pub(crate) fix: bool,
    /// Write what is found now to a file that --baseline reads, and report nothing
    #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
    pub(crate) write_baseline: Option<PathBuf>,
}

/// `fix`.
#[derive(Args, Debug)]
pub(crate) struct Fix {
    /// What to fix.
    #[command(flatten)]
    pub(crate) selection: Selection,
    /// How to report.
    #[command(flatten)]
    pub(crate) reporting: Reporting,
    /// Print the changes as a unified diff and write nothing
    #[arg(long, conflicts_with = "out")]
    pub(crate) diff: bool,
    /// Apply the fixes too that may change what a page does
    #[arg(long)]
    pub(crate) unsafe_fixes: bool,
    /// Fix only references to this file (may be given more than once)
    #[arg(long, value_name = "FILE")]
    pub(crate) asset: Vec<PathBuf>,
    /// Write fixed copies below this folder, tree kept, and leave the sources alone
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
}

/// `references`.
#[derive(Args, Debug)]
pub(crate) struct References {
    /// Where to look.
    #[command(flatten)]
    pub(crate) selection: Selection,
    /// In which form to report
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) output_format: Format,
}

/// `hash`.
#[derive(Args, Debug)]
pub(crate) struct Hash {
    /// The files
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// How many hexadecimal characters the short version has (the configuration's if not given)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(4..=64))]
    pub(crate) length: Option<u8>,
    /// The digest (the configuration's if not given)
    #[arg(long, value_enum)]
    pub(crate) algorithm: Option<Algorithm>,
}

/// `explain`.
#[derive(Args, Debug)]
pub(crate) struct Explain {
    /// The rule, as `cachelint rules` lists it
    pub(crate) rule: String,
}

/// `doctor`.
#[derive(Args, Debug)]
pub(crate) struct Doctor {
    /// In which form to tell it
    #[arg(long, visible_alias = "format", value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) output_format: FactFormat,
}

/// `completions`.
#[derive(Args, Debug)]
pub(crate) struct Completions {
    /// The shell
    pub(crate) shell: Shell,
}

/// What is looked at.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct Selection {
    /// Templates, folders, or assets, which stand for the templates that refer to them (the current folder if
    /// none is given)
    pub(crate) paths: Vec<PathBuf>,
    /// Read the text from standard input and treat it as the content of this file
    #[arg(long, value_name = "PATH", conflicts_with = "paths")]
    pub(crate) stdin_filename: Option<PathBuf>,
}

/// Which findings are reported, how, and which of them fail the run.
#[derive(Args, Clone, Debug)]
pub(crate) struct Reporting {
    /// In which form to report
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) output_format: Format,
    /// Run these rules only
    #[arg(long, value_name = "RULE,…", value_delimiter = ',')]
    pub(crate) select: Vec<String>,
    /// Do not run these rules
    #[arg(long, value_name = "RULE,…", value_delimiter = ',')]
    pub(crate) ignore: Vec<String>,
    /// The least level that makes the exit status 1
    #[arg(long, value_name = "LEVEL", default_value = "warning", value_parser = level_parser())]
    pub(crate) fail_on: Level,
    /// Report only what this file, written by --write-baseline, does not hold
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
}

/// When to colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// A form of facts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum FactFormat {
    /// For people
    #[default]
    Full,
    /// One JSON document
    Json,
}

/// A report format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// With the source and carets
    #[default]
    Full,
    /// One line each
    Concise,
    /// One JSON document
    Json,
    /// Annotations of GitHub Actions
    Github,
}

/// A digest algorithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Algorithm {
    /// SHA-256
    Sha256,
    /// SHA-1
    Sha1,
    /// MD5
    Md5,
}

fn level_parser() -> impl clap::builder::TypedValueParser<Value = Level> {
    let names = Level::ALL.into_iter().filter(|level| *level != Level::Off).map(Level::name);
    PossibleValuesParser::new(names).map(|name| Level::from_name(&name).unwrap_or(Level::Warning))
}

impl From<Color> for anstream::ColorChoice {
    fn from(color: Color) -> Self {
        match color {
            Color::Auto => Self::Auto,
            Color::Always => Self::Always,
            Color::Never => Self::Never,
        }
    }
}

impl From<Algorithm> for cachelint_lint::Algorithm {
    fn from(algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::Sha256 => Self::Sha256,
            Algorithm::Sha1 => Self::Sha1,
            Algorithm::Md5 => Self::Md5,
        }
    }
}
