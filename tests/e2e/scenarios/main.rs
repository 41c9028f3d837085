//! Stands for the scenarios until they are written.
