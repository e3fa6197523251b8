"""What can be wrong with an assessment, a comment or a team's decision."""

from __future__ import annotations

from raaderum.kernel.errors import Conflict, InvalidInput, RuleBroken
from raaderum.kernel.text import Text


class ColourTooSure(InvalidInput):
    """A colour that is surer than the judgements it stands on."""

    code = "colour_too_sure"
    text = Text(
        "Farven er mere sikker end svarene. Er du usikker på borgeren eller planen, er den gul; "
        "er du usikker på begge, er den rød.",
        "The colour is surer than the answers. Unsure of the citizen or the plan is yellow; "
        "unsure of both is red.",
    )


class ColourUnlikeDoubts(InvalidInput):
    """A yellow that does not say what it is unsure of, or says something else than its judgements."""

    code = "colour_unlike_doubts"
    text = Text(
        "En gul plan er usikker på enten borgeren eller planen. Vælg den, svarene peger på.",
        "A yellow plan is unsure of either the citizen or the plan. Choose the one the answers point to.",
    )


class GuardUnexplained(InvalidInput):
    """A purchase that may bring debt or affect benefits, and nobody wrote why it is right all the same."""

    code = "guard_unexplained"
    text = Text(
        "Skriv, hvorfor købet er rigtigt, selv om det kan give gæld eller påvirke ydelser.",
        "Write why the purchase is right although it may bring debt or affect benefits.",
    )


class CommentsFirst(RuleBroken):
    """A yellow was to end before any colleague had commented."""

    code = "comments_first"
    text = Text(
        "Planen er gul. Mindst én kollega skal kommentere den, før den bliver grøn eller rød.",
        "The plan is yellow. At least one colleague must comment before it becomes green or red.",
    )


class ColourMoveForbidden(Conflict):
    """A colour that cannot follow the present one."""

    code = "colour_move_forbidden"
    text = Text(
        "Den farve kan ikke følge efter den nuværende: gul ender grøn eller rød, "
        "og en rød plan afgør hele teamet.",
        "That colour cannot follow the present one: yellow ends green or red, "
        "and a red plan is the whole team's to decide.",
    )


class CommentNotAsked(Conflict):
    """A comment on a plan that is not yellow."""

    code = "comment_not_asked"
    text = Text(
        "Kun gule planer kommenteres af kolleger. Se planens farve.",
        "Only yellow plans are commented on by colleagues. See the plan's colour.",
    )


class OwnAssessment(RuleBroken):
    """The assessor commented on their own assessment."""

    code = "own_assessment"
    text = Text(
        "Du har selv vurderet planen. En kollega skal kommentere den.",
        "You assessed this plan yourself. A colleague has to comment on it.",
    )


class WordsNeeded(InvalidInput):
    """A comment or reason without words."""

    code = "words_needed"
    text = Text("Skriv et par ord.", "Write a few words.")


class ReturnedWithoutWords(InvalidInput):
    """A plan was to be sent back without a word on why."""

    code = "comment_missing"
    text = Text("Skriv, hvad der skal ændres i planen.", "Write what is to be changed in the plan.")


class NotPresented(Conflict):
    """A plan was marked as seen that has not been approved as green, so nobody has presented it."""

    code = "not_presented"
    text = Text(
        "Planen er ikke godkendt som grøn, så den er ikke vist for teamet.",
        "The plan has not been approved as green, so it has not been shown to the team.",
    )


class NotRed(Conflict):
    """A team's decision on a plan that is not red."""

    code = "not_red"
    text = Text(
        "Kun røde planer afgøres af hele teamet. Vurdér planen som rød først.",
        "Only red plans are decided by the whole team. Assess the plan as red first.",
    )


class NotOfTheTeam(InvalidInput):
    """A vote by somebody who is neither coordinator nor team leader, or who proposed the plan."""

    code = "not_of_the_team"
    text = Text(
        "Kun koordinatorer og teamledere stemmer, og ikke den, der har skrevet eller indsendt planen.",
        "Only coordinators and team leaders vote, and not whoever wrote or proposed the plan.",
    )


class VotedTwice(InvalidInput):
    """The same person's vote was counted twice."""

    code = "voted_twice"
    text = Text("En person stemmer kun én gang.", "A person votes only once.")


class TeamNotGathered(RuleBroken):
    """Too few were present for the team to decide."""

    code = "team_not_gathered"
    text = Text(
        "{present} af teamets {team} var til stede; der skal være mindst {needed}.",
        "{present} of the team's {team} were present; at least {needed} must be.",
    )


class MeetingBeforePlan(InvalidInput):
    """A meeting that was held before there was a plan to decide on."""

    code = "meeting_before_plan"
    text = Text(
        "Planen blev først sendt til godkendelse {proposed_on}. Skriv dagen, hvor teamet besluttede.",
        "The plan was sent to approval on {proposed_on}. Write the day on which the team decided.",
    )


class MeetingInFuture(InvalidInput):
    """A meeting that has not been held yet."""

    code = "meeting_in_future"
    text = Text(
        "Mødet er ikke holdt endnu. Skriv dagen, hvor teamet besluttede.",
        "The meeting has not been held yet. Write the day on which the team decided.",
    )


class TeamDecisionMissing(RuleBroken):
    """A red plan was about to be approved without the whole team."""

    code = "team_decision_missing"
    text = Text(
        "En rød plan godkendes kun, når hele teamet har besluttet det. Holdt I mødet, så lad teamlederen "
        "skrive beslutningen ind; ellers send planen tilbage.",
        "A red plan is approved only when the whole team has decided so. If you held the meeting, let the "
        "team leader record the decision; otherwise return the plan.",
    )


class TeamLeaderNeeded(RuleBroken):
    """A plan that only a team leader can approve."""

    code = "team_leader_needed"
    text = Text(
        "Planen skal godkendes af en teamleder: den er rød, eller beløbet kræver det.",
        "A team leader has to approve this plan: it is red, or its amount asks for it.",
    )


class AssessedByAnother(RuleBroken):
    """A green of somebody else's was about to be approved."""

    code = "assessed_by_another"
    text = Text(
        "En grøn plan godkendes af den, der har vurderet den. Vurdér den selv først, hvis du overtager.",
        "A green plan is approved by whoever assessed it. Assess it yourself first if you take over.",
    )


class ColourDiffers(Conflict):
    """The colour of the approval is not that of the assessment."""

    code = "colour_differs"
    text = Text(
        "Planen er vurderet til en anden farve. Se vurderingen, og godkend efter den.",
        "The plan has been assessed as another colour. See the assessment and approve by it.",
    )


class LengthAlreadySet(Conflict):
    """A length given with a later version of the plan."""

    code = "length_already_set"
    text = Text(
        "Forløbet er allerede i gang, så længden kan ikke sættes her. Forlæng forløbet i stedet.",
        "The enrolment is under way, so its length cannot be set here. Extend the enrolment instead.",
    )
