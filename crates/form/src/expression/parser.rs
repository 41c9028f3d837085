//! From tokens to a tree, by the precedence of XPath 1.0, section 3.

use super::Operator;
use super::lexer::{LexError, Token, TokenKind, tokens};

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
    Number(f64),
    /// A text.
    Text(&'a str),
    /// `.`
    This,
    /// `${name}`
    Reference(&'a str),
    /// A bare name.
    Name(&'a str),
    /// A function, by its name, and its arguments.
    Call(&'a str, Vec<Parsed<'a>>),
    /// Two operands.
    Binary(Operator, Box<Parsed<'a>>, Box<Parsed<'a>>),
    /// A minus sign before an operand.
    Negation(Box<Parsed<'a>>),
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
    /// Parentheses deeper than anybody writes.
    #[error("括号套得太深")]
    TooDeep,
}

/// How deep parentheses and functions may be nested.
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

    fn is_next(&self, sign: &str) -> bool {
        matches!(self.peek(), Some(Token { kind: TokenKind::Sign(own), .. }) if *own == sign)
    }

    fn expect(&mut self, sign: &str) -> Result<(), ParseError> {
        let token = self.take()?;
        match token.kind {
            TokenKind::Sign(own) if own == sign => Ok(()),
            _ => Err(unexpected(token)),
        }
    }

    /// Pratt's method: operands bind to the operator that holds tighter.
    fn expression(&mut self, floor: u8) -> Result<Parsed<'a>, ParseError> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(ParseError::TooDeep);
        }
        let mut left = self.operand()?;
        while let Some((operator, strength)) = self.peek().and_then(operator) {
            if strength < floor {
                break;
            }
            self.next += 1;
            let right = self.expression(strength + 1)?;
            let at = left.at;
            left =
                Parsed { kind: ParsedKind::Binary(operator, Box::new(left), Box::new(right)), at };
        }
        self.depth -= 1;
        Ok(left)
    }

    fn operand(&mut self) -> Result<Parsed<'a>, ParseError> {
        let token = self.take()?;
        let at = token.at;
        let kind = match &token.kind {
            TokenKind::Number(value) => ParsedKind::Number(*value),
            TokenKind::Text(text) => ParsedKind::Text(text),
            TokenKind::Reference(name) => ParsedKind::Reference(name),
            TokenKind::Sign(".") => ParsedKind::This,
            TokenKind::Sign("-") => ParsedKind::Negation(Box::new(self.expression(NEGATION)?)),
            TokenKind::Sign("(") => {
                let inner = self.expression(0)?;
                self.expect(")")?;
                inner.kind
            }
            TokenKind::Name(name) if self.is_next("(") => {
                self.next += 1;
                ParsedKind::Call(name, self.arguments()?)
            }
            TokenKind::Name(name) => ParsedKind::Name(name),
            TokenKind::Sign(_) => return Err(unexpected(token)),
        };
        Ok(Parsed { kind, at })
    }

    fn arguments(&mut self) -> Result<Vec<Parsed<'a>>, ParseError> {
        let mut arguments = Vec::new();
        if self.is_next(")") {
            self.next += 1;
            return Ok(arguments);
        }
        loop {
            arguments.push(self.expression(0)?);
            if self.is_next(",") {
                self.next += 1;
            } else {
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
