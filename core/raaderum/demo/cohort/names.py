"""Names for made-up people, by the time they were born in."""

from __future__ import annotations

from typing import Final


def _names(written: str) -> tuple[str, ...]:
    return tuple(written.split())


YOUNG_WOMEN: Final = _names(
    """
    Amalie Anna Asta Camilla Cecilie Clara Emilie Fatima Frederikke Ida Jasmin Josefine Julie Karla
    Katrine Laura Line Louise Maja Malene Maria Mathilde Mie Nadia Naja Natasja Pernille Rikke
    Sabrina Sara Signe Simone Sofie Stine Trine Zahra
    """
)
YOUNG_MEN: Final = _names(
    """
    Adam Ahmed Alexander Anders Andreas Benjamin Bilal Casper Christian Daniel David Dennis Emil
    Frederik Gustav Hassan Jacob Jeppe Jonas Kasper Kenneth Kevin Lasse Lucas Mads Magnus Malik
    Marcus Martin Mathias Mikkel Morten Nicklas Nikolaj Oliver Oskar Patrick Peter Philip Rasmus
    René Robin Sebastian Simon Steffen Stephan Thomas Tim Tobias Victor William Yasin
    """
)
OLDER_WOMEN: Final = _names(
    """
    Anette Anita Annelise Birgit Bente Charlotte Conni Dorthe Else Gitte Hanne Helle Inge Jette Joan
    Karin Kirsten Lene Lis Lisbeth Lone Majbritt Marianne Merete Pia Rita Ruth Susanne Tina Ulla
    Vibeke Winnie
    """
)
OLDER_MEN: Final = _names(
    """
    Allan Arne Bent Bjarne Bo Brian Carsten Claus Ejner Erik Finn Flemming Frank Gert Hans Henning
    Henrik Ib Ivan Jan Jens Jim John Jørgen Karsten Keld Kim Kurt Lars Leif Mogens Niels Ole Palle
    Per Poul Preben Steen Søren Tommy Torben Villy
    """
)
FAMILY_NAMES: Final = _names(
    """
    Abildgaard Agerskov Andersen Bager Bak Balle Bang Berthelsen Birk Bjerregaard Borup Bruhn Brandt
    Buhl Carlsen Christiansen Clausen Dahl Damgaard Degn Drejer Eg Enevoldsen Eskildsen Fisker Foged
    Friis Gade Gammelgaard Graversen Grøn Hald Hansen Haugaard Hedegaard Hjort Holm Hvid Højer
    Iversen Jakobsen Jespersen Juul Kjeldsen Klit Knudsen Kofoed Kragh Kristoffersen Lange Lauridsen
    Leth Lund Lyng Madsen Mikkelsen Mose Munk Møller Nedergaard Nielsen Nygaard Olesen Overby
    Paulsen Pedersen Poulsen Ravnkilde Riis Rytter Sandager Schou Sejr Skovgaard Smed Stenbæk
    Svendsen Sørensen Thorsen Toftegaard Tønder Ulrich Vad Villadsen Vinter Winther Yilmaz Østerby
    Aagesen
    """
)
