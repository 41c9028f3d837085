//! From tokens to a tree, by the precedence of XPath 1.0, section 3.
//!
//! Of XPath's axes only `child`, `parent` and `self` exist, as the ODK XForms specification says.

use super::lexer::{LexError, Token, TokenKind, tokens};
use super::{Number, Operator};

/// An expression as written: names are not resolved yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed<'a> {
    /// What it is.
    pub kind: ParsedKind<'a>,
    /// Where it begins, in characters from 0.
    pub at: usize,
}

/// What a parsed expression is.
#[derive(Clone, Debug, PartialEq)]
pub enum ParsedKind<'a> {
    /// A number.
    Number(Number),
    /// A text.
    Text(&'a str),
    /// Nodes.
    Path(Path<'a>),
    /// A function, by its name, and its arguments.
    Call(&'a str, Vec<Parsed<'a>>),
    /// Operators that hold equally tight, worked from left to right.
    Operation(Box<Parsed<'a>>, Vec<(Operator, Parsed<'a>)>),
    /// A minus sign before an operand.
    Negation(Box<Parsed<'a>>),
    /// The nodes of several paths.
    Union(Vec<Parsed<'a>>),
}

/// Where nodes are.
#[derive(Clone, Debug, PartialEq)]
pub struct Path<'a> {
    /// Where the way begins.
    pub start: Start<'a>,
    /// What of the start is meant.
    pub only: Vec<Parsed<'a>>,
    /// The way.
    pub steps: Vec<Step<'a>>,
}

/// Where a path begins.
#[derive(Clone, Debug, PartialEq)]
pub enum Start<'a> {
    /// `/`
    Root,
    /// The node at hand.
    Here,
    /// `${name}`
    Reference(&'a str),
    /// `current()`, `instance('x')` and whatever else gives nodes.
    Call(Box<Parsed<'a>>),
}

/// One step of a path.
#[derive(Clone, Debug, PartialEq)]
pub struct Step<'a> {
    /// Where it leads.
    pub to: To<'a>,
    /// Which of those that are there.
    pub only: Vec<Parsed<'a>>,
}

/// Where a step leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To<'a> {
    /// To the children of this name.
    Child(&'a str),
    /// `*`: to all children.
    Children,
    /// `..`
    Parent,
    /// `.`
    Itself,
    /// `//`: to whatever is below, at any depth, and itself.
    Below,
}

/// Why an expression cannot be parsed. Positions count characters from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// See [`LexError`].
    #[error(transparent)]
    Lex(#[from] LexError),
    /// Something is missing at the end.
    #[error("式子没写完")]
    Unfinished,
    /// Something else was expected.
    #[error("第 {0} 个字符处看不懂：这里不该是“{1}”")]
    Unexpected(usize, String),
    /// An axis that forms do not have.
    #[error("路径里不能用“{0}::”，只能用 child、parent、self")]
    UnknownAxis(String),
    /// Parentheses deeper than anybody writes.
    #[error("括号套得太深")]
    TooDeep,
}

/// How deep parentheses, conditions and functions may be nested.
const DEPTH: u32 = 64;

/// Parses `source`.
///
/// # Errors
/// When it is not an expression.
pub fn parse(source: &str) -> Result<Parsed<'_>, ParseError> {
    let tokens = tokens(source)?;
    let mut parser = Parser { tokens: &tokens, next: 0, depth: 0 };
    let parsed = parser.expression(0)?;
    match parser.peek() {
        None => Ok(parsed),
        Some(token) => Err(unexpected(token)),
    }
}

struct Parser<'t, 'a> {
    tokens: &'t [Token<'a>],
    next: usize,
    depth: u32,
}

impl<'t, 'a> Parser<'t, 'a> {
    fn peek(&self) -> Option<&'t Token<'a>> {
        self.tokens.get(self.next)
    }

    fn take(&mut self) -> Result<&'t Token<'a>, ParseError> {
        let token = self.peek().ok_or(ParseError::Unfinished)?;
        self.next += 1;
        Ok(token)
    }

    fn is_sign(&self, ahead: usize, sign: &str) -> bool {
        let token = self.tokens.get(self.next + ahead);
        matches!(token, Some(Token { kind: TokenKind::Sign(own), .. }) if *own == sign)
    }

    fn skip(&mut self, sign: &str) -> bool {
        let is_there = self.is_sign(0, sign);
        self.next += usize::from(is_there);
        is_there
    }

