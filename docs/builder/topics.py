"""The topics of the rules, in the order of the sidebar: the names that the front matter of a rule page uses, with a title and
what the rules are about."""

TOPICS = {
    "containers": ("Containers", "The containers of a task definition: their names, commands, timeouts, and dependencies."),
    "images": ("Images", "The names of images, their platforms, and how they are pulled."),
    "health-checks": ("Health checks", "The health checks of containers. Those of target groups are in load balancing."),
    "sizes": ("CPU, memory, and sizes", "CPU units, memory, GPUs, and the size of a task definition."),
    "ports": ("Ports", "Port mappings, host ports, and port ranges."),
    "networking": ("Networking", "Network modes, subnets, routes, security groups, network ACLs, VPC endpoints, and DNS."),
    "load-balancing": ("Load balancing", "Load balancers, listeners, listener rules, and target groups."),
    "discovery": ("Service discovery", "Service Connect, Cloud Map, VPC Lattice, and App Mesh."),
    "iam": ("IAM roles and permissions", "The roles of tasks and services, who can assume them, and what they allow."),
    "secrets": ("Secrets and environment", "Secrets, parameters, environment variables, and environment files."),
    "logging": ("Logging and monitoring", "Log drivers, log groups, FireLens, ECS Exec logs, and metrics."),
    "storage": ("Volumes and storage", "Volumes, mounts, EFS, EBS, FSx, and ephemeral storage."),
    "isolation": ("Isolation of containers", "Privileges, capabilities, namespaces, and limits of containers on their host."),
    "deployment": ("Deployments", "Rolling updates, blue/green deployments, CodeDeploy, and circuit breakers."),
    "services": ("Services, tasks, and clusters", "Services, daemons, scheduled tasks, and what they refer to."),
    "launch-types": ("Launch types and platforms", "What Fargate, Managed Instances, external instances, and Windows support."),
    "capacity": ("Capacity and instances", "Capacity providers, container instances, and scaling."),
    "placement": ("Placement", "Placement strategies and constraints."),
    "values": ("Names, values, and types", "Members and values that the API rejects."),
    "terraform": ("Terraform and CloudFormation", "Errors of Terraform and CloudFormation themselves, and the order of creation."),
    "settings": ("Files and settings", "Syntax errors, `ecslint.toml`, ignore comments, and limits of ecslint."),
}
