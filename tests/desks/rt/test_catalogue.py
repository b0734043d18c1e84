"""What can be asked for, and the articles that may save the asking."""

from __future__ import annotations

import pytest

from tests.desks.rt.site import RtSiteRig
from tests.rigs.technician import Technician
from tracker.desks.base import Capability
from tracker.desks.rt.desk import RtDesk
from tracker.model.catalogue import FieldKind

pytestmark = [pytest.mark.rt, pytest.mark.anyio]


async def test_the_queues_that_take_requests_are_the_services(jane: RtDesk) -> None:
    services = {service.name: service for service in await jane.catalogue()}
    assert services.keys() == {"IT Support", "Workplace", "Facilities"}
    assert services["IT Support"].description == "Computers, programs and accounts"


async def test_the_form_asks_what_employees_may_see_and_nothing_that_is_ours(jane: RtDesk) -> None:
    services = {service.name: service for service in await jane.catalogue()}
    (field,) = services["IT Support"].fields
    assert (field.id, field.kind, field.required) == ("Location", FieldKind.TEXT, False)
    assert services["Facilities"].fields == ()


async def test_a_site_may_offer_fewer_queues_and_use_fields_otherwise(rt_site: RtSiteRig) -> None:
    desk = rt_site.desk("jane", options=(("queues", "IT Support, Nowhere"), ("field.rating", "")))
    (service,) = await desk.catalogue()
    fields = {field.id: field for field in service.fields}
    assert fields["Satisfaction"].kind is FieldKind.CHOICE
    assert fields["Satisfaction"].choices == ("1", "2", "3", "4", "5")
    assert (await desk.check()).gaps == ("The queue “Nowhere” is not there, or you may not see it.",)
    await desk.aclose()


async def test_a_field_the_map_names_and_the_site_lacks_is_a_gap(rt_site: RtSiteRig) -> None:
    desk = rt_site.desk("jane", options=(("field.visit", "Besuch"),))
    assert "The field “Besuch” is not there, or you may not see it." in (await desk.check()).gaps
    await desk.aclose()


async def test_a_site_without_a_visit_field_declares_no_visits(rt_site: RtSiteRig) -> None:
    desk = rt_site.desk("jane", options=(("field.visit", ""), ("closed_status", ""), ("field.rating", "")))
    assert not {Capability.VISITS, Capability.CONFIRM} & desk.capabilities
    await desk.aclose()


async def test_articles_are_found_by_name_summary_and_body_the_best_first(jane: RtDesk) -> None:
    found = await jane.answers("My printer: paper jam?")
    assert found[0].title == "Printer shows offline"
    assert "print spooler" in found[0].body
    assert [answer.title for answer in await jane.answers("spooler")] == ["Printer shows offline"]
    assert await jane.answers("?? ' -- a") == ()


async def test_an_article_with_scripts_and_remote_pictures_becomes_plain_text(jane: RtDesk) -> None:
    (answer,) = await jane.answers("phone")
    assert answer.body == "Add your account."


async def test_text_that_only_looks_a_little_like_html_stays_as_it_is(
    jane: RtDesk, administrator: Technician
) -> None:
    administrator.article("Angle brackets", "zebra", "Press <Ctrl> and 1 < 2.")
    (answer,) = await jane.answers("zebra")
    assert answer.body == "Press <Ctrl> and 1 < 2."