    fn expect(&mut self, sign: &str) -> Result<(), ParseError> {
        if self.skip(sign) { Ok(()) } else { Err(unexpected(self.take()?)) }
    }

    /// Pratt's method: operands bind to the operator that holds tighter.
    fn expression(&mut self, floor: u8) -> Result<Parsed<'a>, ParseError> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(ParseError::TooDeep);
        }
        let mut left = self.operand()?;
        while let Some((_, strength)) =
            self.peek().and_then(operator).filter(|(_, strength)| *strength >= floor)
        {
            let at = left.at;
            let kind = ParsedKind::Operation(Box::new(left), self.operands(strength)?);
            left = Parsed { kind, at };
        }
        self.depth -= 1;
        Ok(left)
    }

    /// The operators of one strength that follow, each with its right operand.
    fn operands(&mut self, strength: u8) -> Result<Vec<(Operator, Parsed<'a>)>, ParseError> {
        let mut operands = Vec::new();
        while let Some((operator, _)) =
            self.peek().and_then(operator).filter(|(_, own)| *own == strength)
        {
            self.next += 1;
            operands.push((operator, self.expression(strength + 1)?));
        }
        Ok(operands)
    }

    fn operand(&mut self) -> Result<Parsed<'a>, ParseError> {
        let first = self.united()?;
        if !self.is_sign(0, "|") {
            return Ok(first);
        }
        let at = first.at;
        let mut all = vec![first];
        while self.skip("|") {
            all.push(self.united()?);
        }
        Ok(Parsed { kind: ParsedKind::Union(all), at })
    }

    fn united(&mut self) -> Result<Parsed<'a>, ParseError> {
        let token = self.peek().ok_or(ParseError::Unfinished)?;
        let at = token.at;
        let kind = match &token.kind {
            TokenKind::Sign("-") => {
                self.next += 1;
                ParsedKind::Negation(Box::new(self.expression(NEGATION)?))
            }
            TokenKind::Sign("/" | "//") => {
                let steps = self.steps(Vec::new())?;
                ParsedKind::Path(Path { start: Start::Root, only: Vec::new(), steps })
            }
            TokenKind::Sign("." | ".." | "*") => self.relative()?,
            TokenKind::Name(_) if !self.is_sign(1, "(") => self.relative()?,
            _ => {
                let primary = self.primary()?;
                self.path_from(primary)?.kind
            }
        };
        Ok(Parsed { kind, at })
    }

    fn primary(&mut self) -> Result<Parsed<'a>, ParseError> {
        let token = self.take()?;
        let at = token.at;
        let kind = match &token.kind {
            TokenKind::Number(value) => ParsedKind::Number(*value),
            TokenKind::Text(text) => ParsedKind::Text(text),
            TokenKind::Reference(name) => ParsedKind::Path(Path {
                start: Start::Reference(name),
                only: Vec::new(),
                steps: Vec::new(),
            }),
            TokenKind::Sign("(") => {
                let inner = self.expression(0)?;
                self.expect(")")?;
                inner.kind
            }
            TokenKind::Name(name) if self.skip("(") => ParsedKind::Call(name, self.arguments()?),
            _ => return Err(unexpected(token)),
        };
        Ok(Parsed { kind, at })
    }

    /// What follows a primary expression: conditions and steps make it the start of a path.
    fn path_from(&mut self, primary: Parsed<'a>) -> Result<Parsed<'a>, ParseError> {
        let only = self.conditions()?;
        let steps = self.steps(Vec::new())?;
        if only.is_empty() && steps.is_empty() {
            return Ok(primary);
        }
        let at = primary.at;
        let path = match primary.kind {
            ParsedKind::Path(Path { start, only: own, steps: before })
                if only.is_empty() || before.is_empty() =>
            {
                let only = own.into_iter().chain(only).collect();
                let steps = before.into_iter().chain(steps).collect();
                Path { start, only, steps }
            }
            kind => Path { start: Start::Call(Box::new(Parsed { kind, at })), only, steps },
        };
        Ok(Parsed { kind: ParsedKind::Path(path), at })
    }

    fn relative(&mut self) -> Result<ParsedKind<'a>, ParseError> {
        let first = self.step()?;
        let steps = self.steps(vec![first])?;
        Ok(ParsedKind::Path(Path { start: Start::Here, only: Vec::new(), steps }))
    }

    /// The steps that follow, each behind its slash.
    fn steps(&mut self, mut steps: Vec<Step<'a>>) -> Result<Vec<Step<'a>>, ParseError> {
        loop {
            if self.skip("//") {
                steps.push(Step { to: To::Below, only: Vec::new() });
            } else if !self.skip("/") {
                return Ok(steps);
            }
            steps.push(self.step()?);
        }
    }

    fn step(&mut self) -> Result<Step<'a>, ParseError> {
        let token = self.take()?;
        let to = match &token.kind {
            TokenKind::Sign(".") => To::Itself,
            TokenKind::Sign("..") => To::Parent,
            TokenKind::Sign("*") => To::Children,
            TokenKind::Name(axis) if self.skip("::") => {
                let test = self.node_test()?;
                match (*axis, test) {
                    ("child", Some(name)) => To::Child(name),
                    ("child", None) => To::Children,
                    ("parent", None) => To::Parent,
                    ("self", None) => To::Itself,
                    _ => return Err(ParseError::UnknownAxis((*axis).to_owned())),
                }
            }
            TokenKind::Name("node") if self.is_sign(0, "(") && self.is_sign(1, ")") => {
                self.next += 2;
                To::Children
            }
            TokenKind::Name(name) => To::Child(name),
            _ => return Err(unexpected(token)),
        };
        // XPath 1.0, section 2.5: what is abbreviated to dots takes no conditions.
        let is_dots = matches!(token.kind, TokenKind::Sign("." | ".."));
        let only = if is_dots { Vec::new() } else { self.conditions()? };
        Ok(Step { to, only })
    }

    /// What stands behind an axis: a name, or none for `*` and `node()`.
    fn node_test(&mut self) -> Result<Option<&'a str>, ParseError> {
        let token = self.take()?;
        match &token.kind {
            TokenKind::Sign("*") => Ok(None),
            TokenKind::Name("node") if self.skip("(") => self.expect(")").map(|()| None),
            TokenKind::Name(name) => Ok(Some(name)),
            _ => Err(unexpected(token)),
        }
    }

    fn conditions(&mut self) -> Result<Vec<Parsed<'a>>, ParseError> {
        let mut only = Vec::new();
        while self.skip("[") {
            only.push(self.expression(0)?);
            self.expect("]")?;
        }
        Ok(only)
    }

    fn arguments(&mut self) -> Result<Vec<Parsed<'a>>, ParseError> {
        let mut arguments = Vec::new();
        if self.skip(")") {
            return Ok(arguments);
        }
        loop {
            arguments.push(self.expression(0)?);
            if !self.skip(",") {
                self.expect(")")?;
                return Ok(arguments);
            }
        }
    }
}

