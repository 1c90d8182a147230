//! Links from a service to its load balancer: target groups, listeners, listener rules, and security groups.

use serde_json::{Value, json};

use super::world::{
    ALL_OUT, BY_ADDRESS, BY_FAMILY, TASK, behind, load_balancer, network, security_group, service,
    target_group,
};
use super::{everywhere, finds, plan};

/// A service whose target group differs from the one that its load balancer forwards to.
fn forwarded() -> String {
    let groups = target_group("web", "") + &target_group("other", "");
    [load_balancer("", "other"), groups, TASK.to_owned(), service(BY_ADDRESS, &behind(80))].concat()
}

#[test]
fn a_target_group_leads_to_the_listener_that_forwards_to_it() {
    let (other, ours) = ("aws_lb_target_group.other.arn", "aws_lb_target_group.web.arn");
    everywhere("target-group-without-listener", &forwarded(), other, ours);
}

#[test]
fn a_plan_that_may_lack_a_listener_says_of_no_target_group_that_it_has_none() {
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut plan: Value = serde_json::from_str(&plan::of(&forwarded())).unwrap();
        change(&mut plan);
        finds("target-group-without-listener", "plan.json", &plan.to_string())
    };
    assert!(changed(&|_| {}));
    let listener = "/planned_values/root_module/resources";
    assert!(!changed(&|plan| {
        let planned = plan.pointer_mut(listener).unwrap().as_array_mut().unwrap();
        planned.retain(|resource| resource["address"] != "aws_lb_listener.web");
    }));
    let given = |reference: &str| json!({ "group": { "expression": { "references": [reference] } } });
    let outputs = |reference: &'static str| {
        changed(&move |plan| plan["configuration"]["root_module"]["outputs"] = given(reference))
    };
    assert!(outputs("aws_lb_target_group.other.arn"));
    assert!(!outputs("aws_lb_target_group.web.arn"));
    assert!(!outputs("local.group"));
    assert!(!changed(&|plan| plan["configuration"] = Value::Null));
}

#[test]
fn a_target_group_leads_to_the_rule_that_gives_it_a_share() {
    let rule = r#"
resource "aws_lb_listener_rule" "web" {
  listener_arn = aws_lb_listener.web.arn

  action {
    type = "forward"

    forward {
      target_group {
        arn    = aws_lb_target_group.other.arn
        weight = 1
      }

      target_group {
        arn    = aws_lb_target_group.shared.arn
        weight = 9
      }
    }
  }

  condition {
    path_pattern {
      values = ["/*"]
    }
  }
}
"#;
    let (other, ours) = ("aws_lb_target_group.shared.arn", "aws_lb_target_group.web.arn");
    everywhere(
        "target-group-without-listener",
        &[&forwarded(), rule, &target_group("shared", "")].concat(),
        other,
        ours,
    );
}

#[test]
fn a_target_group_that_says_nothing_is_for_instances() {
    let (nothing, ip) = ("name     = \"web\"", "name     = \"web\"\n  target_type = \"ip\"");
    everywhere("target-type-mismatch", &forwarded(), nothing, ip);
}

/// A service behind a load balancer, whose security groups have these rules.
fn guarded(inline: &str, apart: &str) -> String {
    let subnets = r#"subnets = ["subnet-0123456789abcdef0"]"#;
    let network = network(&format!("{subnets}\nsecurity_groups = [aws_security_group.web.id]"));
    [
        security_group("balancer", ALL_OUT),
        security_group("web", inline),
        apart.to_owned(),
        load_balancer("security_groups = [aws_security_group.balancer.id]", "web"),
        target_group("web", "target_type = \"ip\""),
        service(BY_FAMILY, &(network + &behind(8080))),
    ]
    .concat()
}

#[test]
fn a_security_group_has_the_rules_written_in_it() {
    let inline = r#"
  ingress {
    from_port       = 443
    to_port         = 8000
    protocol        = "tcp"
    security_groups = [aws_security_group.balancer.id]
  }"#;
    everywhere("security-group-blocks-traffic", &guarded(inline, ""), "8000", "8080");
}

#[test]
fn a_security_group_has_the_rules_that_name_it() {
    let apart = r#"
resource "aws_security_group_rule" "web" {
  type                     = "ingress"
  security_group_id        = aws_security_group.web.id
  source_security_group_id = aws_security_group.balancer.id
  from_port                = 443
  to_port                  = 8000
  protocol                 = "tcp"
}
"#;
    everywhere("security-group-blocks-traffic", &guarded("", apart), "8000", "8080");
}

#[test]
fn a_security_group_has_the_rules_of_the_vpc_that_name_it() {
    let apart = r#"
resource "aws_vpc_security_group_ingress_rule" "web" {
  security_group_id            = aws_security_group.web.id
  referenced_security_group_id = aws_security_group.balancer.id
  from_port                    = 443
  to_port                      = 8000
  ip_protocol                  = "tcp"
}
"#;
    everywhere("security-group-blocks-traffic", &guarded("", apart), "8000", "8080");
}
