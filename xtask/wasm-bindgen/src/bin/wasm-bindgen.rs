//! `wasm-bindgen`, which Trunk finds on its PATH: makes the JavaScript glue of a WebAssembly module.

fn main() -> anyhow::Result<()> {
    wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(std::env::args_os())
}
