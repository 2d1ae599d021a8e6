//! The demo workspace: filled once, in a folder of its own, and who can sign in to it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::{places, process, step::step};

/// Beside the real one, so that the two never mix.
const FOLDER: &str = ".caravan-demo";
/// Written last: with it the workspace is whole.
const GUIDE: &str = "demo.json";
/// In the order of the guide.
const ROLES: [&str; 3] = [
    "Director · 销售总监",
    "Team manager · 客户经理主管",
    "Account manager · 客户经理",
];

pub(crate) struct Demo {
    pub(crate) data: PathBuf,
    guide: Value,
}

impl Demo {
    /// Fills the workspace with `program` unless it is there.
    pub(crate) fn ready(program: &Path) -> Result<Self> {
        let data = places::root().join(FOLDER);
        if data.join(GUIDE).exists() {
            println!("✓ The demo workspace is there");
        } else {
            step("Fill the demo workspace (about two minutes)", || {
                process::run(process::program(program).arg(&data))
            })?;
        }
        let guide = fs::read(data.join(GUIDE))?;
        let guide = serde_json::from_slice(&guide)
            .with_context(|| format!("{FOLDER}/{GUIDE} is damaged: delete {FOLDER}"))?;
        Ok(Self { data, guide })
    }

    /// How a person gets in.
    pub(crate) fn print(&self, port: u16) {
        let said = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        println!("\n  Sign in · 登录  http://localhost:{port}/sign-in");
        println!(
            "  Workspace code · 工作区编号  {}",
            said(&self.guide["workspace"])
        );
        println!("  Password · 密码  {}\n", said(&self.guide["password"]));
        let people = self.guide["people"].as_array().into_iter().flatten();
        for (role, person) in ROLES.iter().zip(people) {
            println!(
                "  {role}  {} ({})",
                said(&person["name"]),
                said(&person["code"])
            );
        }
        println!(
            "\n  Each browser profile is one person's device · 每个浏览器用户是一个人的一台设备"
        );
        println!("  To begin anew, delete {FOLDER} · 要重新生成，请删除 {FOLDER}\n");
    }
}