/// How tight a minus sign before an operand holds: tighter than any operator with two.
const NEGATION: u8 = 7;

fn operator(token: &Token<'_>) -> Option<(Operator, u8)> {
    use Operator::{
        Add, And, Divide, Equal, Greater, GreaterOrEqual, Less, LessOrEqual, Multiply, Or,
        Remainder, Subtract, Unequal,
    };
    Some(match token.kind {
        TokenKind::Name("or") => (Or, 1),
        TokenKind::Name("and") => (And, 2),
        TokenKind::Sign("=") => (Equal, 3),
        TokenKind::Sign("!=") => (Unequal, 3),
        TokenKind::Sign("<") => (Less, 4),
        TokenKind::Sign("<=") => (LessOrEqual, 4),
        TokenKind::Sign(">") => (Greater, 4),
        TokenKind::Sign(">=") => (GreaterOrEqual, 4),
        TokenKind::Sign("+") => (Add, 5),
        TokenKind::Sign("-") => (Subtract, 5),
        TokenKind::Sign("*") => (Multiply, 6),
        TokenKind::Name("div") => (Divide, 6),
        TokenKind::Name("mod") => (Remainder, 6),
        _ => return None,
    })
}

fn unexpected(token: &Token<'_>) -> ParseError {
    let words = match &token.kind {
        TokenKind::Number(value) => value.to_string(),
        TokenKind::Text(text) => format!("'{text}'"),
        TokenKind::Reference(name) => format!("${{{name}}}"),
        TokenKind::Name(name) => (*name).to_owned(),
        TokenKind::Sign(sign) => (*sign).to_owned(),
    };
    ParseError::Unexpected(token.at + 1, words)
}
