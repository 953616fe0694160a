"""The client's page: what a month brought, in one file that opens anywhere."""

from outreach.reporting.client_page.blocks import Page
from outreach.reporting.client_page.forms import FORMS, form_of, store_page
from outreach.reporting.client_page.options import SECTIONS, PageOptions, Sources, month_of
from outreach.reporting.client_page.page import client_page

__all__ = ["FORMS", "SECTIONS", "Page", "PageOptions", "Sources", "client_page", "form_of", "month_of", "store_page"]
