"""The museum's pages."""

from django.urls import path

from rooms import views

urlpatterns = [path("", views.home), path("rooms/<int:number>", views.room)]
