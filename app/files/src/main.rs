//! The files worker's entry.

fn main() {}
