#!/usr/bin/env python3
"""Writes cloudformation-attributes.tsv: the attributes that Fn::GetAtt returns, for each resource type in types.rs.

    generate-attributes.py CFNLINT

CFNLINT is a directory that has the Python package cfn-lint, which contains CloudFormation's schemas of all types.
"""

import pathlib
import re
import sys

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, sys.argv[1])

from cfnlint.schema import PROVIDER_SCHEMA_MANAGER, ResourceNotFoundError  # noqa: E402

source = (HERE / "../src/frontend/cloudformation/types.rs").read_text()
lines = []
for kind in sorted(set(re.findall(r'"(AWS::\w+::\w+)"', source))):
    try:
        schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", kind)
    except ResourceNotFoundError:
        continue
    lines.append("\t".join([kind, " ".join(sorted(schema.get_atts))]) + "\n")
(HERE / "cloudformation-attributes.tsv").write_text("".join(lines))
