//! See `rules/agent-capability-missing.md`.

use super::prelude::*;
use crate::model::{AgentSetting, Certainty, Host, Hosts, InstanceType, System, UserData};

/// The setting for task roles.
const ROLES: &str = "ECS_ENABLE_TASK_IAM_ROLE";

/// The setting for GPUs.
const GPU: &str = "ECS_ENABLE_GPU_SUPPORT";

/// Reports tasks that need a capability that the settings of the ECS agent switch off on all instances.
pub fn check(project: &Project, report: &mut Report) {
    for service in project.services() {
        let (Some(hosts), Some(task)) = (service.hosts(), service.task().known()) else { continue };
        for need in needs(task) {
            let Some(found) = lacking(&hosts, &need) else { continue };
            let finding = Finding::at(found.place, found.message)
                .label(need.place, need.what)
                .label(service.anchor(), "the service that runs the task")
                .help(found.help);
            report.add(if hosts.is_exhaustive { finding } else { finding.warning() });
        }
    }
}

/// What a task needs from the agent.
struct Need<'a> {
    capability: Capability<'a>,
    place: Place,
    what: String,
}

#[derive(Clone, Copy)]
enum Capability<'a> {
    /// A setting that must not be switched off.
    On(&'static str),
    /// A setting that must not be switched on.
    Off(&'static str),
    /// A log driver.
    Driver(&'a str),
    /// A Docker plugin for volumes.
    Plugin(&'a str),
}

fn needs(task: Task<'_>) -> Vec<Need<'_>> {
    let mut found = Vec::new();
    if let Some(place) = task.view.certainly("taskRoleArn") {
        let capability = Capability::On(ROLES);
        found.push(Need { capability, place, what: "the task has a role".to_owned() });
    }
    if let Known(NetworkMode::Awsvpc, place) = task.network_mode() {
        let capability = Capability::On("ECS_ENABLE_TASK_ENI");
        found.push(Need { capability, place, what: task.network_mode_reason() });
    }
    for volume in task.volumes() {
        let driver = volume.view.object("dockerVolumeConfiguration").then(|docker| docker.str("driver"));
        if let Known(driver, place) = driver {
            let what = format!("{} uses the driver `{driver}`", volume.called());
            found.push(Need { capability: Capability::Plugin(driver), place, what });
        }
    }
    for container in task.containers() {
        if let Known(true, place) = container.view.bool("privileged") {
            let what = format!("{} is privileged", container.called());
            found.push(Need { capability: Capability::Off("ECS_DISABLE_PRIVILEGED"), place, what });
        }
        let mut resources = container.view.list("resourceRequirements").objects();
        let gpu = resources.find_map(|item| item.str("type").known_at().filter(|(kind, _)| *kind == "GPU"));
        if let Some((_, place)) = gpu {
            let what = format!("{} requires a GPU", container.called());
            found.push(Need { capability: Capability::On(GPU), place, what });
        }
        let Some(log) = container.log().known() else { continue };
        if let Known(driver, place) = log.view.str("logDriver")
            && driver != "awsfirelens"
        {
            let what = format!("{} uses the log driver `{driver}`", container.called());
            found.push(Need { capability: Capability::Driver(driver), place, what });
        }
    }
    found
}

/// Why no instance has a capability.
struct Lacking {
    place: Place,
    message: String,
    help: String,
}

fn lacking(hosts: &Hosts, need: &Need) -> Option<Lacking> {
    let all: Option<Vec<Lacking>> = hosts.groups.iter().map(|host| lacks(*host, need)).collect();
    all?.into_iter().next()
}

fn lacks(host: Host, need: &Need) -> Option<Lacking> {
    let data = host.user_data()?;
    match need.capability {
        Capability::On(GPU) => switched(&data, GPU, "false").or_else(|| without_gpu(host, &data)),
        Capability::On(ROLES) => switched(&data, ROLES, "false").or_else(|| without_roles(host, &data)),
        Capability::On(name) => switched(&data, name, "false"),
        Capability::Off(name) => switched(&data, name, "true"),
        Capability::Driver(driver) => without_driver(host, &data, driver),
        Capability::Plugin(driver) => without_plugin(host, &data, driver),
    }
}

fn switched(data: &UserData, name: &str, wrong: &str) -> Option<Lacking> {
    let AgentSetting { value, place, .. } = data.setting(name)?;
    let right = if wrong == "true" { "false" } else { "true" };
    (value.as_str()? == wrong).then(|| Lacking {
        place: *place,
        message: format!("`{name}` is `{wrong}` on the instances, so ECS never places the task on them"),
        help: format!("set `{name}` to `{right}`, or remove the line"),
    })
}

/// Windows instances support task roles only if `Initialize-ECSAgent` enables them.
fn without_roles(host: Host, data: &UserData) -> Option<Lacking> {
    let (image, _) = host.image().filter(|(image, _)| matches!(image.system, System::Windows(_)))?;
    let initialized = data.setting("ECS_CLUSTER").filter(|_| image.system.has_agent())?;
    data.setting(ROLES).is_none().then(|| Lacking {
        place: initialized.place,
        message:
            "`Initialize-ECSAgent` does not enable task roles, so ECS never places the task on the instances"
                .to_owned(),
        help: "add `-EnableTaskIAMRole`".to_owned(),
    })
}

/// Reports instance types without a GPU, and images without a driver for it.
fn without_gpu(host: Host, data: &UserData) -> Option<Lacking> {
    let types = host.types()?;
    let (name, place) = types.first()?;
    if types.iter().all(|(name, _)| InstanceType::has_gpu(name) == Some(false)) {
        return Some(Lacking {
            place: *place,
            message: format!("`{name}` has no GPU, so ECS never places the task on the instances"),
            help: "use an instance type with a GPU, such as `g4dn.xlarge`".to_owned(),
        });
    }
    let (image, place) = host.image()?;
    let has_driver = match image.system {
        System::AmazonLinux => false,
        System::Bottlerocket => image.name.contains("nvidia"),
        System::Gpu | System::Windows(_) | System::WithoutAgent => true,
    };
    (!has_driver && data.certainty == Certainty::Whole).then(|| Lacking {
        place,
        message: "the image of the instances has no GPU driver, so ECS never places the task on them".to_owned(),
        help: "use an ECS-optimized image for GPUs, for example the one in the parameter `/aws/service/ecs/optimized-ami/amazon-linux-2023/gpu/recommended/image_id`".to_owned(),
    })
}

/// Reports a volume driver that neither Docker nor the image has, if nothing installs it.
fn without_plugin(host: Host, data: &UserData, driver: &str) -> Option<Lacking> {
    let (image, _) = host.image().filter(|(image, _)| image.system.has_agent())?;
    let is_installed = driver == "local" || driver == "amazon-ecs-volume-plugin";
    let is_windows = matches!(image.system, System::Windows(_));
    (!is_installed && !is_windows && data.certainty == Certainty::Whole).then(|| Lacking {
        place: host.anchor(),
        message: format!("the user data does not install the Docker plugin `{driver}`, so ECS never places the task on the instances"),
        help: format!("install the plugin before the agent starts: `docker plugin install {driver}`"),
    })
}

/// The log drivers that are available without a setting, on Amazon Linux with `ecs-init` and on Bottlerocket.
fn default_drivers(system: System) -> Option<&'static [&'static str]> {
    match system {
        System::AmazonLinux | System::Gpu => Some(&["json-file", "syslog", "awslogs", "fluentd", "none"]),
        System::Bottlerocket => Some(&["json-file", "awslogs", "none"]),
        System::Windows(_) | System::WithoutAgent => None,
    }
}

fn without_driver(host: Host, data: &UserData, driver: &str) -> Option<Lacking> {
    const NAME: &str = "ECS_AVAILABLE_LOGGING_DRIVERS";
    let is_bottlerocket = host.image().is_some_and(|(image, _)| image.system == System::Bottlerocket);
    let name = if is_bottlerocket { "settings.ecs.logging-drivers" } else { NAME };
    let help = format!("add `{driver}` to `{name}`");
    if let Some(setting) = data.setting(NAME) {
        let listed = setting.value.as_str()?;
        let mut words = listed.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-');
        return (!words.any(|word| word == driver)).then(|| Lacking {
            place: setting.place,
            message: format!(
                "`{name}` does not list `{driver}`, so ECS never places the task on the instances"
            ),
            help,
        });
    }
    let (image, _) = host.image()?;
    let drivers = default_drivers(image.system)?;
    let is_missing = data.certainty == Certainty::Whole && !drivers.contains(&driver);
    is_missing.then(|| Lacking {
        place: host.anchor(),
        message: format!("the user data does not add the log driver `{driver}`, so ECS never places the task on the instances"),
        help,
    })
}
