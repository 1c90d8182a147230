//! The user data of EC2 instances: what their start script certainly configures and runs.

mod cloud_init;
mod commands;
mod settings;
mod shell;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use crate::diagnostic::Place;
use crate::source::Span;
use crate::value::{Mapped, Node, NodeKind};

/// What the user data of an instance does, as far as it is known.
#[derive(Clone, Debug)]
pub struct UserData {
    /// The settings of the ECS agent, in the order in which they are written. The last one of a name takes effect.
    pub settings: Vec<AgentSetting>,
    /// What is certain about it.
    pub certainty: Certainty,
    /// Its language.
    pub language: ScriptLanguage,
    /// Why commands that configure the agent never run, if that is certain.
    pub halt: Option<Halt>,
    /// The command that starts the agent and waits for it, if one certainly runs.
    pub waits: Option<Place>,
}

/// Why commands in a script never run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Halt {
    /// The reason.
    pub cause: HaltCause,
    /// The place in the script.
    pub place: Place,
}

/// What keeps commands in a script from running.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HaltCause {
    /// Blanks or lines before `#!`, so the kernel does not find the interpreter.
    Indented,
    /// The first line is none that cloud-init knows, so it ignores the script.
    NoInterpreter,
    /// The script ends before them.
    Exit,
    /// The shell does not understand a line, because `<` or `>` is written as in HTML.
    Escaped,
}

/// The languages of user data. Each operating system runs only some of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScriptLanguage {
    /// There is none, or an unknown one.
    Unknown,
    /// A script, a document of cloud-init, or an archive with several of them.
    Shell,
    /// PowerShell, for Windows.
    PowerShell,
    /// The settings of Bottlerocket.
    Settings,
}

/// A setting of the ECS agent, such as `ECS_CLUSTER=main`.
#[derive(Clone, Debug)]
pub struct AgentSetting {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: Node,
    /// The place of the whole line.
    pub place: Place,
}

/// How much of a start script is understood, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// A part that is not understood may change the settings of the agent.
    None,
    /// All changes of the agent's settings are understood, but other commands may install or configure more.
    Settings,
    /// All of it is understood, so it does nothing else.
    Whole,
}

/// The form of user data in a request.
enum Form {
    /// A script that is encoded as the API requires.
    Script(Mapped<'static>),
    /// A script that is not encoded.
    Plain,
    /// An unknown value.
    Unknown,
}

impl UserData {
    /// The user data of an instance without any.
    pub fn none() -> UserData {
        UserData {
            settings: Vec::new(),
            certainty: Certainty::Whole,
            language: ScriptLanguage::Unknown,
            halt: None,
            waits: None,
        }
    }

    /// What the script in the member `UserData` of a request does; `None` if its text is unknown.
    pub fn read(node: &Node) -> Option<UserData> {
        let Form::Script(script) = form(node) else { return None };
        let mut data = UserData::none();
        data.run(&script);
        let used = |at: Span| Place { span: at, used: node.used.filter(|used| !used.contains(at)), of: None };
        for setting in &mut data.settings {
            setting.place = used(setting.place.span);
        }
        data.waits = data.waits.map(|place| used(place.span));
        if let Some(halt) = &mut data.halt {
            halt.place = used(halt.place.span);
        }
        Some(data)
    }

    /// The setting with this name that takes effect; `None` if there is none, or if another one may take effect.
    pub fn setting(&self, name: &str) -> Option<&AgentSetting> {
        let found = self.settings.iter().rev().find(|setting| setting.name == name);
        found.filter(|_| self.certainty > Certainty::None)
    }

    /// Lowers the certainty.
    fn at_most(&mut self, certainty: Certainty) {
        self.certainty = self.certainty.min(certainty);
    }

    /// Records that the commands in a text never run, if they configure the agent.
    fn stop(&mut self, cause: HaltCause, at: Span, rest: &str) {
        if rest.contains(shell::CONFIG) || rest.contains("ECS_CLUSTER") {
            self.halt = Some(Halt { cause, place: Place::from(at) });
        }
    }

