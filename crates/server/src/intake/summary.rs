//! How an application is called in lists, and what it is found by.

use form::answers::Content;
use form::model::Question;
use form::{Answers, Session, spoken};
use pack::Item;

/// How an application is called in lists, and what it is found by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Summary {
    /// Whose it is.
    pub(crate) person: String,
    /// What else tells it from others.
    pub(crate) about: String,
    /// What it is found by, in lower case, apart from its number.
    pub(crate) search: String,
}

/// What applications of people who need not give a name are called.
const ANONYMOUS: &str = "匿名";
/// In the place of what was spoken instead of written.
const SPOKEN: &str = "（说的，请听录音）";
/// Identity cards are found by so many of their last characters, and no more is kept for it.
const IDENTITY_TAIL: usize = 4;

pub(super) fn summarize(item: &Item, session: &Session, answers: &Answers) -> Summary {
    // The item names questions of its form; these answers may be to an older one.
    let path = |name: &String| pack::path(session.form(), name);
    let value =
        |name: &Option<String>| name.as_ref().and_then(path).and_then(|path| answers.value(&path));
    let person = readable(value(&item.summary.person).unwrap_or(ANONYMOUS)).to_owned();
    let detail = |name: &String| Some(words(session, name, readable(answers.value(&path(name)?)?)));
    let mut about: Vec<_> = item.summary.details.iter().filter_map(detail).collect();
    let count = item.summary.count.as_ref().and_then(path);
    if let Some(count) = count.and_then(|path| rows(answers, &path)) {
        about.push(format!("{count} 人"));
    }
    let identity = value(&item.summary.identity).unwrap_or_default();
    let tail = identity.chars().count().saturating_sub(IDENTITY_TAIL);
    let tail: String = identity.chars().skip(tail).collect();
    let phone = value(&item.summary.phone).unwrap_or_default();
    let search = [person.as_str(), phone, &tail].join("\n").to_lowercase();
    Summary { person, about: about.join(" · "), search }
}

/// Whether what an application is called by is somebody's name, as they wrote it.
pub(crate) fn is_name(person: &str) -> bool {
    !["", ANONYMOUS, SPOKEN].contains(&person.trim())
}

/// What was spoken can only be heard.
fn readable(value: &str) -> &str {
    if spoken::file_in(value).is_some() { SPOKEN } else { value }
}

/// An answer as people read it: the words of a choice instead of its name.
fn words(session: &Session, name: &str, value: &str) -> String {
    let node = session.form().find(name);
    let Some(at) = node.and_then(|id| session.nearest(session.root(), id)) else {
        return value.to_owned();
    };
    if session.form().node(at.node).question().and_then(Question::choices).is_none() {
        return value.to_owned();
    }
    let names = value.split(' ').map(|name| session.label_of(at, name).unwrap_or(name.into()));
    names.collect::<Vec<_>>().join("、")
}

fn rows(answers: &Answers, path: &str) -> Option<usize> {
    let (above, name) = match path.rsplit_once('/') {
        Some((above, name)) => (Some(above), name),
        None => (None, path),
    };
    let holder = above.into_iter().flat_map(|above| above.split('/'));
    let holder =
        holder.into_iter().try_fold(answers, |answers, name| match answers.get(name)? {
            Content::Group(answers) => Some(answers),
            _ => None,
        })?;
    match holder.rows(name).len() {
        0 => None,
        count => Some(count),
    }
}
