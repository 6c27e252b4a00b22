//! Which configuration holds for a folder: the nearest above it, up to the repository's root.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use dashmap::DashMap;

use super::Config;
use super::base::Base;
use super::error::ConfigError;
use super::force::in_force;
use super::layer::{self, Layer, OWN_NAME, SHARED_NAME};
use crate::disk::{self, Kind};

type Answer = Result<Arc<Config>, ConfigError>;

/// The configurations read so far.
#[derive(Debug)]
pub(crate) struct Configs {
    directory: PathBuf,
    base: Base,
    explicit: Option<Answer>,
    by_folder: DashMap<PathBuf, Answer>,
}

impl Configs {
    /// Those of a project opened in `directory`, over `base`; with `file` in force everywhere, if one is given.
    pub(crate) fn new(directory: &Path, base: Base, file: Option<&Path>) -> Self {
        let (directory, by_folder) = (directory.to_owned(), DashMap::new());
        let mut configs = Self { directory, base, explicit: None, by_folder };
        configs.explicit = file.map(|file| configs.load(file));
        configs
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
                return layer.and_then(|layer| self.in_force_with_extended(layer));
            }
        }
        match folder.parent() {
            Some(above) if disk::kind(&folder.join(".git")).is_err() => self.of_folder(above),
            _ => Ok(Arc::new(in_force(&[self.base.layer(&self.directory)]))),
        }
    }

    fn load(&self, file: &Path) -> Answer {
        let Some(layer) = layer::read(file)? else {
            return Err(ConfigError::whole(file, "it has no table [tool.cachelint]"));
        };
        self.in_force_with_extended(layer)
    }

    /// What a file and all that it extends put in force.
    fn in_force_with_extended(&self, layer: Layer) -> Answer {
        let mut layers = vec![layer];
        while let Some(layer) = extended(&layers)? {
            layers.push(layer);
        }
        layers.push(self.base.layer(&self.directory));
        layers.reverse();
        Ok(Arc::new(in_force(&layers)))
    }
}

/// What the last of `layers` extends.
fn extended(layers: &[Layer]) -> Result<Option<Layer>, ConfigError> {
    let last =
        layers.last().and_then(|layer| Some((layer, layer.file.as_ref()?, layer.keys.extend.as_ref()?)));
    let Some((layer, own, path)) = last else { return Ok(None) };
    let at_extend = |message: &str| {
        let line =
            layer.written.iter().find(|written| written.key == "extend").map(|written| (written.line, 1));
        ConfigError { position: line, ..ConfigError::whole(own, message) }
    };
    let file = crate::absolute(&layer.folder, Path::new(path));
    if layers.iter().any(|layer| layer.file.as_ref() == Some(&file)) {
        return Err(at_extend(&format!("`extend` comes back to {path}")));
    }
    match layer::read(&file) {
        Ok(Some(layer)) => Ok(Some(layer)),
        Ok(None) => Err(at_extend(&format!("{path} has no table [tool.cachelint]"))),
        Err(error) if error.position.is_none() => Err(at_extend(&format!("{path}: {}", error.message))),
        Err(error) => Err(error),
    }
}
