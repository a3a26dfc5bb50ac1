"""Exhibitors, their members, registrations under way, what they bring and want."""

from eventapp.exhibitors.models.catalogue import CatalogueEntry, CatalogueLogo
from eventapp.exhibitors.models.desk import DecisionTogether, DefaultView, SavedView
from eventapp.exhibitors.models.exhibitor import (
    SECTORS,
    ApplicationState,
    BadgeRelease,
    ExhibitingRules,
    Exhibitor,
    ExhibitorMember,
    PreparedRegistration,
    RegistrationDraft,
    ResumeLink,
    StandKind,
    StandWay,
)
from eventapp.exhibitors.models.imports import ExhibitorImport, ImportedExhibitor, ImportState
from eventapp.exhibitors.models.joining import JoinRequest, JoinState
from eventapp.exhibitors.models.messages import Circular, ExhibitorMessage
from eventapp.exhibitors.models.papers import DocumentReminder, DocumentState, ProvidedDocument, RequiredDocument
from eventapp.exhibitors.models.wanted import AcceptedConditions, CoExhibitor, ExhibitedProduct, ExhibitingConditions, FurtherSector, OrderedExtra, RepresentedFirm

__all__ = [
    "SECTORS",
    "AcceptedConditions",
    "ApplicationState",
    "BadgeRelease",
    "CatalogueEntry",
    "CatalogueLogo",
    "Circular",
    "CoExhibitor",
    "DecisionTogether",
    "DefaultView",
    "DocumentReminder",
    "DocumentState",
    "ExhibitedProduct",
    "ExhibitingConditions",
    "ExhibitingRules",
    "Exhibitor",
    "ExhibitorImport",
    "ExhibitorMember",
    "ExhibitorMessage",
    "FurtherSector",
    "ImportState",
    "ImportedExhibitor",
    "JoinRequest",
    "JoinState",
    "OrderedExtra",
    "PreparedRegistration",
    "ProvidedDocument",
    "RegistrationDraft",
    "RepresentedFirm",
    "RequiredDocument",
    "ResumeLink",
    "SavedView",
    "StandKind",
    "StandWay",
]
