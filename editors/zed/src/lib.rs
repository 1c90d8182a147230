//! Starts `ecslint lsp` from the settings or from `PATH`. All knowledge of ECS is in the server.

use zed_extension_api::settings::LspSettings;
use zed_extension_api::{self as zed, Command, LanguageServerId, Result, Worktree};

struct Ecslint;

impl zed::Extension for Ecslint {
    fn new() -> Self {
        Ecslint
    }

    fn language_server_command(&mut self, server: &LanguageServerId, worktree: &Worktree) -> Result<Command> {
        let set = LspSettings::for_worktree(server.as_ref(), worktree).ok();
        let path = set.and_then(|set| set.binary).and_then(|binary| binary.path);
        let command = path.or_else(|| worktree.which("ecslint"));
        let command = command.ok_or("ecslint is not on the PATH, and `lsp.ecslint.binary.path` is not set")?;
        Ok(Command { command, args: vec!["lsp".to_owned()], env: worktree.shell_env() })
    }
}

zed::register_extension!(Ecslint);
