"""Addresses of administration, of the set-up, and of the public rules of access."""

from django.urls import path

from yingshang.kernel.administration.views import explaining, log, people, posts, setting_up, units

app_name = "administration"

urlpatterns = [
    path("setup/<str:token>/", setting_up.set_up, name="setup"),
    path("invitation/<str:token>/", setting_up.accept, name="invitation"),
    path("access/rules/", explaining.rules, name="rules"),
    path("access/explain/", explaining.explain, name="explain"),
    path("administration/units/", units.units, name="units"),
    path("administration/units/new/", units.found, name="found_unit"),
    path("administration/units/<slug:code>/", units.unit, name="unit"),
    path("administration/units/<slug:code>/rename/", units.rename, name="rename_unit"),
    path("administration/units/<slug:code>/close/", units.close, name="close_unit"),
    path("administration/units/<slug:code>/groups/", units.membership, name="membership"),
    path("administration/units/<slug:code>/posts/", units.open_post, name="open_post"),
    path("administration/posts/<int:number>/close/", units.close_post, name="close_post"),
    path("administration/people/", people.people, name="people"),
    path("administration/people/new/", people.register, name="register"),
    path("administration/people/<slug:pseudonym>/", people.person, name="person"),
    path("administration/people/<slug:pseudonym>/appoint/", people.appoint, name="appoint"),
    path("administration/people/<slug:pseudonym>/duty/", people.give_duty, name="give_duty"),
    path("administration/appointments/<int:number>/end/", people.end_appointment, name="end_appointment"),
    path("administration/duties/<int:number>/end/", people.end_duty, name="end_duty"),
    path("administration/my-posts/", posts.my_posts, name="my_posts"),
    path("administration/delegations/<int:number>/revoke/", posts.revoke, name="revoke"),
    path("administration/log/", log.log, name="log"),
]
