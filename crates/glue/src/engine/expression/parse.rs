//! From text to syntax.

/// How deep parentheses and `NOT` may nest.
const DEPTH_MAX: usize = 100;

/// The syntax of an expression.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Syntax {
    And(Vec<Syntax>),
    Or(Vec<Syntax>),
    Not(Box<Syntax>),
    Term { key: String, term: Term },
}

/// What is said of a key.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Term {
    Compare(&'static str, Literal),
    In { literals: Vec<Literal>, negated: bool },
    Between { from: Literal, to: Literal, negated: bool },
    Like { pattern: Literal, negated: bool },
    Null { negated: bool },
}

/// A number or a quoted text, by what it says.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Literal(pub(super) String);

#[derive(Clone, PartialEq, Debug)]
enum Token {
    /// A name or keyword.
    Word(String),
    /// A name in quotes, which is no keyword.
    Name(String),
    /// A literal.
    Literal(String),
    /// An operator, a parenthesis, a comma.
    Sign(&'static str),
}

const SIGNS: [&str; 10] = ["<=", ">=", "<>", "!=", "=", "<", ">", "(", ")", ","];
const OPERATORS: [&str; 7] = ["<=", ">=", "<>", "!=", "=", "<", ">"];
const KEYWORDS: [&str; 8] = ["and", "or", "not", "in", "between", "like", "is", "null"];

/// Parses an expression; `None` if it is none.
pub(super) fn parse(text: &str) -> Option<Syntax> {
    let tokens = tokens(text)?;
    let mut parser = Parser { tokens: &tokens, depth: 0 };
    let syntax = parser.any()?;
    parser.tokens.is_empty().then_some(syntax)
}

fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '\'' => {
                let (literal, length) = quoted(rest, '\'')?;
                tokens.push(Token::Literal(literal));
                length
            }
            '"' | '`' => {
                let (name, length) = quoted(rest, first)?;
                tokens.push(Token::Name(name));
                length
            }
            '0'..='9' | '.' | '-' | '+' => {
                let length = number_length(rest)?;
                tokens.push(Token::Literal(rest[..length].to_owned()));
                length
            }
            _ if first.is_alphabetic() || first == '_' => {
                let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '#' | '@');
                let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
                tokens.push(Token::Word(rest[..length].to_owned()));
                length
            }
            _ => {
                let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign))?;
                tokens.push(Token::Sign(sign));
                sign.len()
            }
        };
        rest = rest[length..].trim_start();
    }
    Some(tokens)
}

/// A text in quotes, which stand for themselves when doubled, and the bytes it took.
fn quoted(text: &str, quote: char) -> Option<(String, usize)> {
    let mut inside = String::new();
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if c != quote {
            inside.push(c);
        } else if chars.peek().is_some_and(|(_, next)| *next == quote) {
            inside.push(quote);
            chars.next();
        } else {
            return Some((inside, at + quote.len_utf8()));
        }
    }
    None
}

/// The bytes of a number at the beginning of the text.
fn number_length(text: &str) -> Option<usize> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let sign = text.len() - unsigned.len();
    let length = unsigned.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(unsigned.len());
    let number = &unsigned[..length];
    let is_number = number.bytes().any(|byte| byte.is_ascii_digit())
        && number.bytes().filter(|byte| *byte == b'.').count() <= 1
        // `1a` is neither a number nor a name.
        && !unsigned[length..].starts_with(|c: char| c.is_alphabetic() || c == '_');
    is_number.then_some(sign + length)
}

struct Parser<'t> {
    tokens: &'t [Token],
    depth: usize,
}

impl Parser<'_> {
    fn next(&mut self) -> Option<&Token> {
        let (first, rest) = self.tokens.split_first()?;
        self.tokens = rest;
        Some(first)
    }

    fn takes_word(&mut self, word: &str) -> bool {
        let found =
            matches!(self.tokens.first(), Some(Token::Word(there)) if there.eq_ignore_ascii_case(word));
        if found {
            self.tokens = &self.tokens[1..];
        }
        found
    }

    fn takes_sign(&mut self, sign: &str) -> bool {
        let found = matches!(self.tokens.first(), Some(Token::Sign(there)) if *there == sign);
        if found {
            self.tokens = &self.tokens[1..];
        }
        found
    }

    fn literal(&mut self) -> Option<Literal> {
        match self.next()? {
            Token::Literal(text) => Some(Literal(text.clone())),
            Token::Word(_) | Token::Name(_) | Token::Sign(_) => None,
        }
    }

    /// `all OR all ..`
    fn any(&mut self) -> Option<Syntax> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return None;
        }
        let mut parts = vec![self.all()?];
        while self.takes_word("or") {
            parts.push(self.all()?);
        }
        self.depth -= 1;
        Some(if parts.len() == 1 { parts.remove(0) } else { Syntax::Or(parts) })
    }

    /// `one AND one ..`
    fn all(&mut self) -> Option<Syntax> {
        let mut parts = vec![self.one()?];
        while self.takes_word("and") {
            parts.push(self.one()?);
        }
        Some(if parts.len() == 1 { parts.remove(0) } else { Syntax::And(parts) })
    }

    fn one(&mut self) -> Option<Syntax> {
        let mut negated = false;
        while self.takes_word("not") {
            negated = !negated;
        }
        let syntax = if self.takes_sign("(") {
            let inner = self.any()?;
            self.takes_sign(")").then_some(inner)?
        } else {
            self.term()?
        };
        Some(if negated { Syntax::Not(Box::new(syntax)) } else { syntax })
    }

    fn term(&mut self) -> Option<Syntax> {
        let key = match self.next()? {
            Token::Word(word) if KEYWORDS.iter().any(|keyword| word.eq_ignore_ascii_case(keyword)) => {
                return None;
            }
            Token::Word(name) | Token::Name(name) => name.clone(),
            Token::Literal(_) | Token::Sign(_) => return None,
        };
        for operator in OPERATORS {
            if self.takes_sign(operator) {
                let term = Term::Compare(operator, self.literal()?);
                return Some(Syntax::Term { key, term });
            }
        }
        let term = if self.takes_word("is") {
            let negated = self.takes_word("not");
            self.takes_word("null").then_some(Term::Null { negated })?
        } else {
            let negated = self.takes_word("not");
            self.set_term(negated)?
        };
        Some(Syntax::Term { key, term })
    }

    /// `IN (..)`, `BETWEEN .. AND ..`, `LIKE ..`.
    fn set_term(&mut self, negated: bool) -> Option<Term> {
        if self.takes_word("in") {
            self.takes_sign("(").then_some(())?;
            let mut literals = vec![self.literal()?];
            while self.takes_sign(",") {
                literals.push(self.literal()?);
            }
            self.takes_sign(")").then_some(Term::In { literals, negated })
        } else if self.takes_word("between") {
            let from = self.literal()?;
            self.takes_word("and").then_some(())?;
            Some(Term::Between { from, to: self.literal()?, negated })
        } else if self.takes_word("like") {
            Some(Term::Like { pattern: self.literal()?, negated })
        } else {
            None
        }
    }
}
