"""What an archive holds, and how it stays true to the lake it was made of."""
