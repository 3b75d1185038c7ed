"""What every app may use: accounts, the CPR guard, files, jobs, PDF, spreadsheets, parameters and form definitions."""
