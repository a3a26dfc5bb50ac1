"""Why a stand cannot be given."""

from eventapp.core.errors import N_, NotThere, Refusal


class StandTaken(Refusal):
    """Another exhibitor has the stand."""

    message = N_("Stand %(stand)s is already allocated to %(by)s. Choose another one.")
    field = "stand"


class AlreadyTheirs(Refusal):
    """The exhibitor has the stand already."""

    message = N_("Stand %(stand)s is already allocated to this exhibitor.")
    field = "stand"


class NotTheirs(Refusal):
    """The exhibitor has not this stand."""

    message = N_("Stand %(stand)s is not allocated to this exhibitor any more.")


class ExhibitorNotAccepted(Refusal):
    """Only accepted exhibitors get a stand."""

    message = N_("%(name)s has no accepted application. Accept it first, then allocate a stand.")


class NoSuchStand(Refusal):
    """The edition has no stand of that number."""

    message = N_("There is no stand %(stand)s in this edition. Check the number on the floor plan.")
    field = "number"
    status = 422


class OffThePlan(NotThere):
    """The stand was taken off the plan, by itself or by a merge or a split."""

    message = N_("Stand %(stand)s was taken off the plan meanwhile.")
    status = 409


class StandNumberTaken(Refusal):
    """The edition has a stand of that number."""

    message = N_("There is already a stand %(stand)s in this edition. Choose another number.")
    field = "number"


class OddNumber(Refusal):
    """A stand number has other signs than letters and digits."""

    message = N_("A stand number has letters and digits, with hyphens or points between them: B12 or B-12. %(stand)s does not.")
    field = "number"
    status = 422


class StandsStickOut(Refusal):
    """A hall cannot be smaller than what stands in it."""

    message = N_("These stands would stick out of the hall: %(stands)s. Make it larger, or move them first.")
    field = "width_m"


class HallHasStands(Refusal):
    """A hall with stands cannot be removed."""

    message = N_("Hall %(hall)s has %(count)s stands on the floor plan, so it stays.")


class OffTheGrid(Refusal):
    """A length that the half-metre grid does not have."""

    message = N_("%(metres)s m does not lie on the grid of half metres. Give metres as in 4 or 4.5.")
    field = "outline"
    status = 422


class NotOneShape(Refusal):
    """The corners do not enclose one rectilinear shape."""

    message = N_("A stand is one shape with right angles, in one piece and without a hole. Draw its corners one after the other.")
    field = "outline"
    status = 422


class TooManyCorners(Refusal):
    """The outline is finer than a stand can be."""

    message = N_("A stand has at most %(most)s corners. Make its outline simpler.")
    field = "outline"
    status = 422


class OutsideTheHall(Refusal):
    """The outline leaves the hall."""

    message = N_("Stand %(stand)s would leave hall %(hall)s. Move it inside, or make the hall larger first.")
    field = "outline"
    status = 422


class StandsOverlap(Refusal):
    """Another stand covers a part of the outline."""

    message = N_("Stand %(stand)s would overlap %(others)s. Move one of them.")
    field = "outline"


class StandHeld(Refusal):
    """Somebody holds the stand for some minutes, or has asked for it."""

    message = N_("Somebody else took stand %(stand)s a moment ago. Choose another one: those most like it are shown.")
    field = "stand"


class StandBlocked(Refusal):
    """The organiser keeps the stand."""

    message = N_("Stand %(stand)s is blocked. Free it first, or choose another one.")
    field = "stand"


class HoldRanOut(Refusal):
    """The hold ended, and somebody else has the stand now."""

    message = N_("Your hold on stand %(stand)s ran out, and somebody else has it now. Everything you typed is kept: choose another stand, then send.")
    field = "stand"


class NoHold(Refusal):
    """The exhibitor holds no stand."""

    message = N_("You hold no stand any more. Choose one on the plan.")


class AlreadyRenewed(Refusal):
    """A hold is renewed once."""

    message = N_("A hold can be made longer once. Send your application before it ends, or choose the stand again afterwards.")


