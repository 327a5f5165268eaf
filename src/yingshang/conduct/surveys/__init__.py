"""Questionnaires answered without a name: who was asked is known, who said what is not.

Task 35 of the plan, the questionnaire and the public appraisal. Owns the
words: questionnaire, version, survey, sampling frame, answer code, answer sheet.
"""
