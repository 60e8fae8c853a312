"""Documents made of reports: screen, paper, terminal, spreadsheet, data."""
