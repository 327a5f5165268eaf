"""Guides (办事指南): pages, booklets and the questions of a situation, all from one published version."""

from django.urls import path

from yingshang.registers.catalogue.views.guides import booklets, pages, situations

# Mounted by ``urls``.
ADDRESSES = [
    path("items/<slug:slug>/", pages.guide, name="guide"),
    path("items/<slug:slug>/short/", pages.short, name="short_guide"),
    path("items/<slug:slug>/editions/<int:number>/", pages.edition, name="guide_edition"),
    path("items/<slug:slug>/situation/", situations.ask, name="situation"),
    path("items/<slug:slug>/situation/<slug:key>/", situations.ask, name="situation_question"),
    path("items/<slug:slug>/materials/", situations.materials, name="situation_materials"),
    path("items/<slug:slug>/booklet.pdf", booklets.of_item, name="booklet"),
    path("items/<slug:slug>/editions/<int:number>/booklet.pdf", booklets.of_edition, name="edition_booklet"),
    path("guides/units/<slug:unit>/booklet.pdf", booklets.of_unit, name="unit_booklet"),
]
