"""Pages of the rooms."""

from django.http import Http404
from django.shortcuts import render

ROOMS = {1: "Clocks", 2: "Maps"}


def home(request):
    return render(request, "home.html", {"rooms": ROOMS})


def room(request, number):
    if number not in ROOMS:
        raise Http404
    return render(request, "rooms/room.html", {"name": ROOMS[number]})
