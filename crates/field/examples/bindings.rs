//! Writes the TypeScript types of all commands: `cargo run -p linli-field --example bindings
//! -- FILE`. The file is committed, and a difference fails the checks.

use std::collections::BTreeMap;

use linli_field::api::change::Event;
use linli_field::api::{self, *};
use linli_field::with_commands;
use ts_rs::{Config, TS, TypeVisitor};

/// Declarations by name: the order in which they are met differs from build to build.
struct Gather<'a> {
    config: &'a Config,
    declared: BTreeMap<String, String>,
}

impl TypeVisitor for Gather<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if T::output_path().is_none() {
            // A wrapper such as Vec: what it holds is met through the generics.
            T::visit_generics(self);
            return;
        }
        let name = T::ident(self.config);
        if self.declared.contains_key(&name) {
            return;
        }
        let docs = T::docs().unwrap_or_default();
        let text = format!("\n{docs}export {}\n", T::decl(self.config));
        self.declared.insert(name, text);
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

fn main() -> std::io::Result<()> {
    let config = Config::default().with_large_int("number");
    let mut gather = Gather {
        config: &config,
        declared: BTreeMap::new(),
    };
    let mut commands = String::new();
    macro_rules! each {
        ($($name:ident($request:ty) -> $response:ty;)*) => {$(
            gather.visit::<$request>();
            gather.visit::<$response>();
            commands.push_str(&format!(
                "  {}: [{}, {}];\n",
                stringify!($name),
                <$request as TS>::name(&config),
                <$response as TS>::name(&config),
            ));
        )*};
    }
    with_commands!(each);
    gather.visit::<api::EdgeError>();
    gather.visit::<Event>();
    let file = format!(
        "// Generated from the Rust types of the field commands. Do not edit: run `make bindings`.\n{}\n/** Every command with its request and its answer. */\nexport type Commands = {{\n{commands}}};\n",
        gather.declared.into_values().collect::<String>()
    );
    match std::env::args().nth(1) {
        Some(path) => std::fs::write(path, file),
        None => {
            print!("{file}");
            Ok(())
        }
    }
}