class NoHoldsHere(Refusal):
    """The edition places exhibitors by wish list."""

    message = N_("In this edition stands are not held. Say which ones you would like; the organiser places everybody.")


class StandInUse(Refusal):
    """A stand that somebody has cannot be drawn anew."""

    message = N_("Stand %(stand)s is not free. Move who has it to another stand first.")


class NotBeside(Refusal):
    """Stands that do not touch cannot become one."""

    message = N_("These stands do not lie side by side, or enclose a hole: they cannot become one. Choose stands of one hall that touch.")
    field = "others"


class NotAllTheirs(Refusal):
    """One of the stands is somebody's, and not all of them are."""

    message = N_("Stand %(stand)s belongs to %(name)s, and the others do not. Give all of them to one exhibitor first, or free them.")
    field = "others"


class CutMisses(Refusal):
    """The line does not cut the stand into two pieces."""

    message = N_("This line does not cut stand %(stand)s into two pieces. Choose one that runs through it.")
    field = "at"
    status = 422


class HolderFirst(Refusal):
    """What a stand that somebody has would become is looked at before it does."""

    message = N_(
        "%(name)s has stand %(stand)s. Area: %(area)s m² instead of %(area_before)s; open sides: %(sides)s instead of %(sides_before)s. "
        "Confirm the change: the contact gets a mail."
    )
    field = "agreed"


class HolderFirstPriced(HolderFirst):
    """The same, where the price list says what the stand costs."""

    message = N_(
        "%(name)s has stand %(stand)s. Area: %(area)s m² instead of %(area_before)s; open sides: %(sides)s instead of %(sides_before)s; price by the list, without tax: "
        "%(price)s %(currency)s instead of %(price_before)s. Confirm the change: the contact gets a mail."
    )


class NothingToUndo(Refusal):
    """Nothing was drawn, or all of it is undone."""

    message = N_("There is nothing to undo.")


class ChangedSince(Refusal):
    """What would be undone is not as it was left."""

    message = N_("%(what)s was changed since, so this cannot be undone.")


class NumberTooLong(Refusal):
    """The row would need a number longer than the plan has room for."""

    message = N_("%(stand)s is longer than 8 characters. Begin with a shorter number.")
    field = "first"
    status = 422


class FeatureLeavesHall(Refusal):
    """What is drawn beside stands would leave the hall."""

    message = N_("This would leave hall %(hall)s. Keep it inside.")
    field = "outline"
    status = 422


class NoWishListHere(Refusal):
    """The edition gives stands to who comes first."""

    message = N_("In this edition who comes first has the stand, so nothing is proposed. The settings for exhibitors say how stands find their exhibitors.")


class SearchUnderWay(Refusal):
    """One search at a time."""

    message = N_("A search is under way already. Wait for what it proposes.")


class NobodySeeks(Refusal):
    """Nobody is to be placed."""

    message = N_("Every accepted exhibitor has a stand: there is nobody to place.")


class NoProposal(Refusal):
    """The search has not ended, or failed."""

    message = N_("This search has proposed nothing that could be changed or accepted.")


class LineAccepted(Refusal):
    """What was accepted is changed on the plan."""

    message = N_("%(name)s has stand %(stand)s by this proposal already. Move it on the plan, or undo the acceptance first.")


class ProposedForAnother(Refusal):
    """The proposal gives the stand to somebody else."""

    message = N_("Stand %(stand)s is proposed for %(name)s. Give that exhibitor another one first, or leave it out.")
    field = "stand"


class NothingChosen(Refusal):
    """No line to accept."""

    message = N_("Choose the lines to accept.")


class ProposalOvertaken(Refusal):
    """Some of the lines cannot be accepted any more, so none was."""

    message = N_("Nothing was accepted, since these lines cannot be any more: %(lines)s. Change them or leave them out, then accept again.")


class NothingAccepted(Refusal):
    """No acceptance to undo."""

    message = N_("Nothing of this proposal is accepted any more.")


class SameTwice(Refusal):
    """One exhibitor is not kept apart from itself."""

    message = N_("Choose two exhibitors.")
    field = "other"
    status = 422
