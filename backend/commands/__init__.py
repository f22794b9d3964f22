"""The subcommands of `lanarium`, one file a subject."""
