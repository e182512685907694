"""A kit for teachers: hand-outs, own work, questions and marks, made of the course's notebooks."""
