"""The commands of `kg`, a module each. What they do is in the library; here is what they read and print."""
