//! Saying no, in words for the person and with what helps the office to find out why.

use std::borrow::Cow;

use protocol::sync::{Refusal, RefusalReason};
use protocol::{Digest, EnvelopeId};

use super::open::Letter;

pub(crate) const UNREADABLE: &str = "这份申请在路上损坏了，镇里读不出来。手机会再送一次";
pub(crate) const UNOPENABLE: &str = "这份申请在路上损坏或被改过，镇里打不开。手机会再送一次";
pub(crate) const ELSEWHERE: &str = "这份申请是送给别的乡镇的，不归这里";
pub(crate) const FORGED: &str = "这份申请的签名对不上，不能确认是谁交的。请在自己的手机上重新填";
pub(crate) const UNKNOWN: &str = "这份申请是别的版本的程序做的，镇里还读不懂。请更新后再送";
pub(crate) const UNKNOWN_FORM: &str = "镇里没有这张表，或者这件事已经不在镇里办。请打电话问一问";
pub(crate) const CONFLICTING: &str = "镇里先前收到过同一份申请，内容不一样。以先收到的为准";
pub(crate) const REVOKED: &str = "填这份申请的手机已经报停，镇里不收。还要办，请在自己现在用的手机上重新填，或到窗口办；\
                                  没有报停过，请打电话到镇里问";
pub(crate) const DENIED: &str = "镇里没有这一件，或者它不是从这部手机交的。请打电话到镇里问";
pub(crate) const LATER: &str = "镇里的服务器这会儿存不下，您的申请还在手机里，过一会儿自动再送";

/// What speaks against taking a letter.
#[derive(Clone, Debug)]
pub(crate) struct Objection {
    reason: RefusalReason,
    /// For the person.
    words: Cow<'static, str>,
    /// For the office: names of questions, never answers.
    details: String,
}

/// A letter that is not taken.
#[derive(Clone, Debug)]
pub(crate) struct Refused {
    pub(crate) refusal: Refusal,
    /// See [`Objection`].
    pub(crate) details: String,
    /// What was seen.
    pub(crate) bytes: Vec<u8>,
}

/// What whoever asks something of a case is told where it is not any more as they had seen it.
pub(super) fn superseded(why: &str) -> String {
    format!("{why}，和您提的时候不一样了。请看看现在的情况，再决定")
}

impl Objection {
    pub(super) fn new(reason: RefusalReason, words: impl Into<Cow<'static, str>>) -> Self {
        Self { reason, words: words.into(), details: String::new() }
    }

    pub(super) fn with_details(self, details: impl Into<String>) -> Self {
        Self { details: details.into(), ..self }
    }

    /// That it cannot be kept now.
    pub(super) fn later() -> Self {
        Self::new(RefusalReason::Later, LATER)
    }
}

impl Refused {
    pub(super) fn of(letter: &Letter, objection: Objection) -> Self {
        let Objection { reason, words, details } = objection;
        let envelope = letter.envelope.as_ref().map(|envelope| envelope.id);
        let refusal = make(envelope, letter.digest, reason, &words);
        Self { refusal, details, bytes: letter.bytes.clone() }
    }
}

pub(super) fn make(
    envelope: Option<EnvelopeId>,
    seen: Digest,
    reason: RefusalReason,
    words: &str,
) -> Refusal {
    Refusal { envelope, seen, reason, words: words.to_owned() }
}
