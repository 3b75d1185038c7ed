"""Reports of opgaveglidning: a task that moved without dialogue is reported, answered, or becomes a case (rule 15)."""
