"""What gathers from many rooms: portal (citizens), desk (staff), commandline."""
