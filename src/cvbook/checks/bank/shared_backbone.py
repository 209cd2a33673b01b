"""Exercise of 10_shared_backbone: the project, which `checks.project` trains and scores."""

from cvbook.checks.bank.registry import Assignment

bank = Assignment("10_shared_backbone")

bank.without_oracle("build_and_train")
