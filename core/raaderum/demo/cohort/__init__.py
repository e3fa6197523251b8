"""The cohort: made-up citizens of 2015–2019 whose figures come out as the published ones.

`made_history` makes them from a seed, `import_files` writes them as a municipality would hand them
in, `loading` takes the files in, and `comparison` holds the computed figures beside `published`.
"""
