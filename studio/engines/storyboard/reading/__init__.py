"""What a prompt asks for: its words, who and what is in it, where and when it plays."""
