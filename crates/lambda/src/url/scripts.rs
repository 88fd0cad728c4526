//! Scripts of other origins at a function's URL: its `Cors`.
//! <https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html#urls-cors>
//!
//! Where a URL has rules, the service answers browsers' questions itself, and its headers go before the function's. Where it has none, all of that is
//! the function's business.

use body::Body;
use http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE,
    ACCESS_CONTROL_REQUEST_METHOD, ORIGIN, VARY,
};
use http::{HeaderName, HeaderValue};
use ports::UrlRequest;
use wire::Answer;

use crate::shapes::Cors;
use crate::tables::UrlRow;

/// A request that a script made, or a browser's question before it.
pub(super) struct Script {
    origin: String,
    /// It is the question.
    pub asks: bool,
}

impl Script {
    /// What of a request tells that a script made it.
    pub fn of(request: &UrlRequest) -> Option<Self> {
        let origin = request.headers.get(ORIGIN)?.to_str().ok()?.to_owned();
        Some(Self { origin, asks: request.headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD) })
    }
}

/// The rules of a URL.
pub(super) struct Rules(Cors);

impl Rules {
    /// A URL's, if it has any.
    pub fn of(row: &UrlRow) -> Option<Self> {
        row.cors.as_deref().and_then(|kept| wire::kept::<Cors>(kept).ok()).map(Self)
    }

    /// Whether scripts from there are let in.
    pub fn lets_in(&self, origin: &str) -> bool {
        let allowed = self.0.allow_origins.as_deref().unwrap_or_default();
        allowed.iter().any(|pattern| matches(pattern, origin))
    }

    /// The answer to a browser's question.
    pub fn preflight(&self, script: &Script) -> Answer {
        let mut answer = Answer { status: 200, headers: Vec::new(), body: Body::empty() };
        if !self.lets_in(&script.origin) {
            return answer;
        }
        self.tell(&mut answer, script);
        let Cors { allow_headers, allow_methods, max_age, .. } = &self.0;
        let mut add = |name: HeaderName, text: String| {
            if let Ok(value) = HeaderValue::try_from(text)
                && !value.is_empty()
            {
                answer.headers.push((name, value));
            }
        };
        add(ACCESS_CONTROL_ALLOW_METHODS, joined(allow_methods.as_deref()));
        add(ACCESS_CONTROL_ALLOW_HEADERS, joined(allow_headers.as_deref()));
        if let Some(age) = max_age {
            add(ACCESS_CONTROL_MAX_AGE, age.to_string());
        }
        answer
    }

    /// Adds to an answer what a script may do with it; what the function said of that goes.
    pub fn tell(&self, answer: &mut Answer, script: &Script) {
        answer.headers.retain(|(name, _)| !name.as_str().starts_with("access-control-"));
        if !self.lets_in(&script.origin) {
            return;
        }
        let credentials = self.0.allow_credentials == Some(true);
        let any = self.0.allow_origins.as_deref().unwrap_or_default().iter().any(|origin| origin == "*");
        let named = if any && !credentials { "*" } else { &script.origin };
        let mut add = |name: HeaderName, text: &str| {
            if let Ok(value) = HeaderValue::try_from(text)
                && !value.is_empty()
            {
                answer.headers.push((name, value));
            }
        };
        add(ACCESS_CONTROL_ALLOW_ORIGIN, named);
        add(VARY, "Origin");
        add(ACCESS_CONTROL_EXPOSE_HEADERS, &joined(self.0.expose_headers.as_deref()));
        if credentials {
            add(ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
        }
    }
}

fn joined(texts: Option<&[String]>) -> String {
    texts.unwrap_or_default().join(",")
}

/// Whether an origin is the pattern's: `*` stands for anything.
fn matches(pattern: &str, origin: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern.eq_ignore_ascii_case(origin),
        Some((before, after)) => {
            origin.len() >= before.len() + after.len()
                && origin.starts_with(before)
                && origin.ends_with(after)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(rules: &Rules, origin: &str) -> Vec<(String, String)> {
        let answer = rules.preflight(&Script { origin: origin.to_owned(), asks: true });
        let told = answer.headers.iter();
        told.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect()
    }

    #[test]
    fn rules_answer_browsers() {
        let rules = Rules(Cors {
            allow_origins: Some(vec!["https://*.b.com".to_owned()]),
            allow_methods: Some(vec!["GET".to_owned(), "PUT".to_owned()]),
            allow_credentials: Some(true),
            max_age: Some(60),
            ..Cors::default()
        });
        let wanted = [
            ("access-control-allow-origin", "https://a.b.com"),
            ("vary", "Origin"),
            ("access-control-allow-credentials", "true"),
            ("access-control-allow-methods", "GET,PUT"),
            ("access-control-max-age", "60"),
        ];
        let wanted: Vec<_> = wanted.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        assert_eq!(told(&rules, "https://a.b.com"), wanted);
        assert!(told(&rules, "https://b.org").is_empty());
    }

    #[test]
    fn anybody_without_credentials_is_a_star() {
        let rules = Rules(Cors { allow_origins: Some(vec!["*".to_owned()]), ..Cors::default() });
        assert_eq!(told(&rules, "https://x")[0].1, "*");
    }
}
