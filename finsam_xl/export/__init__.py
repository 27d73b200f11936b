"""What was read of workbooks as data: tidy tables as files and as pandas frames.

The edge room: pandas is imported nowhere else, and here only when a frame or Parquet is asked for.
"""
