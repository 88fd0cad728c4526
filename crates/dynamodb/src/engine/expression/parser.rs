//! The grammar. It knows neither what placeholders stand for nor what functions there are.
//!
//! ```text
//! condition   = and *("OR" and)                    and = not *("AND" not)              not = "NOT" not / comparison
//! comparison  = primary [sign primary / "BETWEEN" primary "AND" primary / "IN" "(" primary *("," primary) ")"]
//! primary     = "(" condition ")" / operand        operand = value / path / function "(" primary *("," primary) ")"
//! path        = name *("." name / "[" number "]")
//! update      = 1*("SET" path "=" sum *("," ..) / "REMOVE" path *("," ..) / ("ADD" / "DELETE") path value *("," ..))
//! sum         = operand [("+" / "-") operand]
//! ```
//! A parenthesis may hold a condition or an operand; which one shows only at its end. So every level returns either, and the level that
//! needs one of them asks for it.

use super::condition::Comparator;
use super::token::{Kind, Token};

/// Parentheses, functions and negations in each other, at most. The grammar is read by recursion.
const DEPTH_MAX: usize = 64;

/// A step of a path as written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RawStep {
    /// A plain name.
    Name(String),
    /// `#name`.
    Placeholder(String),
    /// An index.
    Index(usize),
}

/// An operand as written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RawOperand {
    /// A path.
    Path(Vec<RawStep>),
    /// `:value`.
    Value(String),
    /// A function.
    Call(String, Vec<RawOperand>),
}

/// A condition as written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Raw {
    /// All hold.
    And(Vec<Raw>),
    /// One holds.
    Or(Vec<Raw>),
    /// It does not hold.
    Not(Box<Raw>),
    /// Two compared.
    Compare(Comparator, RawOperand, RawOperand),
    /// Within bounds.
    Between(RawOperand, RawOperand, RawOperand),
    /// One of these.
    In(RawOperand, Vec<RawOperand>),
    /// A function.
    Call(String, Vec<RawOperand>),
}

/// A condition, and whether it has parentheses around parentheses.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Parsed {
    /// It.
    pub condition: Raw,
    /// Whether it has.
    pub is_redundant: bool,
}

/// The right side of SET.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RawSum {
    /// Itself.
    One(RawOperand),
    /// `+`.
    Plus(RawOperand, RawOperand),
    /// `-`.
    Minus(RawOperand, RawOperand),
}

/// One change as written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RawAction {
    /// SET.
    Set(Vec<RawStep>, RawSum),
    /// REMOVE.
    Remove(Vec<RawStep>),
    /// ADD.
    Add(Vec<RawStep>, String),
    /// DELETE.
    Delete(Vec<RawStep>, String),
}

/// An update as written: its sections in order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RawUpdate(pub Vec<(&'static str, Vec<RawAction>)>);

type Result<T> = std::result::Result<T, String>;

