"""What commands and pages both do with a round, free of Streamlit."""
