// PouchDB and Dexie, as they are published, made to do what the vault is measured at
// (`tests/bench/page/src/save.rs`, `deliver.rs`). Neither seals anything: they do less.
import Dexie from "/dexie.mjs";
import "/pouchdb.js";

const PouchDB = window.PouchDB;

// One answer after the other, of which the page gives name and value in turn.
const pairs = (flat) => Array.from({ length: flat.length / 2 }, (_, at) => [flat[2 * at], flat[2 * at + 1]]);

const document = (number, title, answers) => ({
  _id: String(number).padStart(6, "0"),
  item: "bench",
  title,
  updated_at: Date.now(),
  answers,
});

const timed = async (work) => {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
};

const timesOf = async (times, work) => {
  const took = [];
  for (let turn = 0; turn < times; turn++) took.push(await timed(() => work(turn)));
  return took;
};

const pouch = async (name) => {
  await new PouchDB(name).destroy();
  return new PouchDB(name);
};

const dexie = async (name) => {
  await Dexie.delete(name);
  const db = new Dexie(name, { chromeTransactionDurability: "strict" });
  db.version(1).stores({ applications: "_id" });
  await db.open();
  return db.applications;
};

// PouchDB has no word for durability: browsers then say that something is kept before it is on the
// disk. The vault and Dexie wait for the disk, so PouchDB is made to.
const durably = async (work) => {
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function (stores, mode) {
    return transaction.call(this, stores, mode, { durability: "strict" });
  };
  try {
    return await work();
  } finally {
    IDBDatabase.prototype.transaction = transaction;
  }
};

// One draft, kept after each answer.
const saves = async (flat, times, put) => {
  const draft = document(1, "王秀兰", pairs(flat));
  return timesOf(times, (turn) => {
    draft.answers[turn % draft.answers.length][1] = `李国强 ${turn}`;
    draft.updated_at = Date.now();
    return put(draft);
  });
};

const pouchSaves = async (flat, times) => {
  const db = await pouch("bench saves");
  return saves(flat, times, async (draft) => (draft._rev = (await db.put(draft)).rev));
};

export const pouchSavesAsItIs = pouchSaves;

export const pouchSavesDurably = (flat, times) => durably(() => pouchSaves(flat, times));

export const dexieSaves = async (flat, times) => {
  const applications = await dexie("bench saves");
  return saves(flat, times, (draft) => applications.put(draft));
};

// No more than a list shows: neither is made to read whole applications.
const summaries = (from, count) =>
  Array.from({ length: count }, (_, at) => ({
    ...document(from + at, "报修·随手拍", undefined),
    envelope: crypto.randomUUID(),
    finished_at: Date.now(),
    state: "delivered",
  }));

const LISTS = 5;
const PART = 500;

export const pouchLists = async (count) => {
  const db = await pouch("bench lists");
  for (let from = 0; from < count; from += PART) await db.bulkDocs(summaries(from, PART));
  return timesOf(LISTS, async () => {
    const { rows } = await db.allDocs({ include_docs: true });
    if (rows.length !== count) throw new Error(`${rows.length} are listed`);
  });
};

export const dexieLists = async (count) => {
  const applications = await dexie("bench lists");
  for (let from = 0; from < count; from += PART) await applications.bulkPut(summaries(from, PART));
  return timesOf(LISTS, async () => {
    const rows = await applications.toArray();
    if (rows.length !== count) throw new Error(`${rows.length} are listed`);
  });
};

// What waits for a network; then the milliseconds until all of it is at the CouchDB of this page's
// origin.
export const pouchFills = async (flat, count) => {
  const db = await pouch("bench deliver");
  const applications = Array.from({ length: count }, (_, at) => document(at, "报修·随手拍", pairs(flat)));
  await db.bulkDocs(applications);
  return [count];
};

export const pouchDelivers = async (count) => {
  const db = new PouchDB("bench deliver");
  const begun = performance.now();
  // What it writes down of how far it came follows, and is not waited for.
  const took = await new Promise((delivered, failed) => {
    const replication = db.replicate.to(`${location.origin}/db/applications`);
    replication.on("change", ({ docs_written }) => docs_written === count && delivered(performance.now() - begun));
    replication.then(({ docs_written }) => failed(new Error(`${docs_written} were delivered`)), failed);
  });
  return [took];
};