/// Reads a condition.
pub fn condition(tokens: &[Token<'_>]) -> Result<Parsed> {
    let mut parser = Parser::new(tokens);
    let node = parser.or()?;
    let condition = parser.as_condition(node)?;
    parser.end()?;
    Ok(Parsed { condition, is_redundant: parser.is_redundant })
}

/// Reads paths with commas between them.
pub fn paths(tokens: &[Token<'_>]) -> Result<Vec<Vec<RawStep>>> {
    let mut parser = Parser::new(tokens);
    let paths = parser.list(Parser::path)?;
    parser.end()?;
    Ok(paths)
}

/// Reads an update.
pub fn update(tokens: &[Token<'_>]) -> Result<RawUpdate> {
    let mut parser = Parser::new(tokens);
    let mut sections = Vec::new();
    while parser.peek().kind != Kind::End {
        sections.push(parser.section()?);
    }
    Ok(RawUpdate(sections))
}

/// What a level has read: a condition, or an operand that may yet become one.
enum Node {
    Condition(Raw),
    Operand(RawOperand),
}

struct Parser<'p, 't> {
    tokens: &'p [Token<'t>],
    at: usize,
    depth: usize,
    is_redundant: bool,
    /// For each opening parenthesis the place of its closing one.
    closing: Vec<usize>,
}

impl<'p, 't> Parser<'p, 't> {
    fn new(tokens: &'p [Token<'t>]) -> Self {
        let mut closing = vec![usize::MAX; tokens.len()];
        let mut open = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            if token.is_sign("(") {
                open.push(at);
            } else if token.is_sign(")")
                && let Some(start) = open.pop()
            {
                closing[start] = at;
            }
        }
        Self { tokens, at: 0, depth: 0, is_redundant: false, closing }
    }

    fn peek(&self) -> &'p Token<'t> {
        // The last token is the end, and nothing goes past it.
        &self.tokens[self.at.min(self.tokens.len() - 1)]
    }

    fn next(&mut self) -> &'p Token<'t> {
        let token = self.peek();
        self.at += 1;
        token
    }

    /// The refusal of the token that is next: with its neighbours, as AWS shows it.
    fn unexpected<T>(&self) -> Result<T> {
        let last = self.tokens.len() - 1;
        let at = self.at.min(last);
        let (before, after) = (at.saturating_sub(1), (at + 1).min(last));
        let near = Token::span(&self.tokens[before], &self.tokens[after]);
        Err(format!("Syntax error; token: \"{}\", near: \"{}\"", self.tokens[at].shown(), near.trim_end()))
    }

    fn takes_sign(&mut self, sign: &str) -> bool {
        let is_next = self.peek().is_sign(sign);
        self.at += usize::from(is_next);
        is_next
    }

    fn takes_word(&mut self, keyword: &str) -> bool {
        let is_next = self.peek().is_word(keyword);
        self.at += usize::from(is_next);
        is_next
    }

    fn sign(&mut self, sign: &str) -> Result<()> {
        if self.takes_sign(sign) { Ok(()) } else { self.unexpected() }
    }

    fn end(&self) -> Result<()> {
        if self.peek().kind == Kind::End { Ok(()) } else { self.unexpected() }
    }

    fn list<T>(&mut self, mut one: impl FnMut(&mut Self) -> Result<T>) -> Result<Vec<T>> {
        let mut all = vec![one(self)?];
        while self.takes_sign(",") {
            all.push(one(self)?);
        }
        Ok(all)
    }

    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        if self.depth >= DEPTH_MAX {
            return Err(format!("The expression is nested too deeply; the limit is {DEPTH_MAX}"));
        }
        self.depth += 1;
        let read = read(self);
        self.depth -= 1;
        read
    }

    fn as_condition(&self, node: Node) -> Result<Raw> {
        match node {
            Node::Condition(condition) => Ok(condition),
            Node::Operand(RawOperand::Call(name, operands)) => Ok(Raw::Call(name, operands)),
            Node::Operand(RawOperand::Path(_) | RawOperand::Value(_)) => self.unexpected(),
        }
    }

    fn as_operand(&self, node: Node) -> Result<RawOperand> {
        match node {
            Node::Operand(operand) => Ok(operand),
            Node::Condition(_) => self.unexpected(),
        }
    }

    fn or(&mut self) -> Result<Node> {
        let first = self.and()?;
        if !self.peek().is_word("OR") {
            return Ok(first);
        }
        let mut all = vec![self.as_condition(first)?];
        while self.takes_word("OR") {
            let next = self.and()?;
            all.push(self.as_condition(next)?);
        }
        Ok(Node::Condition(Raw::Or(all)))
    }

    fn and(&mut self) -> Result<Node> {
        let first = self.not()?;
        if !self.peek().is_word("AND") {
            return Ok(first);
        }
        let mut all = vec![self.as_condition(first)?];
        while self.takes_word("AND") {
            let next = self.not()?;
            all.push(self.as_condition(next)?);
        }
        Ok(Node::Condition(Raw::And(all)))
    }

    fn not(&mut self) -> Result<Node> {
        if !self.takes_word("NOT") {
            return self.comparison();
        }
        let inner = self.deeper(Self::not)?;
        Ok(Node::Condition(Raw::Not(Box::new(self.as_condition(inner)?))))
    }

    fn comparison(&mut self) -> Result<Node> {
        let first = self.primary()?;
        if let Some(comparator) = Comparator::of_sign(self.peek()) {
            let left = self.as_operand(first)?;
            self.at += 1;
            let right = self.operand_or_parens()?;
            return Ok(Node::Condition(Raw::Compare(comparator, left, right)));
        }
        if self.peek().is_word("BETWEEN") {
            let value = self.as_operand(first)?;
            self.at += 1;
            let low = self.operand_or_parens()?;
            if !self.takes_word("AND") {
                return self.unexpected();
            }
            let high = self.operand_or_parens()?;
            return Ok(Node::Condition(Raw::Between(value, low, high)));
        }
        if self.peek().is_word("IN") {
            let value = self.as_operand(first)?;
            self.at += 1;
            self.sign("(")?;
            let list = self.list(Self::operand_or_parens)?;
            self.sign(")")?;
            return Ok(Node::Condition(Raw::In(value, list)));
        }
        Ok(first)
    }

    fn primary(&mut self) -> Result<Node> {
        if !self.peek().is_sign("(") {
            return self.operand().map(Node::Operand);
        }
        let open = self.at;
        let inner_closes = self.closing.get(open + 1).copied().unwrap_or(usize::MAX);
        if inner_closes != usize::MAX && inner_closes + 1 == self.closing[open] {
            self.is_redundant = true;
        }
        self.at += 1;
        let inner = self.deeper(Self::or)?;
        self.sign(")")?;
        Ok(inner)
    }

    fn operand_or_parens(&mut self) -> Result<RawOperand> {
        let node = self.primary()?;
        self.as_operand(node)
    }

    fn operand(&mut self) -> Result<RawOperand> {
        let token = self.peek();
        match token.kind {
            Kind::Value => {
                self.at += 1;
                Ok(RawOperand::Value(token.text.to_owned()))
            }
            Kind::Word
                if self.tokens.get(self.at + 1).is_some_and(|next| next.is_sign("("))
                    && !is_keyword(token) =>
            {
                self.at += 2;
                let operands = self.deeper(|parser| parser.list(Self::operand_or_parens))?;
                self.sign(")")?;
                Ok(RawOperand::Call(token.text.to_owned(), operands))
            }
            Kind::Word | Kind::Name => self.path().map(RawOperand::Path),
            Kind::Number | Kind::Sign | Kind::Strange | Kind::End => self.unexpected(),
        }
    }

    fn path(&mut self) -> Result<Vec<RawStep>> {
        let mut steps = vec![self.name()?];
        loop {
            if self.takes_sign(".") {
                steps.push(self.name()?);
            } else if self.takes_sign("[") {
                let token = self.peek();
                match token.text.parse() {
                    Ok(index) if token.kind == Kind::Number => steps.push(RawStep::Index(index)),
                    Ok(_) | Err(_) => return self.unexpected(),
                }
                self.at += 1;
                self.sign("]")?;
            } else {
                return Ok(steps);
            }
        }
    }

    fn name(&mut self) -> Result<RawStep> {
        let token = self.peek();
        let step = match token.kind {
            Kind::Word if !is_keyword(token) => RawStep::Name(token.text.to_owned()),
            Kind::Name => RawStep::Placeholder(token.text.to_owned()),
            Kind::Word | Kind::Value | Kind::Number | Kind::Sign | Kind::Strange | Kind::End => {
                return self.unexpected();
            }
        };
        self.at += 1;
        Ok(step)
    }

    fn section(&mut self) -> Result<(&'static str, Vec<RawAction>)> {
        let token = self.next();
        let is = |keyword| token.is_word(keyword);
        if is("SET") {
            return Ok(("SET", self.list(Self::set)?));
        }
        if is("REMOVE") {
            return Ok(("REMOVE", self.list(|parser| parser.path().map(RawAction::Remove))?));
        }
        if is("ADD") {
            return Ok(("ADD", self.list(|parser| Ok(RawAction::Add(parser.path()?, parser.value()?)))?));
        }
        if is("DELETE") {
            return Ok((
                "DELETE",
                self.list(|parser| Ok(RawAction::Delete(parser.path()?, parser.value()?)))?,
            ));
        }
        self.at -= 1;
        self.unexpected()
    }

    fn set(&mut self) -> Result<RawAction> {
        let path = self.path()?;
        self.sign("=")?;
        let first = self.operand_or_parens()?;
        let sum = if self.takes_sign("+") {
            RawSum::Plus(first, self.operand_or_parens()?)
        } else if self.takes_sign("-") {
            RawSum::Minus(first, self.operand_or_parens()?)
        } else {
            RawSum::One(first)
        };
        Ok(RawAction::Set(path, sum))
    }

    fn value(&mut self) -> Result<String> {
        let token = self.peek();
        if token.kind != Kind::Value {
            return self.unexpected();
        }
        self.at += 1;
        Ok(token.text.to_owned())
    }
}

/// Words that are no names even where a name may stand.
fn is_keyword(token: &Token<'_>) -> bool {
    ["AND", "OR", "NOT", "IN", "BETWEEN"].iter().any(|keyword| token.is_word(keyword))
}
