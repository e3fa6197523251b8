"""The rules, one module for each part of a rule set. `rule_sets` says which apply to which format.

Every rule is named by its official id at the place where it is checked; `messages` says what each
id means to a person. A check is a plain function over the extracted structure that calls
`report(id, where)` for each breach.
"""
