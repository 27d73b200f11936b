"""Understanding the sheets people made themselves, by their headings and labels."""
