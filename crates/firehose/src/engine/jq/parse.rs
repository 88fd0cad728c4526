//! From words to an expression.
//!
//! Binding, loosest first: `|`, `,`, `//`, comparison, `or`, `and`, `+ -`, `* / %`, sign, postfix. (jq binds `or` and `and` looser than
//! comparison and `//` looser still; so here.)

use super::lex::{Piece, Token, tokens};
use super::{DEPTH_MAX, Malformed, functions};

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expr {
    Identity,
    /// `..`
    Descend,
    Number(f64),
    Text(Option<String>, Vec<Part>),
    Variable(String),
    Field(Box<Expr>, Box<Expr>),
    Slice(Box<Expr>, Option<Box<Expr>>, Option<Box<Expr>>),
    Each(Box<Expr>),
    Try(Box<Expr>, Option<Box<Expr>>),
    Array(Option<Box<Expr>>),
    Object(Vec<(Expr, Expr)>),
    Negate(Box<Expr>),
    Pipe(Box<Expr>, Box<Expr>),
    Comma(Box<Expr>, Box<Expr>),
    Binary(Operator, Box<Expr>, Box<Expr>),
    If(Vec<(Expr, Expr)>, Option<Box<Expr>>),
    Bind(Box<Expr>, String, Box<Expr>),
    Reduce(Box<Expr>, String, Box<Expr>, Box<Expr>),
    Call(&'static functions::Function, Vec<Expr>),
    Format(String),
}

/// Part of a text.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    Literal(String),
    Inner(Expr),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Alternative,
    Or,
    And,
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
}

impl Operator {
    /// The operator of a word, and how tight it binds.
    fn of(token: &Token) -> Option<(Self, u8)> {
        Some(match token {
            Token::Sign("//") => (Self::Alternative, 1),
            Token::Name(name) if name == "or" => (Self::Or, 2),
            Token::Name(name) if name == "and" => (Self::And, 3),
            Token::Sign("==") => (Self::Equal, 4),
            Token::Sign("!=") => (Self::Unequal, 4),
            Token::Sign("<") => (Self::Less, 4),
            Token::Sign("<=") => (Self::LessOrEqual, 4),
            Token::Sign(">") => (Self::Greater, 4),
            Token::Sign(">=") => (Self::GreaterOrEqual, 4),
            Token::Sign("+") => (Self::Add, 5),
            Token::Sign("-") => (Self::Subtract, 5),
            Token::Sign("*") => (Self::Multiply, 6),
            Token::Sign("/") => (Self::Divide, 6),
            Token::Sign("%") => (Self::Modulo, 6),
            _ => return None,
        })
    }
}

impl Expr {
    /// The keys of the object this makes, as far as they are written out.
    pub fn object_keys(&self) -> Option<Vec<&str>> {
        match self {
            Expr::Object(members) => Some(members.iter().filter_map(|(key, _)| key.literal()).collect()),
            Expr::Pipe(_, last) | Expr::Bind(_, _, last) => last.object_keys(),
            _ => None,
        }
    }

    fn literal(&self) -> Option<&str> {
        match self {
            Expr::Text(None, parts) => match &parts[..] {
                [Part::Literal(text)] => Some(text),
                _ => None,
            },
            _ => None,
        }
    }

    /// The keys and paths of an object made of plain paths.
    pub fn plain_paths(&self) -> Option<Vec<(String, Vec<String>)>> {
        let Expr::Object(members) = self else { return None };
        let member = |(key, value): &(Expr, Expr)| {
            let mut path = Vec::new();
            value.plain_path(&mut path).then_some(())?;
            (!path.is_empty()).then_some(())?;
            Some((key.literal()?.to_owned(), path))
        };
        members.iter().map(member).collect()
    }

    fn plain_path(&self, path: &mut Vec<String>) -> bool {
        match self {
            Expr::Identity => true,
            Expr::Field(base, name) => {
                let Some(name) = name.literal() else { return false };
                let plain = base.plain_path(path);
                path.push(name.to_owned());
                plain
            }
            _ => false,
        }
    }
}

