"""Made-up municipalities at work: the cohort of the demo and the walkthrough of the main job."""
