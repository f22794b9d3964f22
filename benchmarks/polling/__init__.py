"""How punctually and how cheaply things are polled."""
