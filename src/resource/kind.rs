//! The supported requests of AWS APIs.

/// The supported requests, each named after the API action whose input it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// ECS `RegisterTaskDefinition`.
    Task,
    /// ECS `RegisterDaemonTaskDefinition`.
    DaemonTask,
    /// ECS `CreateDaemon`.
    Daemon,
    /// ECS `CreateService`.
    Service,
    /// ECS `CreateExpressGatewayService`.
    ExpressService,
    /// ECS `CreateGateway`.
    Gateway,
    /// ECS `RunTask`.
    RunTask,
    /// ECS `CreateTaskSet`, for services with an external deployment controller.
    TaskSet,
    /// ECS `CreateCluster`.
    Cluster,
    /// ELBv2 `CreateLoadBalancer`.
    LoadBalancer,
    /// ELBv2 `CreateTargetGroup`.
    TargetGroup,
    /// ELBv2 `CreateListener`.
    Listener,
    /// ELBv2 `CreateRule`.
    ListenerRule,
    /// The wait until ACM has validated a certificate, which is a resource in Terraform.
    CertificateValidation,
    /// EC2 `CreateVpc`.
    Vpc,
    /// EC2 `AssociateVpcCidrBlock`.
    VpcRange,
    /// EC2 `CreateInternetGateway`, with the VPC to which it is attached.
    InternetGateway,
    /// EC2 `AttachInternetGateway`.
    GatewayAttachment,
    /// EC2 `CreateNatGateway`.
    NatGateway,
    /// EC2 `CreateVpcPeeringConnection`.
    PeeringConnection,
    /// EC2 `CreateNetworkInterface`.
    NetworkInterface,
    /// EC2 `CreateNetworkAcl`, with its inline entries and associations.
    NetworkAcl,
    /// EC2 `CreateNetworkAclEntry`.
    NetworkAclEntry,
    /// EC2 `ReplaceNetworkAclAssociation`.
    NetworkAclAssociation,
    /// EC2 `CreateSubnet`.
    Subnet,
    /// A query for existing subnets (Terraform's `data.aws_subnets`), with its filters.
    SubnetQuery,
    /// EC2 `DescribeImages`, which finds the image of instances (Terraform's `data.aws_ami`).
    ImageQuery,
    /// Systems Manager `GetParameter`, which reads a parameter (Terraform's `data.aws_ssm_parameter`).
    ParameterQuery,
    /// EC2 `RouteTable`, with its inline routes and associations.
    RouteTable,
    /// EC2 `AssociateSubnetCidrBlock`.
    SubnetRange,
    /// EC2 `CreateRoute`.
    Route,
    /// EC2 `AssociateRouteTable`.
    RouteTableAssociation,
    /// EC2 `CreateSecurityGroup`, with its inline rules.
    SecurityGroup,
    /// The default security group of a VPC, whose rules Terraform replaces.
    DefaultSecurityGroup,
    /// EC2 `AssociateDhcpOptions`.
    DhcpOptionsAssociation,
    /// EC2 `AssociateSecurityGroupVpc`.
    SecurityGroupAssociation,
    /// EC2 `AuthorizeSecurityGroupIngress` or `…Egress`, depending on its `Type`.
    SecurityGroupRule,
    /// EC2 `AuthorizeSecurityGroupIngress`.
    IngressRule,
    /// EC2 `AuthorizeSecurityGroupEgress`.
    EgressRule,
    /// EC2 `CreateVpcEndpoint`.
    VpcEndpoint,
    /// EC2 `ModifyVpcEndpoint`: a route table, a subnet, a security group, a policy, or the private DNS names of an endpoint.
    VpcEndpointChange,
    /// Route 53 `CreateHostedZone`.
    HostedZone,
    /// A record of Route 53 `ChangeResourceRecordSets`.
    DnsRecord,
    /// What lets a VPC resolve the names of another zone: Route 53 `AssociateVPCWithHostedZone`, `AssociateResolverRule`, or
    /// `AssociateProfile`.
    DnsAssociation,
    /// A database, a cache, or a message broker with an address in a VPC, such as RDS `CreateDBInstance`.
    Database,
    /// The subnets of databases or caches, such as RDS `CreateDBSubnetGroup`.
    SubnetGroup,
    /// EFS `CreateFileSystem`.
    FileSystem,
    /// EFS `CreateMountTarget`.
    MountTarget,
    /// EFS `CreateAccessPoint`.
    AccessPoint,
    /// IAM `CreateRole`.
    Role,
    /// IAM `PutRolePolicy`.
    RolePolicy,
    /// IAM `CreatePolicy`.
    Policy,
    /// IAM `AttachRolePolicy`.
    PolicyAttachment,
    /// IAM `CreateInstanceProfile`, with its role.
    InstanceProfile,
    /// EventBridge `PutRule`.
    EventRule,
    /// A target of EventBridge `PutTargets`.
    EventTarget,
    /// EventBridge Scheduler `CreateSchedule`.
    Schedule,
    /// Step Functions `CreateStateMachine`.
    StateMachine,
    /// EC2 `CreateLaunchTemplate`, or Auto Scaling `CreateLaunchConfiguration`.
    LaunchTemplate,
    /// ECS `PutClusterCapacityProviders`.
    ClusterCapacity,
    /// ECS `CreateCapacityProvider`.
    CapacityProvider,
    /// Application Auto Scaling `RegisterScalableTarget`.
    ScalableTarget,
    /// Application Auto Scaling `PutScalingPolicy`.
    ScalingPolicy,
    /// CodeDeploy `CreateApplication`.
    DeploymentApplication,
    /// CodeDeploy `CreateDeploymentGroup`.
    DeploymentGroup,
    /// CodePipeline `CreatePipeline`.
    Pipeline,
    /// Cloud Map `CreatePrivateDnsNamespace`.
    PrivateNamespace,
    /// Cloud Map `CreateService`.
    DiscoveryService,
    /// Resources that create EC2 instances: an Auto Scaling group, a fleet, or an instance.
    Instances,
    /// CloudWatch Logs `CreateLogGroup`.
    LogGroup,
    /// Secrets Manager `CreateSecret`.
    Secret,
    /// Secrets Manager `PutSecretValue`.
    SecretVersion,
    /// The attachment of a secret to a database in CloudFormation, which adds keys to its value.
    SecretAttachment,
    /// Secrets Manager `RotateSecret`.
    SecretRotation,
    /// Systems Manager `PutParameter`.
    Parameter,
    /// KMS `CreateKey`.
    Key,
    /// KMS `PutKeyPolicy`.
    KeyPolicy,
    /// KMS `CreateGrant`.
    KeyGrant,
    /// The policy of a resource: Secrets Manager `PutResourcePolicy`, S3 `PutBucketPolicy`, and others.
    ResourcePolicy,
    /// S3 `CreateBucket`.
    Bucket,
    /// ECR `CreateRepository`.
    Repository,
}

