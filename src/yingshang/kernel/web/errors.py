"""The errors on a screen or in the API's envelope: what is so, why, what to do."""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from yingshang.kernel.errors import NotFound, Refusal, Stale, Unavailable

log = structlog.get_logger("yingshang.web")


@dataclass(frozen=True)
class Problem:
    """The one envelope: what the API answers and the error page prints.

    code: stable name. reason: what is so and why. remedy: what to do now.
    source: the text that decides, if one does. trace: number of the request.
    """

    code: str
    reason: str
    remedy: str = ""
    source: str = ""
    trace: str = ""


# Status → (code, heading, reason, remedy). 403 for a thing is never used: what may not be known is not found.
WORDS: dict[int, tuple[str, str, str, str]] = {
    400: (
        "web.bad_request",
        gettext_noop("这个请求读不懂"),
        gettext_noop("地址或提交的内容里有无法识别的字符。"),
        gettext_noop("请返回上一页，重新填写后再提交。"),
    ),
    401: (
        "web.log_in_first",
        gettext_noop("请先登录"),
        gettext_noop("办理这件事要知道您是谁。"),
        gettext_noop("请登录后再试。"),
    ),
    403: (
        "web.page_too_old",
        gettext_noop("页面停留太久了"),
        gettext_noop("为了安全，页面打开一段时间后，或者重新登录后，就不能再提交。"),
        gettext_noop("请返回上一页，刷新以后再提交；浏览器要允许本站使用Cookie。"),
    ),
    404: (
        "web.not_found",
        gettext_noop("没有找到"),
        gettext_noop("您要找的内容不存在，或者您无权查看。"),
        gettext_noop("请核对地址，或者从首页重新进入。"),
    ),
    405: (
        "web.method_not_allowed",
        gettext_noop("这个地址不能这样打开"),
        gettext_noop("这个地址只接受网页表单提交，不能直接打开。"),
        gettext_noop("请从原来的页面重新进入。"),
    ),
    409: (
        "web.refused",
        gettext_noop("这件事现在不能办"),
        gettext_noop("现在的情形不允许这样办理。"),
        gettext_noop("请看清原因后再办理。"),
    ),
    413: (
        "web.too_large",
        gettext_noop("提交的内容太大"),
        gettext_noop("文件或表格超过了允许的大小。"),
        gettext_noop("请把文件分成几份，或者压缩图片以后再提交。"),
    ),
    414: (
        "web.address_too_long",
        gettext_noop("地址太长"),
        gettext_noop("这个地址超过了允许的长度。"),
        gettext_noop("请从首页重新进入，或者减少筛选条件。"),
    ),
    422: (
        "web.invalid",
        gettext_noop("填写的内容有误"),
        gettext_noop("有的内容不符合要求。"),
        gettext_noop("请按提示改正后再提交，已经填写的内容不用重填。"),
    ),
    429: (
        "web.too_many_requests",
        gettext_noop("操作太频繁"),
        gettext_noop("短时间内尝试的次数太多，已暂停一会儿。"),
        gettext_noop("请过几分钟再试。"),
    ),
    500: (
        "web.defect",
        gettext_noop("系统出了问题"),
        gettext_noop("这是系统的错误，不是您的操作有误；刚才的办理没有保存。"),
        gettext_noop("请稍后再试。如果仍然不行，请把下面的编号告诉工作人员。"),
    ),
    503: (
        "web.unavailable",
        gettext_noop("暂时连接不上"),
        gettext_noop("本系统依赖的另一个系统没有回应。"),
        gettext_noop("已经提交的内容不会丢失，请稍后再试。"),
    ),
}


def wants_data(request: HttpRequest) -> bool:
    """Return whether the answer must be the API's envelope and not a page."""
    return request.path.startswith("/api/")


def problem_of(request: HttpRequest, status: int) -> Problem:
    """Return the plain words for a status."""
    code, _heading, reason, remedy = WORDS[status]
    return Problem(code, _(reason), _(remedy), trace=getattr(request, "trace", ""))


def answer(request: HttpRequest, status: int, problem: Problem, **context: Any) -> HttpResponse:
    """Return the page, the fragment for htmx, or the envelope for the API."""
    if wants_data(request):
        return JsonResponse(asdict(problem), status=status, json_dumps_params={"ensure_ascii": False})
    heading = _(WORDS[status][1])
    context |= {"problem": problem, "heading": heading, "status": status}
    fragment = bool(request.headers.get("HX-Request")) and not request.headers.get("HX-Boosted")
    response = render(
        request, "web/errors/fragment.html" if fragment else "web/errors/page.html", context, status=status
    )
    response["Cache-Control"] = "no-store"
    return response


def refuse_request(request: HttpRequest, status: int) -> HttpResponse:
    """Answer a request that cannot be taken, with the plain words for its status."""
    return answer(request, status, problem_of(request, status))


def render_refusal(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Return the page (or envelope) of a refusal, HTTP 409."""
    trace = getattr(request, "trace", "")
    return answer(request, 409, Problem(refusal.code, refusal.reason, refusal.remedy, refusal.source, trace))


def answer_to(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """Return the answer to one of the four errors; None for anything else, which is a defect."""
    trace = getattr(request, "trace", "")
    match error:
        case Refusal():
            return render_refusal(request, error)
        case NotFound():
            return refuse_request(request, 404)
        case Stale():
            return answer(request, 409, Problem("kernel.stale", error.reason, error.remedy, trace=trace))
        case Unavailable():
            log.warning("outside system unavailable", system=error.system, reason=error.reason)
            reason = _("%(system)s暂时连接不上。") % {"system": error.system} + error.reason
            return answer(request, 503, Problem("kernel.unavailable", reason, _(WORDS[503][3]), trace=trace))
    return None


def _route(request: HttpRequest) -> str:
    """Return the route and never the path, which may carry a receipt code."""
    return request.resolver_match.route if request.resolver_match else ""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler400."""
    return refuse_request(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler403: a thing that may not be seen looks like a thing that is not there."""
    return refuse_request(request, 404)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler404."""
    return refuse_request(request, 404)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF_FAILURE_VIEW."""
    log.info("form refused", why=reason, route=_route(request))
    return refuse_request(request, 403)


def locked_out(request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
    """What django-axes answers after too many wrong passwords."""
    return refuse_request(request, 429)


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What a rate limit answers."""
    return refuse_request(request, 429)


def defect(request: HttpRequest) -> HttpResponse:
    """Django's handler500: a trace number for the person, the traceback for the operator."""
    error = sys.exc_info()[1]
    log.error("defect", route=_route(request), method=request.method, exc_info=error)
    try:
        return refuse_request(request, 500)
    except Exception:  # the page itself is broken: say so in words that need nothing
        log.exception("the page of errors failed")
        trace = getattr(request, "trace", "")
        return HttpResponse(
            f"系统出了问题，编号{trace}。请稍后再试。", status=500, content_type="text/plain; charset=utf-8"
        )