pub(super) fn text(text: &str) -> Expr {
    Expr::Text(None, vec![Part::Literal(text.to_owned())])
}

/// Parses a query.
pub(super) fn parse(text: &str) -> Result<Expr, Malformed> {
    parse_nested(text, 0)
}

/// Parses a query within a text of another.
pub(super) fn parse_nested(text: &str, depth: usize) -> Result<Expr, Malformed> {
    if depth > DEPTH_MAX {
        return Err(Malformed("the query is nested too deep".to_owned()));
    }
    let mut parser = Parser { tokens: tokens(text, depth)?.into_iter().peekable(), depth };
    let expr = parser.pipe()?;
    match parser.tokens.next() {
        None => Ok(expr),
        Some(token) => Err(unexpected(Some(token))),
    }
}

struct Parser {
    tokens: std::iter::Peekable<std::vec::IntoIter<Token>>,
    depth: usize,
}

fn unexpected(token: Option<Token>) -> Malformed {
    match token {
        None => Malformed("syntax error: the query ends too early".to_owned()),
        Some(Token::Sign(sign)) => Malformed(format!("syntax error: unexpected `{sign}`")),
        Some(Token::Name(name)) => Malformed(format!("syntax error: unexpected `{name}`")),
        Some(token) => Malformed(format!("syntax error: unexpected {token:?}")),
    }
}

impl Parser {
    fn deeper<T>(&mut self, parse: impl FnOnce(&mut Self) -> Result<T, Malformed>) -> Result<T, Malformed> {
        if self.depth >= DEPTH_MAX {
            return Err(Malformed("the query is nested too deep".to_owned()));
        }
        self.depth += 1;
        let parsed = parse(self);
        self.depth -= 1;
        parsed
    }

    fn takes(&mut self, sign: &'static str) -> bool {
        self.tokens.next_if_eq(&Token::Sign(sign)).is_some()
    }

    fn takes_name(&mut self, name: &str) -> bool {
        self.tokens.next_if(|token| matches!(token, Token::Name(found) if found == name)).is_some()
    }

    fn must(&mut self, sign: &'static str) -> Result<(), Malformed> {
        if self.takes(sign) { Ok(()) } else { Err(unexpected(self.tokens.next())) }
    }

    fn must_name(&mut self, name: &str) -> Result<(), Malformed> {
        if self.takes_name(name) { Ok(()) } else { Err(unexpected(self.tokens.next())) }
    }

    fn pipe(&mut self) -> Result<Expr, Malformed> {
        self.deeper(|parser| {
            let left = parser.comma()?;
            if parser.takes_name("as") {
                let name = parser.variable()?;
                parser.must("|")?;
                let body = parser.pipe()?;
                return Ok(Expr::Bind(Box::new(left), name, Box::new(body)));
            }
            if parser.takes("|") {
                let right = parser.pipe()?;
                return Ok(Expr::Pipe(Box::new(left), Box::new(right)));
            }
            Ok(left)
        })
    }

    fn comma(&mut self) -> Result<Expr, Malformed> {
        let mut left = self.binary(0)?;
        while self.takes(",") {
            let right = self.binary(0)?;
            left = Expr::Comma(Box::new(left), Box::new(right));
        }
        Ok(left)
    }

    fn binary(&mut self, tightness_min: u8) -> Result<Expr, Malformed> {
        self.deeper(|parser| {
            let mut left = parser.unary()?;
            while let Some((operator, tightness)) = parser.tokens.peek().and_then(Operator::of) {
                if tightness < tightness_min {
                    break;
                }
                parser.tokens.next();
                // `//` groups to the right, the others to the left.
                let right_min = if operator == Operator::Alternative { tightness } else { tightness + 1 };
                let right = parser.binary(right_min)?;
                left = Expr::Binary(operator, Box::new(left), Box::new(right));
            }
            Ok(left)
        })
    }

