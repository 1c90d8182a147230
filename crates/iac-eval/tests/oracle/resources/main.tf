locals {
  greeting = "Hello, $${name}!"
}

resource "terraform_data" "single" {
  input = "only"
}

resource "terraform_data" "each" {
  for_each = { b = "two", a = "one" }
  input    = each.value
}

resource "terraform_data" "count" {
  count = 2
  input = "n${count.index}"
}

resource "terraform_data" "none" {
  count = 0
  input = "none"
}

resource "terraform_data" "empty" {
  for_each = {}
  input    = "none"
}

resource "terraform_data" "chained" {
  for_each = terraform_data.each
  input    = "${each.key}-${each.value.input}"
}

resource "terraform_data" "object" {
  for_each = {
    a = { name = "web", port = 80, tags = ["x", "y"] }
    b = { name = "api", port = 8080, tags = ["y"] }
  }
  input = each.value
}

module "net" {
  source = "./net"
  name   = "only"
}

module "many" {
  source   = "./net"
  for_each = toset(["x", "y"])
  name     = each.key
}
