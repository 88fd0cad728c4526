use std::collections::BTreeMap;

use super::layers::Layers;
use super::*;

fn layers(flags: &[(&'static str, &str)], environment: &[(&str, &str)]) -> Layers {
    Layers {
        flags: flags.iter().map(|(name, text)| (*name, (*text).to_owned())).collect(),
        config: None,
        environment: environment
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect(),
        working_dir: std::env::temp_dir().join("no such directory"),
    }
}

fn with_file(mut layers: Layers, text: &str) -> (tempfile::TempDir, Layers) {
    let dir = tempfile::tempdir().unwrap();
    let file = std::fs::File::create(dir.path().join("millrace.toml")).unwrap();
    std::io::Write::write_all(&mut &file, text.as_bytes()).unwrap();
    layers.working_dir = dir.path().to_owned();
    (dir, layers)
}

#[test]
fn the_defaults_are_understood() {
    let gathered = layers(&[], &[]).gather().unwrap();
    let settings = Settings::new(&gathered).unwrap();
    assert_eq!(settings.listen.to_string(), "127.0.0.1:4566");
    assert_eq!(settings.limits, Limits::Off);
    assert!(settings.is_loopback() && settings.root.is_none() && settings.tls.is_none());
    assert!(gathered.notes.is_empty());
    assert_eq!(gathered.origin("listen"), &Origin::Default);
}

#[test]
fn a_flag_wins_over_the_environment_and_that_over_the_file() {
    let file = "limits = \"strict\"\ntransitions = true\nregion = \"eu-west-1\"\n";
    let given = layers(
        &[("region", "eu-central-1")],
        &[("MILLRACE_REGION", "eu-west-2"), ("MILLRACE_TRANSITIONS", "0")],
    );
    let (_dir, layers) = with_file(given, file);
    let gathered = layers.gather().unwrap();
    let settings = Settings::new(&gathered).unwrap();
    assert_eq!(settings.region.as_str(), "eu-central-1");
    assert!(!settings.transitions);
    assert_eq!(settings.limits, Limits::Strict);
    assert_eq!(gathered.origin("region"), &Origin::Flag);
    assert_eq!(gathered.origin("transitions"), &Origin::Environment("MILLRACE_TRANSITIONS".to_owned()));
    assert!(matches!(gathered.origin("limits"), Origin::File(_)));
}

#[test]
fn an_unknown_key_in_the_file_is_named() {
    let (_dir, layers) = with_file(layers(&[], &[]), "limit = \"strict\"\n");
    let error = layers.gather().unwrap_err().to_string();
    assert!(error.starts_with("unknown setting `limit` in "), "{error}");
    assert!(!error.contains('\n'));
}

#[test]
fn a_file_that_is_not_toml_is_one_clear_line() {
    let (_dir, layers) = with_file(layers(&[], &[]), "region = \"us-east-1\"\nlimits = \n");
    let error = layers.gather().unwrap_err().to_string();
    assert!(error.contains("line 2: ") && !error.contains('\n'), "{error}");
}

#[test]
fn a_named_file_must_be_there() {
    let mut layers = layers(&[], &[]);
    layers.config = Some("nowhere.toml".into());
    assert!(matches!(layers.gather(), Err(SettingsError::File { .. })));
}

#[test]
fn a_wrong_value_names_its_place() {
    let gathered = layers(&[], &[("MILLRACE_LIMITS", "strickt")]).gather().unwrap();
    assert_eq!(
        Settings::new(&gathered).unwrap_err().to_string(),
        "`limits`: `strickt` is not `strict` or `off` (environment variable MILLRACE_LIMITS)"
    );
}

#[test]
fn halves_of_a_pair_are_refused() {
    for (given, other) in [
        ("tls-cert", "tls-key"),
        ("tls-key", "tls-cert"),
        ("root-access-key-id", "root-secret-access-key"),
        ("root-secret-access-key", "root-access-key-id"),
    ] {
        let gathered = layers(&[(given, "x")], &[]).gather().unwrap();
        match Settings::new(&gathered).unwrap_err() {
            SettingsError::Half { given: named, missing, .. } => assert_eq!((named, missing), (given, other)),
            error => panic!("{error}"),
        }
    }
}

#[test]
fn a_misspelt_variable_is_mentioned() {
    let gathered = layers(&[], &[("MILLRACE_LISTN", "x")]).gather().unwrap();
    assert_eq!(gathered.notes, ["MILLRACE_LISTN is set, but there is no such setting"]);
}

#[test]
fn localstack_variables_are_understood_below_our_own() {
    let gathered =
        layers(&[], &[("GATEWAY_LISTEN", "0.0.0.0:4510,[::]:443"), ("DEBUG", "1")]).gather().unwrap();
    let settings = Settings::new(&gathered).unwrap();
    assert_eq!(settings.listen.to_string(), "0.0.0.0:4510");
    assert_eq!(settings.log_level, "debug");
    assert!(!settings.is_loopback());
    assert_eq!(gathered.notes.len(), 2);

    let ours = layers(&[], &[("GATEWAY_LISTEN", ":4510"), ("MILLRACE_LISTEN", "localhost:4511")]);
    let settings = Settings::new(&ours.gather().unwrap()).unwrap();
    assert_eq!(settings.listen.to_string(), "127.0.0.1:4511");
}

#[test]
fn every_setting_has_a_name_that_works_in_all_three_places() {
    let mut seen = BTreeMap::new();
    for setting in ALL {
        assert!(setting.name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{}", setting.name);
        assert!(seen.insert(setting.name, ()).is_none(), "{} stands twice", setting.name);
    }
    assert_eq!(variable("tls-cert"), "MILLRACE_TLS_CERT");
}

#[test]
fn volumes_of_classes_come_as_flags_or_as_a_table() {
    let given = layers(&[("class-volume", "GLACIER=/a,DEEP_ARCHIVE=/b")], &[]).gather().unwrap();
    let volumes = Settings::new(&given).unwrap().class_volumes;
    let expected = [("GLACIER".to_owned(), "/a".into()), ("DEEP_ARCHIVE".to_owned(), "/b".into())];
    assert_eq!(volumes, expected);
    let (_dir, file) = with_file(layers(&[], &[]), "[class-volume]\nONEZONE_IA = \"/c\"\n");
    let volumes = Settings::new(&file.gather().unwrap()).unwrap().class_volumes;
    assert_eq!(volumes, [("ONEZONE_IA".to_owned(), "/c".into())]);
    for wrong in ["STANDARD=/a", "GLACIER", "GLACIER=", "GLACIER=/a,GLACIER=/b", "glacier=/a"] {
        let given = layers(&[("class-volume", wrong)], &[]).gather().unwrap();
        assert!(matches!(Settings::new(&given), Err(SettingsError::Value { .. })), "{wrong}");
    }
}
