"""The whole store as a workbook that planners edit and send back, and the empty one to start from."""
