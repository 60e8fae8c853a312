"""What a production is: frozen values, declared once."""
