//! Spreadsheets, read. Where a table repeats what pyxform's own tests say, it names the file.

mod bombs;
mod choices;
mod columns;
mod entities;
mod expressions;
mod faults;
mod files;
mod formats;
mod groups;
mod languages;
mod malformed;
mod settings;
mod table;
mod township_forms;
mod types;
