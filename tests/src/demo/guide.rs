//! Who somebody can sign in as: kept beside the data, so that every start can say it again.

use std::path::Path;

use anyhow::Result;
use serde::{Deserialize, Serialize};

/// Good for everybody in the demo.
pub(super) const PASSWORD: &str = "caravan-demo";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guide {
    /// The workspace's code, which the app asks for when somebody signs in.
    pub workspace: String,
    pub password: String,
    /// A director, a team manager, an account manager, in this order.
    pub people: Vec<Person>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub name: String,
    /// Such as EM-7K3QX; may be given in place of the name.
    pub code: String,
}

impl Guide {
    /// # Errors
    /// When the file cannot be written.
    pub fn write(&self, path: &Path) -> Result<()> {
        Ok(std::fs::write(path, serde_json::to_vec_pretty(self)?)?)
    }
}
