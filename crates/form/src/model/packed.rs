//! What a form is made of, in the order in which it is written.

use super::choice::{Cells, ChoiceList, ChoiceSource, ChoicesFrom, Column, FilterId, ListId};
use super::{
    Bounds, Edge, Entity, EntityAction, ExpressionId, Extras, Form, Graph, Initial, Kind, Language,
    Media, Medium, Node, NodeId, Piece, Question, Range, Recording, Rule, RuleId, RuleKind, Scope,
    ScopeId, Shuffle, Text, TextKind, Trigger,
};
use crate::packed::packed;

packed!(id NodeId ScopeId ListId FilterId ExpressionId RuleId Media);

packed!(struct Form {
    format, id, version, title, languages, nodes, lists, expressions, filters, graph,
    instance_name, scopes, entities, texts, needs_library,
});
packed!(struct Scope { node, parent, nodes });
packed!(struct Language { name, code });
packed!(struct Text { translations });
packed!(enum Piece { Words(words), 1 Output(id), });
packed!(enum Medium { Image, 1 BigImage, 2 Audio, 3 Video, });

packed!(struct Node {
    name, parent, children, kind, scope, slot, label, hint, guidance, constraint_message,
    required_message, relevant, required, read_only, constraint, calculation, default, appearance,
    trigger, extras,
});
packed!(struct Extras {
    warning, warning_message, media, parameters, prefill, purpose, retention,
});
packed!(struct Trigger { nodes, value });
packed!(enum Initial { Fixed(value), 1 Computed(id), 2 Property(name), });
packed!(enum Kind {
    Group,
    1 Repeat { rows, bounds, count, initial },
    2 Note,
    3 Calculated,
    4 Recorded(recording),
    5 Question(question),
});
packed!(enum Recording { StartPlace, 1 Place, 2 Audio, 3 Audit, 4 End, });
packed!(enum Question {
    Text(kind),
    1 Integer,
    2 Decimal,
    3 Date,
    4 Time,
    5 DateTime,
    6 SelectOne(source),
    7 SelectMultiple(source),
    8 Rank(source),
    9 Range(range),
    10 Place,
    11 Trace,
    12 Shape,
    13 Barcode,
    14 Image { files, max_pixels },
    15 Audio { max_seconds },
    16 Video { max_seconds },
    17 File,
    18 Acknowledge,
});
packed!(enum TextKind { Line, 1 Lines, 2 Digits, });
packed!(struct Range { start, end, step });
packed!(struct Bounds { min, max });

packed!(struct ChoiceList { name, length, columns, labels, computed, media });
packed!(struct Column { name, cells });
packed!(struct Cells { text, ends });
packed!(struct ChoiceSource { from, shuffle });
packed!(enum ChoicesFrom {
    List { list, value, label, filter },
    1 Rows { value, label, up, only },
});
packed!(struct Shuffle { seed });

packed!(struct Graph { rules, readers, about, timed, random, spoken });
packed!(struct Rule { node, kind, expression });
packed!(struct Edge { rule, up });
packed!(enum RuleKind {
    Relevant,
    1 Calculation,
    2 Choices,
    3 Required,
    4 ReadOnly,
    5 Constraint,
    6 Warning,
    7 Texts,
    8 Count,
    9 Trigger,
});

packed!(struct Entity { dataset, node, action, label, columns });
packed!(enum EntityAction {
    Create(condition),
    1 Update { id, condition, create_if },
});
