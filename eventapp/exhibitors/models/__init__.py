"""Exhibitors, their members, registrations under way, what they bring and want."""

from eventapp.exhibitors.models.desk import DecisionTogether, DefaultView, SavedView
from eventapp.exhibitors.models.exhibitor import (
    SECTORS,
    ApplicationState,
    BadgeRelease,
    ExhibitingRules,
    Exhibitor,
    ExhibitorMember,
    RegistrationDraft,
    ResumeLink,
    StandKind,
    StandWay,
)
from eventapp.exhibitors.models.imports import ExhibitorImport, ImportedExhibitor, ImportState
from eventapp.exhibitors.models.wanted import AcceptedConditions, CoExhibitor, ExhibitedProduct, ExhibitingConditions, FurtherSector, OrderedExtra, RepresentedFirm

__all__ = [
    "SECTORS",
    "AcceptedConditions",
    "ApplicationState",
    "BadgeRelease",
    "CoExhibitor",
    "DecisionTogether",
    "DefaultView",
    "ExhibitedProduct",
    "ExhibitingConditions",
    "ExhibitingRules",
    "Exhibitor",
    "ExhibitorImport",
    "ExhibitorMember",
    "FurtherSector",
    "ImportState",
    "ImportedExhibitor",
    "OrderedExtra",
    "RegistrationDraft",
    "RepresentedFirm",
    "ResumeLink",
    "SavedView",
    "StandKind",
    "StandWay",
]
