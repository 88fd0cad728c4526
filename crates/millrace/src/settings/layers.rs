//! Gathers the texts of all settings from the layers, and remembers which layer each came from.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{ALL, Origin, Setting, SettingsError, find, localstack, variable};

/// The file that is read from the working directory when `--config` names no other.
const FILE_DEFAULT: &str = "millrace.toml";

/// The layers to gather from. The environment is handed in, so that a test can own it.
pub(crate) struct Layers {
    /// What the command line gave, by name.
    pub flags: BTreeMap<&'static str, String>,
    /// The file the command line named.
    pub config: Option<PathBuf>,
    /// The environment.
    pub environment: BTreeMap<String, String>,
    /// Where relative names of files start.
    pub working_dir: PathBuf,
}

/// The winning text of every setting, and where it came from.
#[derive(Debug)]
pub(crate) struct Gathered {
    values: BTreeMap<&'static str, (String, Origin)>,
    /// What the user should be told, once: foreign variables understood, our own misspelt.
    pub notes: Vec<String>,
}

impl Layers {
    /// The winners: flag before environment before file before LocalStack's variables before default.
    pub fn gather(&self) -> Result<Gathered, SettingsError> {
        let file = self.read_file()?;
        let foreign = localstack::understand(&self.environment);
        let mut notes = foreign.notes;
        notes.extend(self.misspelt());
        let values = ALL
            .iter()
            .map(|setting| {
                let won = self
                    .flag(setting)
                    .or_else(|| self.variable_of(setting))
                    .or_else(|| file.get(setting.name).cloned())
                    .or_else(|| foreign.values.get(setting.name).cloned())
                    .unwrap_or_else(|| (setting.default.to_owned(), Origin::Default));
                (setting.name, won)
            })
            .collect();
        Ok(Gathered { values, notes })
    }

    fn flag(&self, setting: &Setting) -> Option<(String, Origin)> {
        self.flags.get(setting.name).map(|text| (text.clone(), Origin::Flag))
    }

    fn variable_of(&self, setting: &Setting) -> Option<(String, Origin)> {
        let name = variable(setting.name);
        self.environment.get(&name).map(|text| (text.clone(), Origin::Environment(name)))
    }

    /// Variables that begin like ours and are none: most likely slips.
    fn misspelt(&self) -> impl Iterator<Item = String> {
        self.environment
            .keys()
            .filter(|name| name.starts_with("MILLRACE_") && name.as_str() != "MILLRACE_CONFIG")
            .filter(|name| !ALL.iter().any(|setting| variable(setting.name) == **name))
            .map(|name| format!("{name} is set, but there is no such setting"))
    }

    fn read_file(&self) -> Result<BTreeMap<&'static str, (String, Origin)>, SettingsError> {
        let named =
            self.config.clone().or_else(|| self.environment.get("MILLRACE_CONFIG").map(PathBuf::from));
        let path = match &named {
            Some(path) => self.working_dir.join(path),
            None => self.working_dir.join(FILE_DEFAULT),
        };
        match std::fs::read_to_string(&path) {
            Ok(text) => parse_file(&path, &text),
            Err(error) if named.is_none() && error.kind() == std::io::ErrorKind::NotFound => {
                Ok(BTreeMap::new())
            }
            Err(error) => Err(SettingsError::File { path, why: error.to_string() }),
        }
    }
}

fn parse_file(path: &Path, text: &str) -> Result<BTreeMap<&'static str, (String, Origin)>, SettingsError> {
    let unreadable = |why: String| SettingsError::File { path: path.to_owned(), why };
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        let line = error.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1);
        unreadable(format!("line {line}: {}", error.message()))
    })?;
    let mut values = BTreeMap::new();
    for (key, value) in table {
        let Some(setting) = find(&key) else {
            return Err(SettingsError::Unknown { key, path: path.to_owned() });
        };
        let text = match value {
            toml::Value::String(text) => text,
            toml::Value::Boolean(on) => on.to_string(),
            toml::Value::Integer(number) => number.to_string(),
            toml::Value::Table(pairs) if setting.many => {
                let pair = |(key, value): (&String, &toml::Value)| Some(format!("{key}={}", value.as_str()?));
                let pairs: Option<Vec<String>> = pairs.iter().map(pair).collect();
                let why = || unreadable(format!("`{key}` is a table of texts"));
                pairs.ok_or_else(why)?.join(",")
            }
            toml::Value::Float(_)
            | toml::Value::Datetime(_)
            | toml::Value::Array(_)
            | toml::Value::Table(_) => {
                return Err(unreadable(format!("`{key}` has one value: a text, a number, or true or false")));
            }
        };
        values.insert(setting.name, (text, Origin::File(path.to_owned())));
    }
    Ok(values)
}

impl Gathered {
    fn get(&self, name: &'static str) -> &(String, Origin) {
        self.values
            .get(name)
            .expect("every name that is asked for stands in `ALL`, and `gather` gives each a value")
    }

    /// The winning text; empty for none.
    pub fn text(&self, name: &'static str) -> &str {
        &self.get(name).0
    }

    /// Where it came from.
    pub fn origin(&self, name: &'static str) -> &Origin {
        &self.get(name).1
    }

    /// The complaint that a value is not `wanted`.
    pub fn wrong(&self, name: &'static str, wanted: &'static str) -> SettingsError {
        let (text, origin) = self.get(name).clone();
        SettingsError::Value { name, text, wanted, origin }
    }

    /// The value that `read` understands.
    pub fn parse<T>(
        &self,
        name: &'static str,
        wanted: &'static str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, SettingsError> {
        read(self.text(name)).ok_or_else(|| self.wrong(name, wanted))
    }

    /// Whether a switch is on.
    pub fn switch(&self, name: &'static str) -> Result<bool, SettingsError> {
        self.parse(name, "`true` or `false`", |text| match text.to_ascii_lowercase().as_str() {
            "true" | "1" | "yes" | "on" => Some(true),
            "false" | "0" | "no" | "off" | "" => Some(false),
            _ => None,
        })
    }

    /// Two values that are given together or not at all.
    pub fn pair(&self, a: &'static str, b: &'static str) -> Result<Option<(&str, &str)>, SettingsError> {
        let half =
            |given, missing| Err(SettingsError::Half { given, origin: self.origin(given).clone(), missing });
        match (self.text(a), self.text(b)) {
            ("", "") => Ok(None),
            (_, "") => half(a, b),
            ("", _) => half(b, a),
            (a, b) => Ok(Some((a, b))),
        }
    }
}
