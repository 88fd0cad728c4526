//! `millrace config show`: every setting's value, as it could stand in `millrace.toml`, and where it came from.

use std::io::{self, Write};

use crate::settings::{ALL, layers::Gathered, variable};

/// Prints all settings. What it prints is a settings file; secrets are left out of it.
pub(crate) fn print(gathered: &Gathered, origin: bool, out: &mut dyn Write) -> io::Result<()> {
    let lines: Vec<(String, String)> = ALL
        .iter()
        .map(|setting| {
            let text = gathered.text(setting.name);
            let line = match (text, setting.value) {
                ("", _) => format!("# {} is not set", setting.name),
                (_, _) if setting.secret => format!("# {} is set", setting.name),
                (text, None) => format!("{} = {text}", setting.name),
                (text, Some(_)) => format!("{} = {}", setting.name, toml::Value::from(text)),
            };
            (line, format!("{}; {}", gathered.origin(setting.name), variable(setting.name)))
        })
        .collect();
    let width = lines.iter().map(|(line, _)| line.len()).max().unwrap_or(0);
    for (line, from) in lines {
        if origin {
            writeln!(out, "{line:width$}  # {from}")?;
        } else {
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::layers::Layers;
    use std::collections::BTreeMap;

    #[test]
    fn what_is_shown_is_a_settings_file_without_secrets() {
        let layers = Layers {
            flags: BTreeMap::from([
                ("root-secret-access-key", "hush".to_owned()),
                ("transitions", "true".to_owned()),
            ]),
            config: None,
            environment: BTreeMap::new(),
            working_dir: std::env::temp_dir().join("no such directory"),
        };
        let mut shown = Vec::new();
        print(&layers.gather().unwrap(), true, &mut shown).unwrap();
        let shown = String::from_utf8(shown).unwrap();
        assert!(!shown.contains("hush"));
        let table: toml::Table = shown.parse().unwrap();
        assert_eq!(table["listen"].as_str(), Some("127.0.0.1:4566"));
        assert_eq!(table["transitions"].as_bool(), Some(true));
        assert!(shown.contains("# command line; MILLRACE_TRANSITIONS"), "{shown}");
    }
}
