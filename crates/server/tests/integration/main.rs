//! The township server over real HTTP, with a real database and folder.

mod console;
mod delivery;
mod forms;
mod intake;
mod material;
mod officer;
mod packs;
mod phone;
mod phone_app;
mod township;
