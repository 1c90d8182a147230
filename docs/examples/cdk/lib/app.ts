import * as cdk from "aws-cdk-lib";
import * as ecs from "aws-cdk-lib/aws-ecs";

const app = new cdk.App();
const stack = new cdk.Stack(app, "Web");
const task = new ecs.FargateTaskDefinition(stack, "Task", { cpu: 256, memoryLimitMiB: 4096 });
task.addContainer("web", { image: ecs.ContainerImage.fromRegistry("nginx:1.27") });
