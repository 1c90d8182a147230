// Applications whose output the tests check. `synthesize` in this directory writes cdk.out again.
import * as cdk from 'aws-cdk-lib';
import * as appscaling from 'aws-cdk-lib/aws-applicationautoscaling';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as codedeploy from 'aws-cdk-lib/aws-codedeploy';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as patterns from 'aws-cdk-lib/aws-ecs-patterns';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as secrets from 'aws-cdk-lib/aws-secretsmanager';

const app = new cdk.App();
const image = ecs.ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:1.29');
const daily = appscaling.Schedule.cron({ hour: '1', minute: '0' });

// A stack of its own, with a cluster.
function stack(name: string, make: (stack: cdk.Stack, cluster: ecs.Cluster) => void) {
  const made = new cdk.Stack(app, name);
  make(made, new ecs.Cluster(made, 'Cluster', { vpc: new ec2.Vpc(made, 'Vpc', { maxAzs: 2 }) }));
}

// A stack whose cluster has instances.
function instances(name: string, make: (stack: cdk.Stack, cluster: ecs.Cluster) => void) {
  stack(name, (stack, cluster) => {
    const group = new autoscaling.AutoScalingGroup(stack, 'Group', {
      vpc: cluster.vpc,
      instanceType: new ec2.InstanceType('m6i.large'),
      machineImage: ecs.EcsOptimizedImage.amazonLinux2023(),
      maxCapacity: 3,
    });
    cluster.addAsgCapacityProvider(new ecs.AsgCapacityProvider(stack, 'Provider', { autoScalingGroup: group }));
    // A capacity provider does not do this.
    cluster.connections.addSecurityGroup(...group.connections.securityGroups);
    make(stack, cluster);
  });
}

stack('FargateAlb', (stack, cluster) => {
  new patterns.ApplicationLoadBalancedFargateService(stack, 'Web', { cluster, taskImageOptions: { image } });
});

// The pattern opens the security group of its tasks to nobody.
stack('FargateNlb', (stack, cluster) => {
  const web = new patterns.NetworkLoadBalancedFargateService(stack, 'Web', { cluster, taskImageOptions: { image } });
  web.service.connections.allowFromAnyIpv4(ec2.Port.tcp(80));
});

stack('FargateTargetGroups', (stack, cluster) => {
  new patterns.ApplicationMultipleTargetGroupsFargateService(stack, 'Web', {
    cluster,
    taskImageOptions: { image, containerPorts: [80, 90] },
    targetGroups: [{ containerPort: 80 }, { containerPort: 90, pathPattern: '/admin/*', priority: 10 }],
  });
});

stack('FargateQueue', (stack, cluster) => {
  new patterns.QueueProcessingFargateService(stack, 'Worker', { cluster, image });
});

stack('FargateSchedule', (stack, cluster) => {
  const scheduledFargateTaskImageOptions = { image, cpu: 512, memoryLimitMiB: 1024 };
  new patterns.ScheduledFargateTask(stack, 'Job', { cluster, scheduledFargateTaskImageOptions, schedule: daily });
});

instances('Ec2Alb', (stack, cluster) => {
  new patterns.ApplicationLoadBalancedEc2Service(stack, 'Web', {
    cluster,
    memoryLimitMiB: 512,
    taskImageOptions: { image },
  });
});

instances('Ec2Nlb', (stack, cluster) => {
  const web = new patterns.NetworkLoadBalancedEc2Service(stack, 'Web', {
    cluster,
    memoryLimitMiB: 512,
    taskImageOptions: { image },
  });
  web.service.connections.allowFromAnyIpv4(ec2.Port.tcpRange(32768, 65535));
});

instances('Ec2Queue', (stack, cluster) => {
  new patterns.QueueProcessingEc2Service(stack, 'Worker', { cluster, image, memoryLimitMiB: 512 });
});

instances('Ec2Schedule', (stack, cluster) => {
  const scheduledEc2TaskImageOptions = { image, memoryLimitMiB: 512 };
  new patterns.ScheduledEc2Task(stack, 'Job', { cluster, scheduledEc2TaskImageOptions, schedule: daily });
});

stack('ServiceConnect', (stack, cluster) => {
  cluster.addDefaultCloudMapNamespace({ name: 'internal', useForServiceConnect: true });
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task');
  taskDefinition.addContainer('api', {
    image,
    portMappings: [{ containerPort: 80, name: 'http', appProtocol: ecs.AppProtocol.http }],
    logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'api' }),
  });
  new ecs.FargateService(stack, 'Api', {
    cluster,
    taskDefinition,
    enableExecuteCommand: true,
    serviceConnectConfiguration: { services: [{ portMappingName: 'http', dnsName: 'api', port: 8080 }] },
  });
});

stack('SharedFiles', (stack, cluster) => {
  const files = new efs.FileSystem(stack, 'Files', { vpc: cluster.vpc });
  const point = files.addAccessPoint('Point', { path: '/data', createAcl: { ownerUid: '1000', ownerGid: '1000', permissions: '750' } });
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task');
  taskDefinition.addVolume({
    name: 'data',
    efsVolumeConfiguration: {
      fileSystemId: files.fileSystemId,
      transitEncryption: 'ENABLED',
      authorizationConfig: { accessPointId: point.accessPointId, iam: 'ENABLED' },
    },
  });
  const container = taskDefinition.addContainer('web', { image });
  container.addMountPoints({ containerPath: '/data', sourceVolume: 'data', readOnly: false });
  const service = new ecs.FargateService(stack, 'Web', { cluster, taskDefinition });
  files.grantReadWrite(taskDefinition.taskRole);
  files.connections.allowDefaultPortFrom(service);
});

