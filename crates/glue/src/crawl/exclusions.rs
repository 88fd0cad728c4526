//! Which files of a target are passed over.

/// Globs of what is passed over: `*` within a folder, `**` across folders, `?`, `[..]`, `{a,b}`.
pub(super) struct Exclusions(Vec<regex::bytes::Regex>);

impl Exclusions {
    pub fn new(globs: &[String]) -> Self {
        let compiled = globs.iter().filter_map(|glob| {
            regex::bytes::RegexBuilder::new(&glob_expression(glob)).unicode(false).build().ok()
        });
        Self(compiled.collect())
    }

    pub fn takes(&self, path: &str) -> bool {
        self.0.iter().any(|regex| regex.is_match(path.as_bytes()))
    }
}

fn glob_expression(glob: &str) -> String {
    let mut expression = String::from("^");
    let mut chars = glob.chars().peekable();
    let mut braces = 0usize;
    let mut class = false;
    while let Some(c) = chars.next() {
        match c {
            '*' if chars.peek() == Some(&'*') => {
                chars.next();
                expression.push_str(".*");
            }
            '*' if !class => expression.push_str("[^/]*"),
            '?' if !class => expression.push_str("[^/]"),
            '[' => {
                class = true;
                expression.push('[');
                if chars.peek() == Some(&'!') {
                    chars.next();
                    expression.push('^');
                }
            }
            ']' => {
                class = false;
                expression.push(']');
            }
            '{' => {
                braces += 1;
                expression.push_str("(?:");
            }
            '}' if braces > 0 => {
                braces -= 1;
                expression.push(')');
            }
            ',' if braces > 0 => expression.push('|'),
            '-' if class => expression.push('-'),
            '\\' => {
                if let Some(next) = chars.next() {
                    expression.push_str(&regex::escape(&next.to_string()));
                }
            }
            c => expression.push_str(&regex::escape(&c.to_string())),
        }
    }
    expression.push('$');
    expression
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_take_what_they_say() {
        let takes = |glob: &str, path: &str| Exclusions::new(&[glob.to_owned()]).takes(path);
        assert!(takes("*.csv", "a.csv") && !takes("*.csv", "x/a.csv") && takes("**.csv", "x/a.csv"));
        assert!(takes("x/**", "x/y/z") && takes("a?c", "abc") && !takes("a?c", "a/c"));
        assert!(takes("{a,b}.[jt]son", "b.json") && !takes("[!a]*", "abc"));
    }
}
