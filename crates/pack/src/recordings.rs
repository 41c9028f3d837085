//! What somebody has to read out, so that phones without a Chinese voice can read the forms aloud.

use form::Form;
use form::model::{Kind, Medium, Node, Piece, Text};

use crate::{Item, Pack};

/// As many choices are read out with a question, as the phone's own voice does.
const MOST_CHOICES: usize = 6;

/// A question that is recorded, or should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recording {
    /// The item that asks it.
    pub item: String,
    /// Its name in the spreadsheet.
    pub question: String,
    /// The file in `forms/media/`: the one that the spreadsheet names, else one to name there, in
    /// the column `audio`.
    pub file: String,
    /// Whether the spreadsheet names it; it is there then.
    pub is_there: bool,
    /// What is read out: the question, its hint and a few choices, `…` where something is worked
    /// out.
    pub words: String,
}

impl Pack {
    /// Every question of every form, in the order in which they are asked.
    pub fn recordings(&self) -> impl Iterator<Item = Recording> {
        self.items.iter().flat_map(|item| {
            item.form.form.nodes.iter().filter_map(|node| Recording::of(item, node))
        })
    }
}

impl Recording {
    fn of(item: &Item, node: &Node) -> Option<Self> {
        let is_asked = matches!(node.kind, Kind::Question(_));
        let label = node.label.as_ref().filter(|_| is_asked)?;
        let mut sentences = vec![read_out(label)];
        sentences.extend(node.hint.as_ref().map(read_out));
        sentences.extend(choices(&item.form.form, node));
        let named = node.extras.as_ref().and_then(|extras| extras.media.file(Medium::Audio, 0));
        let file = || format!("{}-{}.mp3", item.id.0, node.name);
        Some(Self {
            item: item.id.0.clone(),
            question: node.name.clone(),
            file: named.map_or_else(file, str::to_owned),
            is_there: named.is_some(),
            words: sentences.iter().map(|sentence| ended(sentence)).collect(),
        })
    }
}

/// What there is to choose, where it is always the same and soon read.
fn choices(form: &Form, node: &Node) -> Option<String> {
    let source = node.question()?.choices().filter(|source| source.is_whole_list())?;
    let list = form.list(source.list()?);
    let labels: Vec<_> = (0..list.length).map(|place| list.label(place, 0)).collect();
    (labels.len() <= MOST_CHOICES).then(|| format!("可以选：{}", labels.join("、")))
}

/// With a full stop, where it does not end in a mark of its own.
fn ended(sentence: &str) -> String {
    let has_end = sentence.ends_with(|end: char| "。？！?!：:".contains(end));
    format!("{sentence}{}", if has_end { "" } else { "。" })
}

/// In the first language.
fn read_out(text: &Text) -> String {
    let pieces = text.pieces(0).iter().map(|piece| match piece {
        Piece::Words(words) => words.as_str(),
        Piece::Output(_) => "…",
    });
    pieces.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}
