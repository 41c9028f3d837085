//! What can be said to `cargo xtask`.

use std::ffi::OsString;

xflags::xflags! {
    /// Everything that is done with this repository. What is missing is fetched first.
    cmd xtask {
        /// Build everything and serve phone app, API and console on one address.
        cmd run {
            /// The address, by default 127.0.0.1:8080.
            optional --listen address: String
        }

        /// Run every check and test, or only the named parts.
        cmd test {
            /// Only end-to-end tests, or only what is fuzzed, whose name contains this.
            optional --only name: String
            /// How long to fuzz in all; 45 where nothing is said.
            optional --seconds seconds: u32
            /// Write what end-to-end tests look at into docs/pictures.
            optional --pictures
            /// As long as it takes: many more schedules, and with the code broken on purpose.
            optional --long
            /// Of: format, graph, lint, docs, native, simulation, fuzz, peers, browser, e2e.
            repeated part: String
        }

        /// Measure this build, beside its peers where they are here.
        cmd bench {
            /// One JSON object a line.
            optional --json
            /// Only these cases.
            repeated name: String
        }

        /// Build the program that is given to townships: the server with the app in it.
        cmd dist {}

        /// Call Trunk with the tools that it needs: `cargo xtask trunk -- serve`.
        cmd trunk {
            /// For Trunk.
            repeated argument: OsString
        }

        /// Finish what Trunk built. Trunk calls this.
        cmd precache {}
    }
}
