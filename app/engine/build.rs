//! In a release the binary is cut into parts (docs/decisions/0017).

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=CARAVAN_PARTS");
    if std::env::var_os("CARAVAN_PARTS").is_some() {
        println!("cargo::rustc-cfg=caravan_parts");
        // Where the binary can be cut is read off its relocations.
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
}