impl Kind {
    /// The AWS API action that accepts the request.
    pub fn action(self) -> &'static str {
        match self {
            Kind::Task => "ecs:RegisterTaskDefinition",
            Kind::DaemonTask => "ecs:RegisterDaemonTaskDefinition",
            Kind::Daemon => "ecs:CreateDaemon",
            Kind::Service => "ecs:CreateService",
            Kind::ExpressService => "ecs:CreateExpressGatewayService",
            Kind::Gateway => "ecs:CreateGateway",
            Kind::RunTask => "ecs:RunTask",
            Kind::TaskSet => "ecs:CreateTaskSet",
            Kind::Cluster => "ecs:CreateCluster",
            Kind::LoadBalancer => "elasticloadbalancing:CreateLoadBalancer",
            Kind::TargetGroup => "elasticloadbalancing:CreateTargetGroup",
            Kind::Listener => "elasticloadbalancing:CreateListener",
            Kind::ListenerRule => "elasticloadbalancing:CreateRule",
            Kind::CertificateValidation => "acm:WaitCertificateValidation",
            Kind::Vpc => "ec2:CreateVpc",
            Kind::VpcRange => "ec2:AssociateVpcCidrBlock",
            Kind::InternetGateway => "ec2:CreateInternetGateway",
            Kind::GatewayAttachment => "ec2:AttachInternetGateway",
            Kind::NatGateway => "ec2:CreateNatGateway",
            Kind::PeeringConnection => "ec2:CreateVpcPeeringConnection",
            Kind::NetworkInterface => "ec2:CreateNetworkInterface",
            Kind::NetworkAcl => "ec2:CreateNetworkAcl",
            Kind::NetworkAclEntry => "ec2:CreateNetworkAclEntry",
            Kind::NetworkAclAssociation => "ec2:ReplaceNetworkAclAssociation",
            Kind::Subnet => "ec2:CreateSubnet",
            Kind::SubnetQuery => "ec2:DescribeSubnets",
            Kind::ImageQuery => "ec2:DescribeImages",
            Kind::ParameterQuery => "ssm:GetParameter",
            Kind::RouteTable => "ec2:CreateRouteTable",
            Kind::Route => "ec2:CreateRoute",
            Kind::RouteTableAssociation => "ec2:AssociateRouteTable",
            Kind::SecurityGroup | Kind::DefaultSecurityGroup => "ec2:CreateSecurityGroup",
            Kind::SubnetRange => "ec2:AssociateSubnetCidrBlock",
            Kind::DhcpOptionsAssociation => "ec2:AssociateDhcpOptions",
            Kind::SecurityGroupAssociation => "ec2:AssociateSecurityGroupVpc",
            Kind::SecurityGroupRule | Kind::IngressRule | Kind::EgressRule => "ec2:AuthorizeSecurityGroup",
            Kind::VpcEndpoint => "ec2:CreateVpcEndpoint",
            Kind::VpcEndpointChange => "ec2:ModifyVpcEndpoint",
            Kind::HostedZone => "route53:CreateHostedZone",
            Kind::DnsRecord => "route53:ChangeResourceRecordSets",
            Kind::DnsAssociation => "route53:AssociateVPCWithHostedZone",
            Kind::Database => "rds:CreateDatabase",
            Kind::SubnetGroup => "rds:CreateDBSubnetGroup",
            Kind::FileSystem => "elasticfilesystem:CreateFileSystem",
            Kind::MountTarget => "elasticfilesystem:CreateMountTarget",
            Kind::AccessPoint => "elasticfilesystem:CreateAccessPoint",
            Kind::ResourcePolicy => "secretsmanager:PutResourcePolicy",
            Kind::Role => "iam:CreateRole",
            Kind::RolePolicy => "iam:PutRolePolicy",
            Kind::Policy => "iam:CreatePolicy",
            Kind::PolicyAttachment => "iam:AttachRolePolicy",
            Kind::InstanceProfile => "iam:CreateInstanceProfile",
            Kind::EventRule => "events:PutRule",
            Kind::EventTarget => "events:PutTargets",
            Kind::Schedule => "scheduler:CreateSchedule",
            Kind::StateMachine => "states:CreateStateMachine",
            Kind::LaunchTemplate => "ec2:CreateLaunchTemplate",
            Kind::ClusterCapacity => "ecs:PutClusterCapacityProviders",
            Kind::CapacityProvider => "ecs:CreateCapacityProvider",
            Kind::ScalableTarget => "application-autoscaling:RegisterScalableTarget",
            Kind::ScalingPolicy => "application-autoscaling:PutScalingPolicy",
            Kind::DeploymentApplication => "codedeploy:CreateApplication",
            Kind::DeploymentGroup => "codedeploy:CreateDeploymentGroup",
            Kind::Pipeline => "codepipeline:CreatePipeline",
            Kind::PrivateNamespace => "servicediscovery:CreatePrivateDnsNamespace",
            Kind::DiscoveryService => "servicediscovery:CreateService",
            Kind::Instances => "autoscaling:CreateAutoScalingGroup",
            Kind::LogGroup => "logs:CreateLogGroup",
            Kind::Secret => "secretsmanager:CreateSecret",
            Kind::SecretVersion | Kind::SecretAttachment => "secretsmanager:PutSecretValue",
            Kind::SecretRotation => "secretsmanager:RotateSecret",
            Kind::Parameter => "ssm:PutParameter",
            Kind::Key => "kms:CreateKey",
            Kind::KeyPolicy => "kms:PutKeyPolicy",
            Kind::KeyGrant => "kms:CreateGrant",
            Kind::Bucket => "s3:CreateBucket",
            Kind::Repository => "ecr:CreateRepository",
        }
    }

    /// What the action creates, in words: "task definition" for `RegisterTaskDefinition`.
    pub fn noun(self) -> String {
        let action = self.action().rsplit(':').next().unwrap_or_default();
        let spaced: String = action.chars().flat_map(word_letters).collect();
        // The first word is the verb.
        let words = spaced.split_whitespace().skip(1);
        words.map(in_capitals).collect::<Vec<_>>().join(" ")
    }
}

/// A word as AWS writes it in sentences: abbreviations are in capitals.
fn in_capitals(word: &str) -> &str {
    match word {
        "acl" => "ACL",
        "dns" => "DNS",
        "nat" => "NAT",
        "vpc" => "VPC",
        word => word,
    }
}

/// A letter of a camel-case word, in lower case, after a space if it begins a word.
fn word_letters(letter: char) -> impl Iterator<Item = char> {
    letter.is_ascii_uppercase().then_some(' ').into_iter().chain([letter.to_ascii_lowercase()])
}
