"""Addresses of the frame itself."""

from django.urls import path, re_path

from yingshang.kernel.web.views import components, help, home, layout, standings

app_name = "web"

urlpatterns = [
    path("", home.home, name="home"),
    path("workbench/", home.workbench, name="workbench"),
    path("components/", components.components, name="components"),
    path("account/standings/", standings.standings, name="standings"),
    path("help/accessibility/", help.accessibility, name="accessibility"),
    path("demo/", standings.faces, name="faces"),
    path("demo/<slug:key>/", standings.become, name="become"),
    re_path(r"^elder/(?P<switch>on|off)$", layout.elder, name="elder"),
    path("language/<slug:code>", layout.language, name="language"),
]
