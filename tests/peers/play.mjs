// ODK's published engine (@getodk/xforms-engine), to be played beside ours: reads one JSON object a
// line, `{"xform", "files", "now", "actions"}`, plays it from the beginning, and answers with one:
// `{"states"}`, one state after loading and one after each action, or `{"error"}`.
import { createInterface } from "node:readline";
import { JSDOM } from "jsdom";

// The engine is made for browsers: it wants their document, and takes Node for a place with files.
const { window } = new JSDOM("");
for (const name of Object.getOwnPropertyNames(window)) {
  if (/^(DOMParser|XMLSerializer|XPathResult|XMLDocument|Document|DocumentFragment|Node|Element|Text|Attr|Comment|CDATASection|ProcessingInstruction)$/.test(name)) {
    globalThis[name] = window[name];
  }
}
const { stdin, stdout } = process;
globalThis.process = undefined;
globalThis.window = globalThis;
globalThis.document = window.document;
const { createInstance } = await import("@getodk/xforms-engine");

// A clock that stands still.
const RealDate = Date;
let now = RealDate.now();
globalThis.Date = class extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(now);
    else super(...parts);
  }
  static now() {
    return now;
  }
};

const respond = (files) => async (url) => {
  const name = decodeURIComponent(String(url).split("/").pop());
  const text = files[name];
  return text === undefined ? new Response("", { status: 404 }) : new Response(text);
};

// Repeats have no state of their own with us, their rows have.
const nodes = function* (node) {
  for (const child of node.currentState.children ?? []) {
    if (!child.nodeType.startsWith("repeat-range")) yield child;
    yield* nodes(child);
  }
};

const choices = (node) => {
  if (node.nodeType !== "select" && node.nodeType !== "rank") return undefined;
  return node.currentState.valueOptions.map((choice) => choice.value);
};

const fact = (node) => {
  const { relevant, required, readonly, label } = node.currentState;
  const holds = node.currentState.children === null;
  const violation = holds ? node.validationState.violation : null;
  return {
    kind: node.nodeType,
    value: holds ? node.currentState.instanceValue : undefined,
    relevant,
    required,
    readonly,
    valid: violation === null,
    label: label?.asString ?? null,
    choices: choices(node),
  };
};

const state = (root) => {
  const facts = {};
  for (const node of nodes(root)) facts[node.currentState.reference] = fact(node);
  return facts;
};

const find = (root, path) => {
  for (const node of nodes(root)) if (node.currentState.reference === path) return node;
  throw new Error(`nothing is at ${path}`);
};

const range = (root, path) => {
  const search = (node) => {
    for (const child of node.currentState.children ?? []) {
      if (child.nodeType.startsWith("repeat-range") && child.currentState.reference === path) return child;
      const found = search(child);
      if (found) return found;
    }
    return undefined;
  };
  const found = search(root);
  if (!found) throw new Error(`no repeat is at ${path}`);
  return found;
};

const words = (value) => value.split(" ").filter((word) => word !== "");

const typed = ({ valueType }, value) => {
  if (valueType === "string" || valueType === "boolean") return value;
  if (value === "") return null;
  if (valueType === "int") return BigInt(value);
  if (valueType === "decimal") return Number(value);
  return value;
};

const set = (node, value) => {
  switch (node.nodeType) {
    case "select":
      return node.selectType === "select" ? node.selectValues(words(value)) : node.selectValue(value === "" ? null : value);
    case "rank":
      return node.setValues(words(value));
    case "trigger":
      return node.setValue(value !== "");
    case "range":
      return node.setValue(value === "" ? null : String(value));
    default:
      return node.setValue(typed(node, value));
  }
};

const act = (root, { op, path, value }) => {
  switch (op) {
    case "set":
      return set(find(root, path), value);
    case "add":
      return range(root, path).addInstances();
    case "remove": {
      const [, repeat, place] = path.match(/^(.*)\[(\d+)\]$/);
      return range(root, repeat).removeInstances(Number(place) - 1);
    }
    case "language": {
      const language = root.languages.find((own) => own.language === value);
      if (!language) throw new Error(`nothing is said in ${value}`);
      return root.setLanguage(language);
    }
    default:
      throw new Error(`${op} is no action`);
  }
};

const play = async ({ xform, files, now: moment, actions }) => {
  now = RealDate.parse(moment);
  const fetchFormAttachment = respond(files);
  const { root } = await createInstance(xform, { form: { fetchFormAttachment } });
  const states = [state(root)];
  for (const action of actions) {
    try {
      act(root, action);
    } catch (error) {
      return { states, error: String(error) };
    }
    states.push(state(root));
  }
  return { states };
};

for await (const line of createInterface({ input: stdin })) {
  const answer = await play(JSON.parse(line)).catch((error) => ({ error: String(error?.message ?? error) }));
  stdout.write(`${JSON.stringify(answer)}\n`);
}
