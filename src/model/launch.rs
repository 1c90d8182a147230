//! Tasks that start through network interfaces that ECS creates, on Fargate or on Managed Instances.

use crate::diagnostic::Place;
use crate::model::run::Run;
use crate::model::startup::{self, Need, Step};
use crate::model::{Compute, Interface, Project, Service, Strategy, Task};
use crate::resource::{Kind, Resource};
use crate::value::Node;
use crate::view::Value;

/// Something that starts tasks on capacity that AWS manages.
#[derive(Clone, Debug)]
pub struct Launch<'a> {
    /// The service, target, schedule, or state machine.
    pub resource: &'a Resource,
    /// The service, if it is one.
    pub service: Option<Service<'a>>,
    /// The task definition, if the files define it.
    pub task: Option<Task<'a>>,
    /// The network interface of the task or, on Managed Instances, of the instance.
    pub interface: Interface<'a>,
    /// What must be reached through it.
    pub needs: Vec<Need>,
    /// Where it is shown what the tasks run on.
    pub compute: (Place, String),
    /// What has the network interface, in messages: "tasks".
    pub whose: &'static str,
}

impl<'a> Project<'a> {
    /// Everything that certainly starts tasks on capacity that AWS manages.
    pub fn launches(self) -> Vec<Launch<'a>> {
        let services = self.services().filter_map(Service::launch);
        services.chain(self.runs().filter_map(|run| run.launch(self))).collect()
    }
}

impl<'a> Launch<'a> {
    /// The values that refer to the subnets.
    pub fn subnets(&self) -> Vec<&'a Node> {
        self.interface.subnets()
    }

    /// The place of what starts the tasks, and its label.
    pub fn starter(&self) -> (Place, &'static str) {
        let says = match self.resource.kind {
            Kind::Service => "the service that runs the tasks",
            Kind::StateMachine => "the state machine that runs the tasks",
            Kind::Schedule => "the schedule that runs the tasks",
            _ => "the target that runs the tasks",
        };
        (Place::header(self.resource), says)
    }

    /// The needs that the files show, in the order in which the steps fail.
    pub fn proven(&self) -> Vec<&Need> {
        let mut needs: Vec<&Need> = self.needs.iter().filter(|need| need.proof.is_some()).collect();
        needs.sort_by_key(|need| need.step);
        needs
    }
}

impl<'a> Service<'a> {
    /// How its tasks start, unless they may run on instances of the cluster.
    pub fn launch(self) -> Option<Launch<'a>> {
        let (compute, place) = self.compute().known_at()?;
        let mut needs = self.host_needs();
        let (interface, whose) = match compute {
            Compute::Fargate => {
                if let Value::Known(true, place) = self.view.bool("enableExecuteCommand") {
                    let proof = Some((place, "ECS Exec is enabled"));
                    let services = vec!["ssmmessages"];
                    needs.push(Need { step: Step::Exec, services, region: None, proof, reads: None });
                }
                (self.interface()?, "tasks")
            }
            Compute::Managed => {
                let interface = self.managed_interface()?;
                let proof = Some((interface.place, "the network of the instances"));
                let services = startup::AGENT.to_vec();
                needs.push(Need { step: Step::Join, services, region: None, proof, reads: None });
                (interface, "instances")
            }
            Compute::Instances | Compute::External => return None,
        };
        let compute = (place, self.compute_reason());
        let task = self.task().known();
        Some(Launch { resource: self.resource, service: Some(self), task, interface, needs, compute, whose })
    }

    /// The network interfaces of the Managed Instances that its tasks run on, if there is only one configuration.
    fn managed_interface(self) -> Option<Interface<'a>> {
        let cluster = self.cluster().known()?;
        let items = self.capacity_providers();
        let only = items.objects().next().filter(|_| items.counted().is_some_and(|all| all.len() == 1))?;
        let named = &Strategy { view: only }.view.entry("capacityProvider")?.value;
        let provider = self.project.provider_of(named, cluster.resource)?;
        let managed = self.project.view(provider).object("managedInstancesProvider").known()?;
        let template = managed.object("instanceLaunchTemplate").known()?;
        Interface::of(self.project, provider, template)
    }
}

impl<'a> Run<'a> {
    /// How its tasks start, unless they may run on instances of the cluster.
    fn launch(self, project: Project<'a>) -> Option<Launch<'a>> {
        let Value::Known("FARGATE", place) = self.request.str("LaunchType") else { return None };
        let version = self.request.str("PlatformVersion");
        let task = self.task(project).known();
        let needs = startup::needs_of(task, version);
        let interface = Interface::of_run(project, self.resource, self.request)?;
        let compute = (place, "the launch type is `FARGATE`".to_owned());
        Some(Launch {
            resource: self.resource,
            service: None,
            task,
            interface,
            needs,
            compute,
            whose: "tasks",
        })
    }
}
