//! What an XForm says, a line for each fact, so that two can be compared whatever the order of their
//! elements.

use roxmltree::{Document, Node};

const PREFIXES: [(&str, &str); 7] = [
    ("http://www.w3.org/2002/xforms", ""),
    ("http://www.w3.org/1999/xhtml", "h:"),
    ("http://openrosa.org/javarosa", "jr:"),
    ("http://openrosa.org/xforms", "orx:"),
    ("http://www.opendatakit.org/xforms", "odk:"),
    ("http://www.opendatakit.org/xforms/entities", "entities:"),
    (xform::NAMESPACE, "xst:"),
];

/// The facts of an XForm, sorted. What only this project understands is none.
pub(crate) fn of(xml: &str) -> Vec<String> {
    let document = Document::parse(xml).expect("an XForm");
    let root = document.root_element();
    let all = |name: &'static str| {
        document.descendants().filter(move |node| node.tag_name().name() == name)
    };
    let mut facts = vec![format!("title {}", text(all("title").next().expect("a title")))];
    let model = all("model").next().expect("a model");
    facts.push(line(["model", &attributes(model, "")]));
    let mut is_first = true;
    for element in elements(model) {
        match name(element).as_str() {
            "instance" if std::mem::take(&mut is_first) => primary(element, &mut facts),
            "instance" => secondary(element, &mut facts),
            "itext" => texts(element, &mut facts),
            "bind" => {
                let path = element.attribute("nodeset").unwrap_or_default();
                facts.push(format!("bind {path} {}", attributes(element, "nodeset")));
            }
            other => {
                let said = content(element);
                let said = if said.is_empty() { said } else { format!("= {said}") };
                facts.push(line([other, &attributes(element, ""), &said]));
            }
        }
    }
    let body = elements(root).find(|one| one.tag_name().name() == "body").expect("a body");
    let class = body.attribute("class").map(|class| format!("body class={}", squeezed(class)));
    facts.extend(class);
    seen(body, "", &mut facts);
    facts.sort();
    facts
}

fn primary(instance: Node<'_, '_>, facts: &mut Vec<String>) {
    let Some(root) = elements(instance).next() else { return };
    let path = format!("/{}", root.tag_name().name());
    facts.push(line(["root", root.tag_name().name(), &attributes(root, "")]));
    nodes(root, &path, facts);
}

fn nodes(above: Node<'_, '_>, path: &str, facts: &mut Vec<String>) {
    for element in elements(above) {
        let path = format!("{path}/{}", name(element));
        let value = text(element).trim().to_owned();
        let is_leaf = elements(element).next().is_none();
        let value = if is_leaf && !value.is_empty() { format!("= {value}") } else { String::new() };
        facts.push(line(["node", &path, &attributes(element, ""), &value]));
        nodes(element, &path, facts);
    }
}

fn secondary(instance: Node<'_, '_>, facts: &mut Vec<String>) {
    facts.push(line(["instance", &attributes(instance, "")]));
    for item in elements(instance).flat_map(elements) {
        let cells = elements(item)
            .map(|cell| format!("{}={}", cell.tag_name().name(), squeezed(&text(cell))));
        let id = instance.attribute("id").unwrap_or_default();
        facts.push(format!("choice {id} {}", cells.collect::<Vec<_>>().join(" ")));
    }
}

fn texts(itext: Node<'_, '_>, facts: &mut Vec<String>) {
    for translation in elements(itext) {
        let language = squeezed(translation.attribute("lang").unwrap_or_default());
        for text in elements(translation) {
            let id = text.attribute("id").unwrap_or_default();
            // pyxform says `-` for what the author left empty.
            for value in elements(text).filter(|value| content(*value) != "-") {
                let form = value.attribute("form").unwrap_or_default();
                facts.push(format!("text {language} {id} {form}= {}", content(value)));
            }
        }
    }
}

fn seen(around: Node<'_, '_>, path: &str, facts: &mut Vec<String>) {
    for element in elements(around) {
        let own = name(element);
        match own.as_str() {
            "label" | "hint" => {
                let attributes = attributes(element, "");
                facts.push(format!("{own} {path} {attributes}= {}", content(element)));
            }
            "itemset" => {
                let nodeset = squeezed(element.attribute("nodeset").unwrap_or_default());
                facts.push(format!("itemset {path} {nodeset} {}", parts(element)));
            }
            "item" => facts.push(format!("item {path} {}", parts(element))),
            _ => {
                facts.push(line([&own, &attributes(element, "")]));
                let here = element.attribute("ref").or_else(|| element.attribute("nodeset"));
                if !matches!(own.as_str(), "setvalue" | "odk:setgeopoint") {
                    seen(element, here.unwrap_or(path), facts);
                }
            }
        }
    }
}

fn parts(element: Node<'_, '_>) -> String {
    let parts = elements(element).map(|part| {
        let said = part.attribute("ref").map_or_else(|| text(part), str::to_owned);
        format!("{}={}", part.tag_name().name(), squeezed(&said))
    });
    parts.collect::<Vec<_>>().join(" ")
}

fn elements<'a, 'x>(element: Node<'a, 'x>) -> impl Iterator<Item = Node<'a, 'x>> {
    element.children().filter(Node::is_element)
}

fn text(element: Node<'_, '_>) -> String {
    element.text().unwrap_or_default().to_owned()
}

/// Words with what is put out in braces.
fn content(element: Node<'_, '_>) -> String {
    let parts = element.children().map(|part| match part.is_element() {
        true => format!("{{{}}}", squeezed(part.attribute("value").unwrap_or_default())),
        false => part.text().unwrap_or_default().to_owned(),
    });
    parts.collect::<String>().trim().replace('\n', "\\n")
}

fn attributes(element: Node<'_, '_>, without: &str) -> String {
    let named = element.attributes().map(|own| {
        let prefix = own.namespace().map(|uri| prefix(element, uri)).unwrap_or_default();
        (format!("{prefix}{}", own.name()), squeezed(own.value()))
    });
    let own = named.filter(|(name, _)| name != without && !name.starts_with("xst:"));
    let mut own: Vec<_> = own.map(|(name, value)| format!("{name}={value}")).collect();
    own.sort();
    own.join(" ")
}

fn name(element: Node<'_, '_>) -> String {
    let prefix = element.tag_name().namespace().map(|uri| prefix(element, uri));
    format!("{}{}", prefix.unwrap_or_default(), element.tag_name().name())
}

fn prefix(element: Node<'_, '_>, uri: &str) -> String {
    let known =
        PREFIXES.iter().find(|(own, _)| *own == uri).map(|(_, prefix)| (*prefix).to_owned());
    let own = || element.lookup_prefix(uri).map(|prefix| format!("{prefix}:"));
    known.or_else(own).unwrap_or_default()
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).collect()
}

fn line<const N: usize>(parts: [&str; N]) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