    /// Reads a script in any of the formats that instances understand.
    fn run(&mut self, script: &Mapped) {
        let text = &*script.text;
        let start = text.len() - text.trim_start().len();
        let head = text[start..].lines().next().unwrap_or_default().trim();
        if script.hole(start).is_some() {
            self.at_most(Certainty::None);
        } else if head.starts_with("#!") && start > 0 {
            self.language = ScriptLanguage::Shell;
            self.stop(HaltCause::Indented, script.span(start..start + head.len()), text);
        } else if head.starts_with("#!") && head.contains("sh") {
            self.language = ScriptLanguage::Shell;
            shell::run(self, script, start..text.len());
        } else if head == "#cloud-config" {
            self.language = ScriptLanguage::Shell;
            cloud_init::run(self, script);
        } else if head.starts_with("MIME-Version:") || head.starts_with("Content-Type:") {
            cloud_init::run_parts(self, script);
        } else if head.starts_with("<powershell>") {
            self.language = ScriptLanguage::PowerShell;
            settings::powershell(self, script);
        } else if head.starts_with('[') {
            self.language = ScriptLanguage::Settings;
            settings::bottlerocket(self, script);
        } else if shell::is_command(head) {
            self.stop(HaltCause::NoInterpreter, script.span(start..start + head.len()), text);
        } else if !head.is_empty() {
            self.at_most(Certainty::None);
        }
    }
}

/// Returns `true` if user data certainly is a script that is not encoded as Base64, which launch templates require.
pub fn is_not_encoded(node: &Node) -> bool {
    matches!(form(node), Form::Plain)
}

fn form(node: &Node) -> Form {
    if let NodeKind::Text(text) = &node.kind
        && let Some(inner) = text.decoded()
    {
        return Mapped::string(inner).map_or(Form::Unknown, Form::Script);
    }
    let known_start = node.known_start();
    let head = known_start.trim_start();
    if ["#!", "#cloud-config", "<powershell>", "MIME-Version:"].iter().any(|start| head.starts_with(start)) {
        return Form::Plain;
    }
    let decoded = node.as_str().and_then(|text| BASE64_STANDARD.decode(text.trim()).ok());
    match decoded.and_then(|bytes| String::from_utf8(bytes).ok()) {
        Some(script) => {
            let mut mapped = Mapped::empty();
            mapped.push(&script, node.at);
            Form::Script(mapped)
        }
        None => Form::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;
    use crate::value::{Part, Text};

    fn read(script: &str) -> (Certainty, Vec<String>) {
        let at = Span::new(FileId(0), 0, script.len());
        let inner = Node::string(script, at);
        let node = Node::new(NodeKind::Text(Text::new(vec![Part::Base64(inner)]).into()), at);
        let data = UserData::read(&node).expect("a script");
        let line =
            |setting: &AgentSetting| format!("{}={}", setting.name, setting.value.as_str().unwrap_or("?"));
        (data.certainty, data.settings.iter().map(line).collect())
    }

    #[test]
    fn settings_are_written_in_many_ways() {
        let cluster = ["ECS_CLUSTER=main"];
        for script in [
            "#!/bin/bash\necho ECS_CLUSTER=main >> /etc/ecs/ecs.config",
            "#!/bin/bash -xe\necho \"ECS_CLUSTER=main\" | sudo tee -a /etc/ecs/ecs.config\n",
            "#!/bin/sh\ncat <<'EOF' >> /etc/ecs/ecs.config\nECS_CLUSTER=main\nEOF\n",
            "#!/bin/bash\ncat > /etc/ecs/ecs.config <<- END\n  ECS_CLUSTER=main\n  END\n",
            "#!/bin/bash\nmkdir -p /etc/ecs && printf 'ECS_CLUSTER=main\\n' > /etc/ecs/ecs.config; yum update -y",
            "#!/bin/bash\n{\n  echo \"ECS_CLUSTER=main\"\n} >> /etc/ecs/ecs.config\n",
            "#!/bin/bash\necho -n -e 'ECS_CLUSTER=main' >> /etc/ecs/ecs.config",
            "#cloud-config\nwrite_files:\n  - path: /etc/ecs/ecs.config\n    content: |\n      ECS_CLUSTER=main\n",
            "#cloud-config\nbootcmd:\n  - echo ECS_CLUSTER=main >> /etc/ecs/ecs.config\n",
            "#cloud-config\nwrite_files:\n  - path: /etc/ecs/ecs.config\n    content: ECS_CLUSTER=main\n  - path: /etc/motd\n    content: ECS_CLUSTER=other\n",
            "[settings.ecs]\ncluster = \"main\"\n",
            "Content-Type: multipart/mixed; boundary=\"==A==\"\nMIME-Version: 1.0\n\n--==A==\nContent-Type: text/x-shellscript\n\n#!/bin/bash\necho ECS_CLUSTER=main >> /etc/ecs/ecs.config\n--==A==--\n",
        ] {
            let (certainty, settings) = read(script);
            assert_eq!(settings, cluster, "{script}");
            assert_eq!(certainty, Certainty::Whole, "{script}");
        }
    }

    #[test]
    fn a_quoted_text_ends_at_the_next_quote() {
        let lines = |line: &str| read(&format!("#!/bin/bash\n{line}\n"));
        let is = |line: &str, settings: &[&str]| {
            let settings = settings.iter().map(|setting| (*setting).to_owned()).collect();
            assert_eq!(lines(line), (Certainty::Whole, settings), "{line}");
        };
        for name in ["a", "ab"] {
            for quote in ['"', '\''] {
                let line = format!("echo {quote}ECS_CLUSTER={name}{quote} >> /etc/ecs/ecs.config");
                is(&line, &[&format!("ECS_CLUSTER={name}")]);
            }
        }
        is("echo \"A=\\\"b\\\"\" >> /etc/ecs/ecs.config", &["A=\"b\""]);
        is("echo 'A=b\\' >> /etc/ecs/ecs.config", &["A=b\\"]);
        is("printf 'A=b\\nC=d\\n' >> /etc/ecs/ecs.config", &["A=b", "C=d"]);
        is("echo -e \"A=b\\nA=b\" | tee -a /etc/ecs/ecs.config", &["A=b", "A=b"]);
        is("echo A=b > /etc/ecs/ecs.config", &["A=b"]);
    }

    #[test]
    fn windows_instances_are_initialized_in_powershell() {
        let script = "<powershell>\nImport-Module ECSTools\nInitialize-ECSAgent -Cluster 'main' -EnableTaskIAMRole -LoggingDrivers '[\"json-file\",\"awslogs\"]'\n</powershell>";
        let (certainty, mut settings) = read(script);
        settings.sort();
        assert_eq!(certainty, Certainty::Settings);
        let expected = [
            "ECS_AVAILABLE_LOGGING_DRIVERS=[\"json-file\",\"awslogs\"]",
            "ECS_CLUSTER=main",
            "ECS_ENABLE_TASK_IAM_ROLE=true",
        ];
        assert_eq!(settings, expected);
    }

    #[test]
    fn what_a_command_does_can_be_unknown() {
        let of = |line: &str| read(&format!("#!/bin/bash\n{line}\n")).0;
        assert_eq!(of("yum install -y jq awscli"), Certainty::Whole);
        for line in [
            "yum install -y ecs-init",
            "amazon-linux-extras install -y ecs",
            "docker run amazon/amazon-ecs-agent",
            "curl -s https://example.org/setup > /tmp/setup",
            "wget -qO- https://get.docker.com/",
            "if true; then yum install -y jq; fi",
        ] {
            assert_eq!(of(line), Certainty::Settings, "{line}");
        }
        for line in [
            "curl -s https://example.org/setup | bash",
            "/opt/aws/bin/cfn-init -v --stack main",
            "sed -i s/a/b/ /etc/ecs/ecs.config",
            "aws s3 cp s3://bucket/ecs.config /etc/ecs/ecs.config",
            "if true; then echo ECS_CLUSTER=main >> /etc/ecs/ecs.config; fi",
            "if true; then\n  echo ECS_CLUSTER=main >> /etc/ecs/ecs.config\nfi",
            "function setup {\n  echo ECS_CLUSTER=main >> /etc/ecs/ecs.config\n}",
            "/tmp/setup.sh",
            "sudo bash /tmp/setup.sh",
            "echo ECS_CLUSTER=main \"$EXTRA\" > /etc/ecs/ecs.config",
        ] {
            assert_eq!(of(line), Certainty::None, "{line}");
        }
        assert_eq!(
            read("#!/bin/bash\nC=main\necho ECS_CLUSTER=$C >> /etc/ecs/ecs.config").1,
            ["ECS_CLUSTER=?"]
        );
        assert_eq!(read("#!/usr/bin/env python3\nprint(1)").0, Certainty::None);
    }
}
