//! `wasm-bindgen`, which Trunk finds on its PATH: makes the JavaScript glue of a WebAssembly module.

fn main() -> anyhow::Result<()> {
    wasm_bindgen_tools::bindgen(std::env::args_os().collect())
}
