//! The optional TOML file. Its tables are named after the concerns; its keys are the long flags.

use std::path::Path;

use serde::Deserialize;

use super::{ConfigError, LimitOptions, ListenOptions, LogOptions, StorageOptions, WebOptions};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ConfigFile {
    pub listen: ListenOptions,
    pub storage: StorageOptions,
    pub web: WebOptions,
    pub limits: LimitOptions,
    pub log: LogOptions,
}

/// No path means an empty file.
pub fn read_file(path: Option<&Path>) -> Result<ConfigFile, ConfigError> {
    let Some(path) = path else {
        return Ok(ConfigFile::default());
    };
    let text = std::fs::read_to_string(path).map_err(|source| ConfigError::Unreadable {
        path: path.to_owned(),
        source,
    })?;
    toml::from_str(&text).map_err(|source| ConfigError::Malformed {
        path: path.to_owned(),
        source: Box::new(source),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<ConfigFile, ConfigError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("caravan.toml");
        std::fs::write(&path, text).unwrap();
        read_file(Some(&path))
    }

    #[test]
    fn tables_are_concerns_and_keys_are_flags() {
        let file = parsed(
            "[listen]\naddress = '0.0.0.0'\npublic-url = ['https://crm.example.com']\n\
             [limits]\nmax-sockets = 12\n",
        )
        .unwrap();
        assert_eq!(file.listen.address, Some("0.0.0.0".parse().unwrap()));
        assert_eq!(file.limits.max_sockets, Some(12));
        assert_eq!(file.web.dist, None);
    }

    #[test]
    fn a_misspelt_key_is_refused() {
        assert!(matches!(
            parsed("[listen]\nlisten-on = '0.0.0.0'\n"),
            Err(ConfigError::Malformed { .. })
        ));
    }
}
