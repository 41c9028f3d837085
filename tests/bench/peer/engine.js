// ODK's published engine, made to do what `tests/bench/page/src/form.rs` does with ours. Bundled by
// `cargo xtask bench form`, which installs the engine for that alone.
import { createInstance } from "@getodk/xforms-engine";

const load = async (xform) => {
  const { root } = await createInstance(xform);
  return root;
};

// What is asked, without groups and what is computed.
const questions = (holder) =>
  holder.currentState.children.filter((node) => node.nodeType === "input" || node.nodeType === "select");

const whole = (node, value) => (node.valueType === "int" ? BigInt(value) : value);

const answer = (node, value) => {
  if (node.nodeType === "select") node.selectValue(value);
  else node.setValue(whole(node, value));
};

// The engine works out what is looked at: all that is computed over the whole form.
const look = (root) =>
  root.currentState.children
    .filter((node) => node.nodeType === "model-value")
    .map((node) => node.currentState.value);

const timed = (work) => {
  const begun = performance.now();
  work();
  return performance.now() - begun;
};

export const formLoad = async (xform) => {
  const begun = performance.now();
  await load(xform);
  return performance.now() - begun;
};

// Lets the page answer who asks how far it is.
const rest = () => new Promise((go) => setTimeout(go, 0));

export const flat = async (xform, changes) => {
  const root = await load(xform);
  const all = questions(root);
  let filling = 0;
  for (const node of all) {
    filling += timed(() => {
      answer(node, "1");
      look(root);
    });
    await rest();
  }
  const took = [filling];
  for (let turn = 0; turn < changes; turn++) {
    const node = all[(turn * 379 + 7) % all.length];
    took.push(timed(() => {
      answer(node, turn % 2 === 0 ? "2" : "3");
      look(root);
    }));
  }
  for (const value of ["1000", "1"]) {
    took.push(timed(() => {
      answer(all[0], value);
      look(root);
    }));
  }
  return took;
};

export const family = async (xform, people) => {
  const root = await load(xform);
  const repeat = root.currentState.children.find((node) => node.nodeType.startsWith("repeat-range"));
  const rows = () => repeat.currentState.children;
  const took = [timed(() => {
    while (rows().length < people) repeat.addInstances();
  })];
  const all = rows().map(questions);
  took.push(timed(() => {
    for (const row of all) {
      ["王秀兰", "40", "1200", "300", "50"].forEach((value, place) => {
        answer(row[place], value);
        look(root);
      });
    }
  }));
  for (let turn = 0; turn < 60; turn++) {
    const node = all[(turn * 37 + 3) % all.length][2];
    took.push(timed(() => {
      answer(node, turn % 2 === 0 ? "1300" : "1400");
      look(root);
    }));
  }
  return took;
};

export const cascade = async (xform, times) => {
  const root = await load(xform);
  const all = questions(root);
  const took = [];
  for (let turn = 0; turn < times; turn++) {
    took.push(timed(() => {
      for (let level = 0; level < 3; level++) {
        const offered = all[level].currentState.valueOptions;
        answer(all[level], offered[(turn + level) % offered.length].value);
      }
      const labels = all[3].currentState.valueOptions.map((choice) => choice.label.asString);
      if (labels.length === 0) throw new Error("no villages");
    }));
  }
  return took;
};
