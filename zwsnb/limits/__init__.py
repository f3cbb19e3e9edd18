"""What the system lets a process have."""
