"""Tables, figures and the document that readers get; from records, indicators and the scenario alone."""