stack('CodeDeploy', (stack, cluster) => {
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task');
  taskDefinition.addContainer('web', { image, portMappings: [{ containerPort: 80 }] });
  const service = new ecs.FargateService(stack, 'Web', {
    cluster,
    taskDefinition,
    deploymentController: { type: ecs.DeploymentControllerType.CODE_DEPLOY },
  });
  const balancer = new elb.ApplicationLoadBalancer(stack, 'Balancer', { vpc: cluster.vpc, internetFacing: true });
  const listener = balancer.addListener('Public', { port: 80 });
  const blueTargetGroup = listener.addTargets('Blue', { port: 80, targets: [service] });
  const greenTargetGroup = new elb.ApplicationTargetGroup(stack, 'Green', {
    vpc: cluster.vpc,
    port: 80,
    targetType: elb.TargetType.IP,
  });
  new codedeploy.EcsDeploymentGroup(stack, 'Deployments', {
    service,
    blueGreenDeploymentConfig: { blueTargetGroup, greenTargetGroup, listener },
  });
});

stack('BlueGreen', (stack, cluster) => {
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task');
  taskDefinition.addContainer('web', { image, portMappings: [{ containerPort: 80 }] });
  const service = new ecs.FargateService(stack, 'Web', {
    cluster,
    taskDefinition,
    deploymentStrategy: ecs.DeploymentStrategy.BLUE_GREEN,
  });
  const balancer = new elb.ApplicationLoadBalancer(stack, 'Balancer', { vpc: cluster.vpc, internetFacing: true });
  const group = (name: string) =>
    new elb.ApplicationTargetGroup(stack, name, { vpc: cluster.vpc, port: 80, targetType: elb.TargetType.IP });
  const [blue, green] = [group('Blue'), group('Green')];
  const listener = balancer.addListener('Public', { port: 80, defaultAction: elb.ListenerAction.fixedResponse(404) });
  const rule = new elb.ApplicationListenerRule(stack, 'Production', {
    listener,
    priority: 1,
    conditions: [elb.ListenerCondition.pathPatterns(['/*'])],
    action: elb.ListenerAction.weightedForward([{ targetGroup: blue, weight: 100 }, { targetGroup: green, weight: 0 }]),
  });
  const target = service.loadBalancerTarget({
    containerName: 'web',
    containerPort: 80,
    alternateTarget: new ecs.AlternateTarget('Alternate', {
      alternateTargetGroup: green,
      productionListener: ecs.ListenerRuleConfiguration.applicationListenerRule(rule),
    }),
  });
  target.attachToApplicationTargetGroup(blue);
});

stack('Secrets', (stack, cluster) => {
  cluster.enableFargateCapacityProviders();
  const database = new secrets.Secret(stack, 'Database', {
    generateSecretString: { secretStringTemplate: '{"username":"app"}', generateStringKey: 'password' },
  });
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task', {
    cpu: 512,
    memoryLimitMiB: 2048,
    runtimePlatform: { cpuArchitecture: ecs.CpuArchitecture.ARM64, operatingSystemFamily: ecs.OperatingSystemFamily.LINUX },
  });
  taskDefinition.addFirelensLogRouter('log', {
    image: ecs.obtainDefaultFluentBitECRImage(taskDefinition),
    firelensConfig: { type: ecs.FirelensLogRouterType.FLUENTBIT },
    essential: true,
  });
  taskDefinition.addContainer('web', {
    image,
    secrets: { DB_PASSWORD: ecs.Secret.fromSecretsManager(database, 'password') },
    logging: ecs.LogDrivers.firelens({ options: { Name: 'cloudwatch', region: 'eu-west-1', log_group_name: 'web' } }),
    healthCheck: { command: ['CMD-SHELL', 'curl -f http://localhost/ || exit 1'] },
  });
  const service = new ecs.FargateService(stack, 'Web', {
    cluster,
    taskDefinition,
    capacityProviderStrategies: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }],
    circuitBreaker: { rollback: true },
  });
  service.autoScaleTaskCount({ maxCapacity: 4 }).scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: 50 });
});

instances('Daemon', (stack, cluster) => {
  const taskDefinition = new ecs.Ec2TaskDefinition(stack, 'Task', { networkMode: ecs.NetworkMode.HOST });
  taskDefinition.addContainer('agent', { image, memoryReservationMiB: 128 });
  new ecs.Ec2Service(stack, 'Agent', { cluster, taskDefinition, daemon: true });
});

// What is wrong here is reported at these lines.
stack('Defects', (stack, cluster) => {
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task', { cpu: 256, memoryLimitMiB: 4096 });
  taskDefinition.addContainer('web', { image, portMappings: [{ containerPort: 80 }] });
  const service = new ecs.FargateService(stack, 'Web', { cluster, taskDefinition });
  const balancer = new elb.ApplicationLoadBalancer(stack, 'Balancer', { vpc: cluster.vpc });
  const group = new elb.CfnTargetGroup(stack, 'Instances', { port: 80, protocol: 'HTTP', vpcId: cluster.vpc.vpcId });
  new elb.CfnListener(stack, 'Listener', {
    loadBalancerArn: balancer.loadBalancerArn,
    port: 80,
    protocol: 'HTTP',
    defaultActions: [{ type: 'forward', targetGroupArn: group.ref }],
  });
  const own = service.node.defaultChild as ecs.CfnService;
  own.loadBalancers = [{ containerName: 'web', containerPort: 8080, targetGroupArn: group.ref }];
});
