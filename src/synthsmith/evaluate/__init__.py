"""Evaluation: problems, answers, grades and figures that two people get alike."""
