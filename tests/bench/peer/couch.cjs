// A CouchDB for PouchDB to deliver to: express-pouchdb over LevelDB, which keeps everything in the
// folder of the second argument and serves the page in that of the first, so that the two are of one
// origin. It says `listening <port>`, and ends when it is killed.
const express = require("express");
const PouchDB = require("pouchdb");

const [page, data] = process.argv.slice(2);
const app = express();
app.use("/db", require("express-pouchdb")(PouchDB.defaults({ prefix: `${data}/` }), {
  mode: "minimumForPouchDB",
  inMemoryConfig: true,
}));
app.use(express.static(page));
const server = app.listen(0, "127.0.0.1", () => console.log("listening", server.address().port));
