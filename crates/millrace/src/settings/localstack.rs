//! LocalStack's best-known variables, so that a script written for it starts this too, and is told what became of them.
//!
//! | variable | here |
//! |---|---|
//! | `GATEWAY_LISTEN` | `listen`; the first address of several |
//! | `DEBUG` | `log-level = debug` |
//! | `PERSISTENCE` | everything is kept always; `0` is not obeyed, `--ephemeral` is |
//! | `SERVICES` | nothing to choose: every service is there, and costs nothing until used |
//! | `LOCALSTACK_HOST` | nothing to set: any host name is answered |

use std::collections::BTreeMap;

use super::Origin;

/// What the foreign variables come to.
pub(super) struct Understood {
    /// Settings by name.
    pub values: BTreeMap<&'static str, (String, Origin)>,
    /// One line a variable.
    pub notes: Vec<String>,
}

/// Reads LocalStack's variables.
pub(super) fn understand(environment: &BTreeMap<String, String>) -> Understood {
    let mut understood = Understood { values: BTreeMap::new(), notes: Vec::new() };
    let given = |name: &str| environment.get(name).filter(|text| !text.is_empty());
    if let Some(text) = given("GATEWAY_LISTEN") {
        let first = text.split(',').next().unwrap_or_default().trim();
        // LocalStack takes a bare `:PORT` or `ADDR` too.
        let address = match first.rsplit_once(':') {
            Some(("", port)) => format!("0.0.0.0:{port}"),
            Some(_) => first.to_owned(),
            None => format!("{first}:4566"),
        };
        understood.take("listen", &address, "GATEWAY_LISTEN");
    }
    if given("DEBUG").is_some_and(|text| is_on(text)) {
        understood.take("log-level", "debug", "DEBUG");
    }
    if let Some(text) = given("PERSISTENCE") {
        understood.notes.push(if is_on(text) {
            "PERSISTENCE: everything acknowledged is kept anyway".to_owned()
        } else {
            "PERSISTENCE is off, but data is kept all the same; `--ephemeral` keeps nothing".to_owned()
        });
    }
    if given("SERVICES").is_some() {
        understood
            .notes
            .push("SERVICES: every service is there always; there is nothing to choose".to_owned());
    }
    if given("LOCALSTACK_HOST").is_some() {
        understood
            .notes
            .push("LOCALSTACK_HOST: any host name is answered; there is nothing to set".to_owned());
    }
    understood
}

impl Understood {
    fn take(&mut self, setting: &'static str, text: &str, variable: &str) {
        self.values.insert(setting, (text.to_owned(), Origin::Environment(variable.to_owned())));
        self.notes.push(format!("{variable} is understood as `{setting} = {text}`"));
    }
}

fn is_on(text: &str) -> bool {
    matches!(text.to_ascii_lowercase().as_str(), "1" | "true" | "yes" | "on")
}