    fn unary(&mut self) -> Result<Expr, Malformed> {
        if self.takes("-") {
            return self.deeper(|parser| Ok(Expr::Negate(Box::new(parser.unary()?))));
        }
        self.postfix()
    }

    fn variable(&mut self) -> Result<String, Malformed> {
        match self.tokens.next() {
            Some(Token::Variable(name)) => Ok(name),
            other => Err(unexpected(other)),
        }
    }

    fn postfix(&mut self) -> Result<Expr, Malformed> {
        let mut expr = self.term()?;
        loop {
            if let Some(Token::Field(_)) = self.tokens.peek() {
                let Some(Token::Field(name)) = self.tokens.next() else { return Err(unexpected(None)) };
                expr = Expr::Field(Box::new(expr), Box::new(text(&name)));
            } else if self.tokens.next_if_eq(&Token::Dot).is_some() {
                // `.a.["b"]` and `.a."b"`.
                if let Some(Token::Text(_)) = self.tokens.peek() {
                    let name = self.text(None)?;
                    expr = Expr::Field(Box::new(expr), Box::new(name));
                } else if self.takes("[") {
                    expr = self.bracket(expr)?;
                } else {
                    return Err(unexpected(self.tokens.next()));
                }
            } else if self.takes("[") {
                expr = self.bracket(expr)?;
            } else if self.takes("?") {
                expr = Expr::Try(Box::new(expr), None);
            } else {
                return Ok(expr);
            }
        }
    }

    /// What stands in `[…]` behind an expression.
    fn bracket(&mut self, base: Expr) -> Result<Expr, Malformed> {
        let base = Box::new(base);
        if self.takes("]") {
            return Ok(Expr::Each(base));
        }
        if self.takes(":") {
            let to = self.pipe()?;
            self.must("]")?;
            return Ok(Expr::Slice(base, None, Some(Box::new(to))));
        }
        let first = self.pipe()?;
        if self.takes(":") {
            if self.takes("]") {
                return Ok(Expr::Slice(base, Some(Box::new(first)), None));
            }
            let to = self.pipe()?;
            self.must("]")?;
            return Ok(Expr::Slice(base, Some(Box::new(first)), Some(Box::new(to))));
        }
        self.must("]")?;
        Ok(Expr::Field(base, Box::new(first)))
    }

    fn text(&mut self, format: Option<String>) -> Result<Expr, Malformed> {
        let Some(Token::Text(pieces)) = self.tokens.next() else { return Err(unexpected(None)) };
        let part = |piece| match piece {
            Piece::Literal(text) => Part::Literal(text),
            Piece::Inner(expr) => Part::Inner(expr),
        };
        Ok(Expr::Text(format, pieces.into_iter().map(part).collect()))
    }

    fn term(&mut self) -> Result<Expr, Malformed> {
        if let Some(Token::Text(_)) = self.tokens.peek() {
            return self.text(None);
        }
        match self.tokens.next() {
            Some(Token::Dot) => match self.tokens.peek() {
                Some(Token::Text(_)) => {
                    let name = self.text(None)?;
                    Ok(Expr::Field(Box::new(Expr::Identity), Box::new(name)))
                }
                _ => Ok(Expr::Identity),
            },
            Some(Token::Sign("..")) => Ok(Expr::Descend),
            Some(Token::Field(name)) => Ok(Expr::Field(Box::new(Expr::Identity), Box::new(text(&name)))),
            Some(Token::Number(number)) => Ok(Expr::Number(number)),
            Some(Token::Variable(name)) => Ok(Expr::Variable(name)),
            Some(Token::Format(name)) => {
                if !functions::is_format(&name) {
                    return Err(Malformed(format!("{name} is not a valid format")));
                }
                match self.tokens.peek() {
                    Some(Token::Text(_)) => self.text(Some(name)),
                    _ => Ok(Expr::Format(name)),
                }
            }
            Some(Token::Sign("(")) => {
                let inner = self.pipe()?;
                self.must(")")?;
                Ok(inner)
            }
            Some(Token::Sign("[")) => {
                if self.takes("]") {
                    return Ok(Expr::Array(None));
                }
                let inner = self.pipe()?;
                self.must("]")?;
                Ok(Expr::Array(Some(Box::new(inner))))
            }
            Some(Token::Sign("{")) => self.object(),
            Some(Token::Name(name)) => self.named(&name),
            other => Err(unexpected(other)),
        }
    }

