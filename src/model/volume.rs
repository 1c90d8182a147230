//! A volume of a task definition (ECS API, `Volume`, `EFSVolumeConfiguration`).

use crate::diagnostic::Place;
use crate::model::switch::is_enabled;
use crate::model::{Project, Task};
use crate::value::Entry;
use crate::view::{Value, View};

/// A volume.
#[derive(Clone, Copy, Debug)]
pub struct Volume<'a> {
    /// The task definition it is part of.
    pub task: Task<'a>,
    /// The volume.
    pub view: View<'a>,
}

/// A volume's `efsVolumeConfiguration`.
#[derive(Clone, Copy, Debug)]
pub struct Efs<'a> {
    /// The volume.
    pub volume: Volume<'a>,
    /// Its configuration.
    pub view: View<'a>,
}

impl<'a> Project<'a> {
    /// The volumes of all task definitions that are known to be there.
    pub fn volumes(self) -> impl Iterator<Item = Volume<'a>> {
        self.tasks().flat_map(Task::volumes)
    }
}

impl<'a> Volume<'a> {
    /// `name`.
    pub fn name(self) -> Value<&'a str> {
        self.view.str("name")
    }

    /// What to call it in a message: its name in quotes, or that it has none that is known.
    pub fn called(self) -> String {
        match self.name() {
            Value::Known(name, _) => format!("volume `{name}`"),
            Value::Unknown(_) | Value::Missing => "the volume".to_owned(),
        }
    }

    /// What to point at where something is missing: its name, or its first brace.
    pub fn anchor(self) -> Place {
        self.view.heading("name")
    }

    /// `configuredAtLaunch`; a volume is not, unless it says so.
    pub fn configured_at_launch(self) -> Value<bool> {
        self.view.bool("configuredAtLaunch").or_default(false, self.anchor())
    }

    /// `efsVolumeConfiguration`, if it certainly is there.
    pub fn efs(self) -> Option<Efs<'a>> {
        let view = self.view.object("efsVolumeConfiguration").known()?;
        Some(Efs { volume: self, view })
    }
}

impl<'a> Efs<'a> {
    /// What to point at where something is missing.
    pub fn anchor(self) -> Place {
        self.view.heading("fileSystemId")
    }

    /// `transitEncryption`: whether it is on; it is not unless it says so.
    pub fn is_encrypted(self) -> Value<bool> {
        self.view.str("transitEncryption").and_then(is_enabled).or_default(false, self.anchor())
    }

    /// What of it needs encryption in transit, if anything certainly does: IAM, an access point, or a port for it.
    pub fn needs_encryption(self) -> Option<(&'a Entry, &'static str)> {
        let authorization = self.view.object("authorizationConfig").known();
        let iam = authorization.filter(|view| view.str("iam").known() == Some("ENABLED"));
        let iam = iam.and_then(|view| Some((view.entry("iam")?, "IAM authorization")));
        let point = || Some((authorization?.given("accessPointId")?, "an access point"));
        let port = || Some((self.view.given("transitEncryptionPort")?, "a transit encryption port"));
        iam.or_else(point).or_else(port)
    }
}
