"""What the texts say of items: their content, codes, checks and the procedure they bring. Plain Python."""
