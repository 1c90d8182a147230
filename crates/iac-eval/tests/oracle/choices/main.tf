variable "env" {}

locals {
  m = {
    dev  = { name = "Dev", cpu = 256, memory = 512, zones = ["a"], region = "eu" }
    prod = { name = "PROD", cpu = 1024, memory = 4096, zones = ["b", "a"], region = "us" }
  }
  prefixed = { app-dev = 1, app-prod = 2 }
  upper    = { DEV = "d", PROD = "p" }
  partial  = { prod = 3 }
  json     = { dev = "{\"size\": 1}", prod = "{\"size\": 2.5, \"x\": [true]}" }
  texts    = { dev = "", prod = "given" }
  nulls    = { dev = null, prod = "given" }
  lists    = { dev = [], prod = ["only"] }
  cidr     = { dev = "10.1.0.0/16", prod = "10.2.0.0/16" }
  list     = ["dev", "prod"]
  regions  = { eu = { ami = "ami-1" }, us = { ami = "ami-2" } }
  alias    = { dev = "prod", prod = "dev" }
  nested   = { dev = { eu = 1, us = 1 }, prod = { eu = 2, us = 3 } }
  template = "env: $${env}"
}

resource "terraform_data" "each" {
  for_each = { dev = "d", prod = "p" }
  input    = each.value
}

resource "terraform_data" "count" {
  count = 2
  input = "c${count.index}"
}

resource "terraform_data" "optional" {
  count = var.env == "prod" ? 1 : 0
  input = "o"
}
