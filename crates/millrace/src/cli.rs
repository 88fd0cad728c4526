//! The command line. Its options are made from the one table of settings, so that neither can know what the other does not.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::{client, settings};

/// What is to be done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Task {
    /// Serve until told to stop.
    Serve,
    /// Print the settings, with their origins if asked.
    ConfigShow {
        /// Whether to say where each value came from.
        origin: bool,
    },
    /// Read every stored byte against its checksum.
    Verify,
    /// Add a version of the key that objects are sealed under.
    KeysRotate,
    /// List the operations and which of them are there.
    Operations,
}

/// The command line, understood.
#[derive(Debug)]
pub(crate) struct Cli {
    /// What is to be done.
    pub task: Task,
    /// The settings given, by name.
    pub flags: BTreeMap<&'static str, String>,
    /// The settings file named.
    pub config: Option<PathBuf>,
}

impl Cli {
    /// What is asked of the server's side.
    pub fn from_matches(matches: &ArgMatches) -> Self {
        let task = match matches.subcommand() {
            None | Some(("serve", _)) => Task::Serve,
            Some(("config", config)) => match config.subcommand() {
                Some((_, show)) => Task::ConfigShow { origin: show.get_flag("origin") },
                None => unreachable!("clap asks for a subcommand of `config`"),
            },
            Some(("verify", _)) => Task::Verify,
            Some(("keys", _)) => Task::KeysRotate,
            Some(("operations", _)) => Task::Operations,
            Some((name, _)) => unreachable!("clap knows no command `{name}`"),
        };
        let innermost = innermost(matches);
        let flags = settings::ALL
            .iter()
            .filter_map(|setting| {
                let given = innermost.get_many::<String>(setting.name)?;
                let texts: Vec<&str> = given.map(String::as_str).collect();
                Some((setting.name, texts.join(",")))
            })
            .collect();
        Self { task, flags, config: innermost.get_one::<PathBuf>("config").cloned() }
    }
}

/// Reads the process's arguments. Prints and exits on `--help`, `--version` and what cannot be understood (code 2).
pub(crate) fn from_process() -> ArgMatches {
    command().get_matches()
}

/// Global options are known to every level of commands; the innermost has them all.
fn innermost(matches: &ArgMatches) -> &ArgMatches {
    matches.subcommand().map_or(matches, |(_, inner)| innermost(inner))
}

fn command() -> Command {
    let config = Arg::new("config")
        .long("config")
        .value_name("FILE")
        .value_parser(clap::value_parser!(PathBuf))
        .help("Settings file [default: ./millrace.toml, if there]")
        .global(true);
    Command::new("millrace")
        .version(env!("CARGO_PKG_VERSION"))
        .about("AWS's data services (S3, Kinesis, Firehose, Glue, Lambda, DynamoDB, CloudWatch, IAM, STS, KMS) on your own machine; what is acknowledged is on disk")
        .after_help(
            "Every option is also an environment variable (--log-level is MILLRACE_LOG_LEVEL) and a key of \
             millrace.toml (log-level = \"debug\"). A flag wins over the environment, that over the file.",
        )
        .args(settings::ALL.iter().map(option))
        .arg(config)
        .subcommand(Command::new("serve").about("Serve until told to stop (the default)"))
        .subcommand(
            Command::new("config")
                .about("Look at the settings")
                .subcommand_required(true)
                .arg_required_else_help(true)
                .subcommand(
                    Command::new("show").about("Print every setting's value").arg(
                        Arg::new("origin")
                            .long("origin")
                            .action(ArgAction::SetTrue)
                            .help("Say where each value came from"),
                    ),
                ),
        )
        .subcommand(
            Command::new("keys")
                .about("Look after the keys of a data directory")
                .subcommand_required(true)
                .arg_required_else_help(true)
                .subcommand(Command::new("rotate").about(
                    "Add a version of the master key: new objects are sealed under it, old ones stay readable",
                )),
        )
        .subcommand(Command::new("verify").about("Read every stored byte against its checksum"))
        .subcommand(
            Command::new("operations")
                .about("List every operation of every service, and whether it is there"),
        )
        .subcommands(client::commands().map(without_servers_options))
}

/// Clients have no use for most of what a server can be set to: their help keeps silent about it.
fn without_servers_options(command: Command) -> Command {
    const KEPT: [&str; 3] = ["region", "root-access-key-id", "root-secret-access-key"];
    let hidden = settings::ALL.iter().filter(|setting| !KEPT.contains(&setting.name));
    let config =
        Arg::new("config").long("config").value_parser(clap::value_parser!(PathBuf)).hide(true).global(true);
    command.args(hidden.map(|setting| option(setting).hide(true))).arg(config)
}

fn option(setting: &settings::Setting) -> Arg {
    let help = match setting.default {
        "" | "false" => setting.help.to_owned(),
        default => format!("{} [default: {default}]", setting.help),
    };
    let arg = Arg::new(setting.name).long(setting.name).help(help).global(true);
    match setting.value {
        Some(value) if setting.many => arg.value_name(value).action(ArgAction::Append),
        Some(value) => arg.value_name(value),
        // `--ephemeral`, and `--ephemeral=false` to overrule a file.
        None => {
            arg.num_args(0..=1).require_equals(true).default_missing_value("true").value_name("true|false")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Cli {
        let line = std::iter::once("millrace").chain(arguments.iter().copied());
        Cli::from_matches(&command().try_get_matches_from(line).unwrap())
    }

    #[test]
    fn the_table_makes_a_sound_command() {
        command().debug_assert();
    }

    #[test]
    fn serving_is_the_default() {
        assert_eq!(parse(&[]).task, Task::Serve);
        assert_eq!(parse(&["serve"]).task, Task::Serve);
    }

    #[test]
    fn options_count_before_and_after_the_command() {
        for line in [["--data", "d", "verify"], ["verify", "--data", "d"]] {
            let cli = parse(&line);
            assert_eq!(cli.task, Task::Verify);
            assert_eq!(cli.flags.get("data").map(String::as_str), Some("d"));
        }
        let cli = parse(&["config", "show", "--origin", "--limits", "strict"]);
        assert_eq!(cli.task, Task::ConfigShow { origin: true });
        assert_eq!(cli.flags.get("limits").map(String::as_str), Some("strict"));
    }

    #[test]
    fn clients_have_options_of_their_own() {
        let line = ["millrace", "tail", "s", "--from", "trim", "--region", "eu-west-1"];
        let matches = command().try_get_matches_from(line).unwrap();
        let Some(("tail", tail)) = matches.subcommand() else { panic!("the command is `tail`") };
        assert_eq!(tail.get_one::<String>("region").map(String::as_str), Some("eu-west-1"));
        let mut command = command();
        command.build();
        let help = command.find_subcommand_mut("replay").unwrap().render_long_help().to_string();
        assert!(help.contains("--into") && help.contains("--region") && !help.contains("--movable-clock"));
        assert!(command.try_get_matches_from_mut(["millrace", "replay", "s"]).is_err());
    }

    #[test]
    fn a_switch_needs_no_value_but_takes_one() {
        assert_eq!(parse(&["--ephemeral"]).flags.get("ephemeral").map(String::as_str), Some("true"));
        assert_eq!(parse(&["--ephemeral=false"]).flags.get("ephemeral").map(String::as_str), Some("false"));
        assert!(parse(&[]).flags.is_empty());
    }
}
