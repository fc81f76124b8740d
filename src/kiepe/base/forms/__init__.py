"""The form engine: YAML becomes pages, conditions, a check page and parsed answers."""