    fn object(&mut self) -> Result<Expr, Malformed> {
        let mut members = Vec::new();
        if self.takes("}") {
            return Ok(Expr::Object(members));
        }
        loop {
            members.push(self.member()?);
            if self.takes("}") {
                return Ok(Expr::Object(members));
            }
            self.must(",")?;
        }
    }

    fn member(&mut self) -> Result<(Expr, Expr), Malformed> {
        let (key, short) = match self.tokens.peek() {
            Some(Token::Text(_)) => {
                let key = self.text(None)?;
                (key.clone(), Some(Expr::Field(Box::new(Expr::Identity), Box::new(key))))
            }
            _ => match self.tokens.next() {
                Some(Token::Name(name)) => {
                    let key = text(&name);
                    (key.clone(), Some(Expr::Field(Box::new(Expr::Identity), Box::new(key))))
                }
                Some(Token::Variable(name)) => return Ok((text(&name), Expr::Variable(name))),
                Some(Token::Sign("(")) => {
                    let key = self.pipe()?;
                    self.must(")")?;
                    (key, None)
                }
                other => return Err(unexpected(other)),
            },
        };
        match (self.takes(":"), short) {
            // A value holds no comma, since commas part the members.
            (true, _) => {
                let mut value = self.binary(1)?;
                while self.takes("|") {
                    let next = self.binary(1)?;
                    value = Expr::Pipe(Box::new(value), Box::new(next));
                }
                Ok((key, value))
            }
            (false, Some(short)) => Ok((key, short)),
            (false, None) => Err(unexpected(self.tokens.next())),
        }
    }

    fn named(&mut self, name: &str) -> Result<Expr, Malformed> {
        match name {
            "if" => self.condition(),
            "try" => {
                let body = self.deeper(Self::postfix)?;
                let handler =
                    if self.takes_name("catch") { Some(Box::new(self.deeper(Self::postfix)?)) } else { None };
                Ok(Expr::Try(Box::new(body), handler))
            }
            "reduce" => {
                let over = self.deeper(Self::postfix)?;
                self.must_name("as")?;
                let name = self.variable()?;
                self.must("(")?;
                let start = self.pipe()?;
                self.must(";")?;
                let step = self.pipe()?;
                self.must(")")?;
                Ok(Expr::Reduce(Box::new(over), name, Box::new(start), Box::new(step)))
            }
            "then" | "elif" | "else" | "end" | "and" | "or" | "as" | "catch" | "def" | "foreach"
            | "label" | "import" | "include" => Err(Malformed(format!("syntax error: unexpected `{name}`"))),
            _ => {
                let mut arguments = Vec::new();
                if self.takes("(") {
                    loop {
                        arguments.push(self.pipe()?);
                        if self.takes(")") {
                            break;
                        }
                        self.must(";")?;
                    }
                }
                let function = functions::find(name, arguments.len())
                    .ok_or_else(|| Malformed(format!("{name}/{} is not defined", arguments.len())))?;
                Ok(Expr::Call(function, arguments))
            }
        }
    }

    fn condition(&mut self) -> Result<Expr, Malformed> {
        let mut branches = Vec::new();
        loop {
            let condition = self.pipe()?;
            self.must_name("then")?;
            branches.push((condition, self.pipe()?));
            if self.takes_name("elif") {
                continue;
            }
            let otherwise = if self.takes_name("else") { Some(Box::new(self.pipe()?)) } else { None };
            self.must_name("end")?;
            return Ok(Expr::If(branches, otherwise));
        }
    }
}
