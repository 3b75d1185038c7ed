"""Requests about the choice of forum, meetings, what the forums decide, and what the parties agree on."""

from portfolio.models.adoption import ActionPlanDecision, AnnualAdoption, AnnualSubmission
from portfolio.models.agenda import AgendaItem, ItemKind
from portfolio.models.agreement import Agreement, AgreementAnswer, Aim, Indicator, ResponsibilityHolder
from portfolio.models.agreement_party import (
    FOR_RECEIVERS,
    FOR_SELF_CARE,
    AgreementParty,
    PartyAnswer,
    PartyRole,
    Readiness,
    ReadinessItem,
)
from portfolio.models.agreement_step import AgreementVersion, Confirmation, ConfirmationKind, Leaving
from portfolio.models.annual import AnnualStatus, AnnualText
from portfolio.models.decision import Decision, DecisionState, Procedure
from portfolio.models.followup import FollowUp, FollowUpOutcome, Measurement, PartyOutcome
from portfolio.models.meeting import Attendance, AttendanceStatus, Meeting, MeetingState, MinutesApproval
from portfolio.models.orientation import Orientation, OrientationKind
from portfolio.models.routing import ForumRequest
from portfolio.models.survey import Survey, SurveyAnswer, SurveyParticipation, SurveyQuestion, SurveyScore
from portfolio.models.vote import Ballot, BallotChoice, VoteOutcome, Voter, WrittenVote

__all__ = [
    "FOR_RECEIVERS",
    "FOR_SELF_CARE",
    "ActionPlanDecision",
    "AgendaItem",
    "Agreement",
    "AgreementAnswer",
    "AgreementParty",
    "AgreementVersion",
    "Aim",
    "AnnualAdoption",
    "AnnualStatus",
    "AnnualSubmission",
    "AnnualText",
    "Attendance",
    "AttendanceStatus",
    "Ballot",
    "BallotChoice",
    "Confirmation",
    "ConfirmationKind",
    "Decision",
    "DecisionState",
    "FollowUp",
    "FollowUpOutcome",
    "ForumRequest",
    "Indicator",
    "ItemKind",
    "Leaving",
    "Measurement",
    "Meeting",
    "MeetingState",
    "MinutesApproval",
    "Orientation",
    "OrientationKind",
    "PartyAnswer",
    "PartyOutcome",
    "PartyRole",
    "Procedure",
    "Readiness",
    "ReadinessItem",
    "ResponsibilityHolder",
    "Survey",
    "SurveyAnswer",
    "SurveyParticipation",
    "SurveyQuestion",
    "SurveyScore",
    "VoteOutcome",
    "Voter",
    "WrittenVote",
]  # fmt: skip
