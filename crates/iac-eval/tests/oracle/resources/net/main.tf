variable "name" {}

resource "terraform_data" "single" {
  input = var.name
}

resource "terraform_data" "each" {
  for_each = { b = "two", a = "one" }
  input    = each.value
}

resource "terraform_data" "count" {
  count = 2
  input = "n${count.index}"
}

output "single" {
  value = terraform_data.single
}

output "each" {
  value = terraform_data.each
}

output "count" {
  value = terraform_data.count
}

output "pair" {
  value = { a = terraform_data.each["a"], b = terraform_data.each["b"] }
}
