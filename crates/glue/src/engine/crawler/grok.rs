//! Grok: named regular expressions made of named regular expressions, one line at a time.

use std::collections::HashMap;

use regex::Regex;

use super::kinds::{Column, Kind};

/// How deep patterns may name patterns.
const DEPTH_MAX: usize = 16;
/// Characters of an expanded pattern.
const EXPANDED_MAX: usize = 1 << 16;
/// Bytes of a compiled one.
const COMPILED_MAX: usize = 8 << 20;

/// The patterns that everybody knows.
const PATTERNS: &[(&str, &str)] = &[
    ("USERNAME", r"[a-zA-Z0-9._-]+"),
    ("USER", "%{USERNAME}"),
    ("EMAILLOCALPART", r"[a-zA-Z][a-zA-Z0-9_.+\-=:]+"),
    ("EMAILADDRESS", "%{EMAILLOCALPART}@%{HOSTNAME}"),
    ("INT", r"[+-]?[0-9]+"),
    ("BASE10NUM", r"[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"),
    ("NUMBER", "%{BASE10NUM}"),
    ("BASE16NUM", r"[+-]?(?:0x)?[0-9A-Fa-f]+"),
    ("POSINT", r"\b[1-9][0-9]*\b"),
    ("NONNEGINT", r"\b[0-9]+\b"),
    ("WORD", r"\b\w+\b"),
    ("NOTSPACE", r"\S+"),
    ("SPACE", r"\s*"),
    ("DATA", ".*?"),
    ("GREEDYDATA", ".*"),
    ("QUOTEDSTRING", r#""(?:\\.|[^\\"])*"|'(?:\\.|[^\\'])*'"#),
    ("QS", "%{QUOTEDSTRING}"),
    ("UUID", r"[A-Fa-f0-9]{8}-(?:[A-Fa-f0-9]{4}-){3}[A-Fa-f0-9]{12}"),
    ("MAC", r"(?:[A-Fa-f0-9]{2}[:-]){5}[A-Fa-f0-9]{2}|(?:[A-Fa-f0-9]{4}\.){2}[A-Fa-f0-9]{4}"),
    (
        "IPV4",
        r"(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])",
    ),
    ("IPV6", r"(?:[0-9A-Fa-f]{0,4}:){2,7}(?:[0-9A-Fa-f]{1,4}|%{IPV4})?"),
    ("IP", "%{IPV6}|%{IPV4}"),
    ("HOSTNAME", r"\b[0-9A-Za-z][0-9A-Za-z-]{0,62}(?:\.[0-9A-Za-z][0-9A-Za-z-]{0,62})*\.?"),
    ("HOST", "%{HOSTNAME}"),
    ("IPORHOST", "%{IP}|%{HOSTNAME}"),
    ("HOSTPORT", "%{IPORHOST}:%{POSINT}"),
    ("PATH", "%{UNIXPATH}|%{WINPATH}"),
    ("UNIXPATH", r"(?:/[\w_%!$@:.,+~-]*)+"),
    ("WINPATH", r"(?:[A-Za-z]+:|\\)(?:\\[^\\?*]*)+"),
    ("TTY", r"/dev/(?:pts|tty[pq]?)\w+/?[0-9]*"),
    ("URIPROTO", r"[A-Za-z][A-Za-z0-9+\-.]+"),
    ("URIHOST", "%{IPORHOST}(?::%{POSINT})?"),
    ("URIPATH", r"(?:/[A-Za-z0-9$.+!*'(){},~:;=@#%&_\-]*)+"),
    ("URIPARAM", r"\?[A-Za-z0-9$.+!*'|(){},~@#%&/=:;_?\-\[\]<>]*"),
    ("URIPATHPARAM", "%{URIPATH}(?:%{URIPARAM})?"),
    ("URI", "%{URIPROTO}://(?:%{USER}(?::[^@]*)?@)?(?:%{URIHOST})?(?:%{URIPATHPARAM})?"),
    (
        "MONTH",
        r"\b(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:tember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b",
    ),
    ("MONTHNUM", "0?[1-9]|1[0-2]"),
    ("MONTHDAY", "0[1-9]|[12][0-9]|3[01]|[1-9]"),
    ("DAY", r"Mon(?:day)?|Tue(?:sday)?|Wed(?:nesday)?|Thu(?:rsday)?|Fri(?:day)?|Sat(?:urday)?|Sun(?:day)?"),
    ("YEAR", r"(?:\d\d){1,2}"),
    ("HOUR", "2[0123]|[01]?[0-9]"),
    ("MINUTE", "[0-5][0-9]"),
    ("SECOND", r"(?:[0-5]?[0-9]|60)(?:[:.,][0-9]+)?"),
    ("TIME", "%{HOUR}:%{MINUTE}(?::%{SECOND})?"),
    ("DATE_US", "%{MONTHNUM}[/-]%{MONTHDAY}[/-]%{YEAR}"),
    ("DATE_EU", "%{MONTHDAY}[./-]%{MONTHNUM}[./-]%{YEAR}"),
    ("ISO8601_TIMEZONE", "Z|[+-]%{HOUR}(?::?%{MINUTE})"),
    (
        "TIMESTAMP_ISO8601",
        "%{YEAR}-%{MONTHNUM}-%{MONTHDAY}[T ]%{HOUR}:?%{MINUTE}(?::?%{SECOND})?%{ISO8601_TIMEZONE}?",
    ),
    ("DATE", "%{DATE_US}|%{DATE_EU}"),
    ("DATESTAMP", "%{DATE}[- ]%{TIME}"),
    ("TZ", "[A-Z]{3}"),
    ("DATESTAMP_RFC822", "%{DAY} %{MONTH} %{MONTHDAY} %{YEAR} %{TIME} %{TZ}"),
    ("SYSLOGTIMESTAMP", "%{MONTH} +%{MONTHDAY} %{TIME}"),
    ("PROG", r"[\x21-\x5a\x5c\x5e-\x7e]+"),
    ("SYSLOGPROG", r"%{PROG:program}(?:\[%{POSINT:pid}\])?"),
    ("SYSLOGHOST", "%{IPORHOST}"),
    ("HTTPDATE", "%{MONTHDAY}/%{MONTH}/%{YEAR}:%{TIME} %{INT}"),
    ("SYSLOGBASE", "%{SYSLOGTIMESTAMP:timestamp} %{SYSLOGHOST:logsource} %{SYSLOGPROG}:"),
    (
        "COMMONAPACHELOG",
        r#"%{IPORHOST:clientip} %{USER:ident} %{USER:auth} \[%{HTTPDATE:timestamp}\] "(?:%{WORD:verb} %{NOTSPACE:request}(?: HTTP/%{NUMBER:httpversion})?|%{DATA:rawrequest})" %{NUMBER:response} (?:%{NUMBER:bytes}|-)"#,
    ),
    ("COMBINEDAPACHELOG", "%{COMMONAPACHELOG} %{QS:referrer} %{QS:agent}"),
    (
        "LOGLEVEL",
        "(?i-u:alert|trace|debug|notice|info(?:rmation)?|warn(?:ing)?|err(?:or)?|crit(?:ical)?|fatal|severe|emerg(?:ency)?)",
    ),
];

/// Logs that are recognized without a classifier of the user's: classification and pattern.
pub const BUILT_IN: &[(&str, &str)] = &[
    ("combined_apache", "%{COMBINEDAPACHELOG}"),
    ("apache", "%{COMMONAPACHELOG}"),
    ("linux_kernel", "%{SYSLOGBASE} %{GREEDYDATA:message}"),
];

/// A pattern, compiled.
#[derive(Clone, Debug)]
pub struct Grok {
    regex: Regex,
    columns: Vec<Column>,
}

impl Grok {
    /// Compiles a pattern; `custom` has one more pattern a line: name, blank, pattern.
    pub fn new(pattern: &str, custom: &str) -> Result<Self, String> {
        let mut known: HashMap<&str, &str> = PATTERNS.iter().copied().collect();
        for line in custom.lines() {
            if let Some((name, pattern)) = line.trim().split_once(char::is_whitespace) {
                known.insert(name, pattern.trim());
            }
        }
        let mut columns = Vec::new();
        let mut expression = String::new();
        expand(pattern, &known, 0, &mut expression, &mut columns)?;
        let regex = regex::RegexBuilder::new(&format!("^(?:{expression})$"))
            .size_limit(COMPILED_MAX)
            .build()
            .map_err(|error| error.to_string())?;
        Ok(Self { regex, columns })
    }

    /// The columns that the pattern names.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// How many of these lines it takes, of how many.
    pub fn takes(&self, text: &str, whole: bool) -> (usize, usize) {
        let mut lines: Vec<&str> = text.lines().collect();
        if !whole && lines.len() > 1 {
            lines.pop();
        }
        let lines: Vec<&str> = lines.into_iter().filter(|line| !line.trim().is_empty()).collect();
        (lines.iter().filter(|line| self.regex.is_match(line)).count(), lines.len())
    }
}

fn expand(
    pattern: &str,
    known: &HashMap<&str, &str>,
    depth: usize,
    out: &mut String,
    columns: &mut Vec<Column>,
) -> Result<(), String> {
    if depth > DEPTH_MAX || out.len() > EXPANDED_MAX {
        return Err("The pattern nests too deep.".to_owned());
    }
    let mut rest = pattern;
    while let Some(start) = rest.find("%{") {
        out.push_str(&rest[..start]);
        let end = rest[start..].find('}').ok_or("A %{ has no }.")? + start;
        let mut parts = rest[start + 2..end].split(':');
        let (name, field, kind) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
        let inner = known.get(name).ok_or_else(|| format!("Pattern {name} is not known."))?;
        if let Some(field) = field.filter(|field| !field.is_empty())
            && !columns.iter().any(|column| column.name == *field)
        {
            columns.push(Column { name: field.to_owned(), kind: kind_of(kind)? });
        }
        out.push_str("(?:");
        expand(inner, known, depth + 1, out, columns)?;
        out.push(')');
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
    Ok(())
}

fn kind_of(name: Option<&str>) -> Result<Kind, String> {
    Ok(match name {
        None | Some("string") => Kind::Text,
        Some("byte") => Kind::Other("tinyint".to_owned()),
        Some("boolean") => Kind::Boolean,
        Some("double") => Kind::Double,
        Some("short") => Kind::Other("smallint".to_owned()),
        Some("int") => Kind::Int,
        Some("long") => Kind::Long,
        Some("float") => Kind::Other("float".to_owned()),
        Some(other) => return Err(format!("Type {other} is not known.")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_pattern_compiles() {
        for (name, _) in PATTERNS {
            Grok::new(&format!("%{{{name}}}"), "").unwrap_or_else(|why| panic!("{name}: {why}"));
        }
    }

    #[test]
    fn lines_are_taken_apart_by_name() {
        let grok = Grok::new("%{LOGLEVEL:level} %{NUMBER:code:int} %{GREEDYDATA:msg}", "").unwrap();
        let shown: Vec<_> = grok.columns().iter().map(|c| (c.name.as_str(), c.kind.text())).collect();
        assert_eq!(shown, [("level", "string".into()), ("code", "int".into()), ("msg", "string".into())]);
        assert_eq!(grok.takes("ERROR 42 disk full\nINFO 7 all good\nnonsense\n", true), (2, 3));
        let apache = Grok::new("%{COMBINEDAPACHELOG}", "").unwrap();
        let line = r#"127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /a.gif HTTP/1.0" 200 2326 "http://x/" "Mozilla/4.08""#;
        assert_eq!(apache.takes(line, true), (1, 1));
        let custom = Grok::new("%{ID:id}", "ID [a-z]{3}-\\d+\n").unwrap();
        assert_eq!(custom.takes("abc-12", true), (1, 1));
        assert!(Grok::new("%{NOSUCH:x}", "").is_err() && Grok::new("%{A}", "A %{A}").is_err());
    }
}
