//! Which configuration holds for a folder: the nearest above it, up to the repository's root.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use dashmap::DashMap;

use super::Config;
use super::error::ConfigError;
use super::force::in_force;
use super::layer::{self, Layer, OWN_NAME, SHARED_NAME};
use crate::disk::{self, Kind};

type Answer = Result<Arc<Config>, ConfigError>;

/// The configurations read so far.
#[derive(Debug, Default)]
pub(crate) struct Configs {
    explicit: Option<Answer>,
    by_folder: DashMap<PathBuf, Answer>,
}

impl Configs {
    /// With `file` in force everywhere, if one is given.
    pub(crate) fn new(file: Option<&Path>) -> Self {
        Self { explicit: file.map(load), by_folder: DashMap::new() }
    }

    /// The configuration in force in `folder` (absolute).
    pub(crate) fn of_folder(&self, folder: &Path) -> Answer {
        if let Some(answer) = &self.explicit {
            return answer.clone();
        }
        if let Some(answer) = self.by_folder.get(folder).map(|entry| entry.clone()) {
            return answer;
        }
        let answer = self.find(folder);
        self.by_folder.insert(folder.to_owned(), answer.clone());
        answer
    }

    /// Forgets every configuration but an explicit one.
    pub(crate) fn forget(&self) {
        self.by_folder.clear();
    }

    fn find(&self, folder: &Path) -> Answer {
        for name in [OWN_NAME, SHARED_NAME] {
            let file = folder.join(name);
            if !disk::kind(&file).is_ok_and(|kind| kind != Kind::Folder) {
                continue;
            }
            if let Some(layer) = layer::read(&file).transpose() {
                return layer.and_then(in_force_with_extended);
            }
        }
        match folder.parent() {
            Some(above) if disk::kind(&folder.join(".git")).is_err() => self.of_folder(above),
            _ => Ok(Arc::default()),
        }
    }
}

fn load(file: &Path) -> Answer {
    let Some(layer) = layer::read(file)? else {
        return Err(ConfigError::whole(file, "it has no table [tool.cachelint]"));
    };
    in_force_with_extended(layer)
}

/// What a file and all that it extends put in force.
fn in_force_with_extended(layer: Layer) -> Answer {
    let mut layers = vec![layer];
    while let Some(layer) = extended(&layers)? {
        layers.push(layer);
    }
    layers.reverse();
    Ok(Arc::new(in_force(&layers)))
}

/// What the last of `layers` extends.
fn extended(layers: &[Layer]) -> Result<Option<Layer>, ConfigError> {
    let Some((layer, path)) = layers.last().and_then(|layer| Some((layer, layer.keys.extend.as_ref()?)))
    else {
        return Ok(None);
    };
    let file = crate::absolute(layer.folder(), Path::new(path));
    if layers.iter().any(|layer| layer.file == file) {
        return Err(at_extend(layer, &format!("`extend` comes back to {path}")));
    }
    match layer::read(&file) {
        Ok(Some(layer)) => Ok(Some(layer)),
        Ok(None) => Err(at_extend(layer, &format!("{path} has no table [tool.cachelint]"))),
        Err(error) if error.position.is_none() => {
            Err(at_extend(layer, &format!("{path}: {}", error.message)))
        }
        Err(error) => Err(error),
    }
}

fn at_extend(layer: &Layer, message: &str) -> ConfigError {
    let line = layer.written.iter().find(|written| written.key == "extend").map(|written| (written.line, 1));
    ConfigError { position: line, ..ConfigError::whole(&layer.file, message) }
}
