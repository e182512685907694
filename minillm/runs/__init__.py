"""A whole run: recipe, stages, report, plan, several processes."""
