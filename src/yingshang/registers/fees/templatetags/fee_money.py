"""Money on pages."""

from django import template

from yingshang.registers.fees.rules import yuan

register = template.Library()
register.filter("yuan", yuan)
