//! The network of a service: subnets, Availability Zones, route tables, gateways, endpoints, VPCs.

use super::world::{BY_ADDRESS, BY_FAMILY, behind, load_balancer, network, service, target_group};
use super::{everywhere, in_terraform};

/// A Fargate service in a subnet, with these outbound routes.
fn routed(ways: &str) -> String {
    let vpc = r#"
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "a" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_nat_gateway" "main" {
  subnet_id = "subnet-0123456789abcdef0"
}

resource "aws_ecs_task_definition" "web" {
  family                = "web"
  network_mode          = "awsvpc"
  container_definitions = jsonencode([
    { name = "web", image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:1", memory = 128 },
  ])
}
"#;
    let network = network("    subnets = [aws_subnet.a.id]");
    let service = service(BY_ADDRESS, &("  launch_type = \"FARGATE\"\n".to_owned() + &network));
    [vpc, &service, ways].concat()
}

const TABLE: &str = r#"
resource "aws_route_table" "out" {
  vpc_id = aws_vpc.main.id

  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.main.id
  }
}

resource "aws_route_table" "in" {
  vpc_id = aws_vpc.main.id
}
"#;

#[test]
fn a_subnet_leads_to_the_route_table_that_is_associated_with_it() {
    let ways = r#"
resource "aws_route_table_association" "a" {
  subnet_id      = aws_subnet.a.id
  route_table_id = aws_route_table.in.id
}
"#;
    let (within, out) = ("aws_route_table.in.id", "aws_route_table.out.id");
    everywhere("no-route-to-registry", &routed(&(TABLE.to_owned() + ways)), within, out);
}

#[test]
fn a_subnet_leads_to_the_main_route_table_of_its_vpc() {
    let ways = r#"
resource "aws_main_route_table_association" "main" {
  vpc_id         = aws_vpc.main.id
  route_table_id = aws_route_table.in.id
}
"#;
    let (within, out) = ("aws_route_table.in.id", "aws_route_table.out.id");
    everywhere("no-route-to-registry", &routed(&(TABLE.to_owned() + ways)), within, out);
}

#[test]
fn a_subnet_leads_to_the_route_table_that_its_vpc_was_made_with() {
    let ways = r#"
resource "aws_default_route_table" "main" {
  default_route_table_id = aws_vpc.main.default_route_table_id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}
"#;
    let (internet, nat) =
        ("gateway_id = aws_internet_gateway.main.id", "nat_gateway_id = aws_nat_gateway.main.id");
    in_terraform("no-route-to-registry", &routed(ways), internet, nat);
}

/// A separate route resource.
const ROUTE: &str = r#"
resource "aws_route_table" "a" {
  vpc_id = aws_vpc.main.id
}

resource "aws_route" "a" {
  route_table_id         = aws_route_table.a.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.main.id
}

resource "aws_route_table_association" "a" {
  subnet_id      = aws_subnet.a.id
  route_table_id = aws_route_table.a.id
}
"#;

#[test]
fn a_route_leads_to_an_internet_gateway_or_to_a_nat_gateway() {
    let text = routed(ROUTE);
    let (internet, nat) = (
        "gateway_id             = aws_internet_gateway.main.id",
        "nat_gateway_id         = aws_nat_gateway.main.id",
    );
    everywhere("no-route-to-registry", &text, internet, nat);
    let (subnets, public) =
        ("subnets = [aws_subnet.a.id]", "subnets = [aws_subnet.a.id]\n    assign_public_ip = true");
    everywhere("no-route-to-registry", &text, subnets, public);
    let text = text.replace(subnets, public).replace(internet, nat);
    everywhere("public-ip-in-private-subnet", &text, nat, internet);
}

#[test]
fn a_vpc_leads_to_its_endpoints() {
    let endpoint = |name: &str, service: &str| {
        format!(
            "\nresource \"aws_vpc_endpoint\" \"{name}\" {{\n  vpc_id       = aws_vpc.main.id\n  \
             service_name = \"com.amazonaws.eu-west-1.{service}\"\n}}\n"
        )
    };
    let all = [endpoint("a", "ecr.api"), endpoint("b", "ecr.dkr"), endpoint("c", "sqs")].concat();
    everywhere("no-route-to-registry", &routed(&all), "sqs", "s3");
}

