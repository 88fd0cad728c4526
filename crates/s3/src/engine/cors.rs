//! How a request from a script of another origin is judged by a bucket's rules: the first that fits counts.
//!
//! Source: S3 user guide, "Using cross-origin resource sharing"; facts section 11.

use crate::tables::CorsRule;

/// The first rule that allows this origin, this method and these headers (as a header lists them).
pub fn choose<'r>(
    rules: &'r [CorsRule],
    origin: &str,
    method: &str,
    headers: Option<&str>,
) -> Option<&'r CorsRule> {
    let asked: Vec<&str> =
        headers.unwrap_or_default().split(',').map(str::trim).filter(|header| !header.is_empty()).collect();
    rules.iter().find(|rule| {
        let origins = rule.origins.iter().any(|pattern| fits(pattern, origin, false));
        let methods = rule.methods.iter().any(|allowed| allowed == method);
        let allowed = rule.headers.as_deref().unwrap_or_default();
        let headers = asked.iter().all(|header| allowed.iter().any(|pattern| fits(pattern, header, true)));
        origins && methods && headers
    })
}

/// Whether a text fits a pattern with at most one `*`.
fn fits(pattern: &str, text: &str, any_case: bool) -> bool {
    let (pattern, text) = if any_case {
        (pattern.to_ascii_lowercase(), text.to_ascii_lowercase())
    } else {
        (pattern.to_owned(), text.to_owned())
    };
    match pattern.split_once('*') {
        Some((start, end)) => {
            text.len() >= start.len() + end.len() && text.starts_with(start) && text.ends_with(end)
        }
        None => pattern == text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(id: &str, origin: &str, method: &str, header: Option<&str>) -> CorsRule {
        CorsRule {
            id: Some(id.to_owned()),
            origins: vec![origin.to_owned()],
            methods: vec![method.to_owned()],
            headers: header.map(|header| vec![header.to_owned()]),
            ..CorsRule::default()
        }
    }

    #[test]
    fn the_first_rule_that_fits_counts() {
        let rules = [
            rule("end", "*suffix", "GET", None),
            rule("both", "start*end", "GET", Some("X-Amz-*")),
            rule("any", "*", "PUT", Some("*")),
        ];
        let chosen = |origin: &str, method: &str, headers: Option<&str>| {
            choose(&rules, origin, method, headers).and_then(|rule| rule.id.clone()).unwrap_or_default()
        };
        assert_eq!(chosen("foo.suffix", "GET", None), "end");
        assert_eq!(chosen("foo.suffix.get", "GET", None), "");
        assert_eq!(chosen("startend", "GET", None), "both");
        assert_eq!(chosen("start1end", "GET", Some("x-amz-date, X-AMZ-ACL")), "both");
        assert_eq!(chosen("start1end", "GET", Some("x-amz-date, range")), "");
        assert_eq!(chosen("star", "GET", None), "");
        assert_eq!(chosen("anything", "PUT", Some("range")), "any");
        assert_eq!(chosen("anything", "put", None), "");
    }
}