#[test]
fn subnets_lead_to_their_zones() {
    let subnets = ["a", "b", "c"].map(|zone| {
        format!(
            "\nresource \"aws_subnet\" \"{zone}\" {{\n  vpc_id = \"vpc-0a1b2c3d\"\n  availability_zone = \"eu-west-1{zone}\"\n}}\n"
        )
    });
    let two = "  load_balancer_type = \"application\"\n  subnets = [aws_subnet.a.id, aws_subnet.b.id]";
    let group = target_group("web", "  vpc_id = \"vpc-0a1b2c3d\"\n  target_type = \"ip\"");
    let service = service(BY_FAMILY, &(network("    subnets = [aws_subnet.c.id]") + &behind(80)));
    let text = [subnets.concat(), load_balancer(two, "web"), group, service].concat();
    everywhere("zone-without-load-balancer", &text, "eu-west-1c", "eu-west-1a");
}

#[test]
fn security_groups_and_subnets_lead_to_their_vpcs() {
    let apart = r#"
resource "aws_subnet" "a" {
  vpc_id = "vpc-0a1b2c3d"
}

resource "aws_security_group" "web" {
  vpc_id = "vpc-0e5f6a7b"
}
"#;
    let network =
        network("    subnets = [aws_subnet.a.id]\n    security_groups = [aws_security_group.web.id]");
    let text = apart.to_owned() + &service(BY_FAMILY, &network);
    everywhere("vpc-mismatch", &text, "vpc-0e5f6a7b", "vpc-0a1b2c3d");
}

/// A plan contains the resources that such a module creates.
#[test]
fn what_the_commonest_module_puts_out_has_its_known_meaning() {
    let modules = r#"
module "vpc" {
  source             = "terraform-aws-modules/vpc/aws"
  cidr               = "10.0.0.0/16"
  azs                = ["eu-west-1a", "eu-west-1b"]
  public_subnets     = ["10.0.1.0/24", "10.0.2.0/24"]
  private_subnets    = ["10.0.3.0/24", "10.0.4.0/24"]
  enable_nat_gateway = true
}

resource "aws_vpc" "other" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_security_group" "web" {
  vpc_id = aws_vpc.other.id
}
"#;
    let network = network(
        "    subnets = module.vpc.private_subnets\n    security_groups = [aws_security_group.web.id]\n    assign_public_ip = true",
    );
    let text = &(modules.to_owned() + &service(BY_FAMILY, &network));
    in_terraform("vpc-mismatch", text, "aws_vpc.other.id", "module.vpc.vpc_id");
    in_terraform(
        "public-ip-in-private-subnet",
        text,
        "module.vpc.private_subnets",
        "module.vpc.public_subnets",
    );
}

#[test]
fn a_route_is_the_way_out_of_its_own_table_and_destination() {
    let association = "resource \"aws_route_table_association\" \"a\" {\n  subnet_id = aws_subnet.a.id\n  route_table_id = aws_route_table.in.id\n}\n";
    let route = "resource \"aws_route\" \"out\" {\n  route_table_id = aws_route_table.out.id\n  \
                 destination_cidr_block = \"0.0.0.0/0\"\n  nat_gateway_id = aws_nat_gateway.main.id\n}\nvariable \"any\" {}\n";
    let text = routed(&[TABLE, association, route].concat());
    let (rule, out) = ("no-route-to-registry", "\n  route_table_id = aws_route_table.out.id");
    in_terraform(rule, &text, out, "\n  route_table_id = aws_route_table.in.id");
    in_terraform(rule, &text, out, "\n  route_table_id = var.any");
    let within = text.replace(out, "\n  route_table_id = aws_route_table.in.id");
    let inside = within.replace(
        "nat_gateway_id = aws_nat_gateway.main.id\n}\nvariable",
        "gateway_id = \"local\"\n}\nvariable",
    );
    let everywhere = "destination_cidr_block = \"0.0.0.0/0\"";
    for elsewhere in ["destination_ipv6_cidr_block = \"::/0\"", "destination_prefix_list_id = \"pl-1\""] {
        let text = inside.replace(everywhere, elsewhere);
        in_terraform(rule, &text, elsewhere, "destination_cidr_block = var.any");
    }
}
