"""Signing in and out, the day switch, and what a user chooses for a list."""

from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts import actions
from accounts.forms import DayForm, chosen_columns
from accounts.models import ListName, SavedFilter
from common.errors import Refused
from common.middleware import CHOSEN_DAY
from common.periods import today
from organizations.access import anyone, signed_in

sign_in = anyone(
    auth_views.LoginView.as_view(template_name="accounts/sign_in.html", redirect_authenticated_user=True),
)


@signed_in
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    response = auth_views.LogoutView.as_view()(request)
    messages.success(request, "Bạn đã đăng xuất.")
    return response


class ChangePassword(auth_views.PasswordChangeView):
    template_name = "accounts/change_password.html"
    success_url = reverse_lazy("home")

    def form_valid(self, form) -> HttpResponse:
        messages.success(self.request, "Đã đổi mật khẩu.")
        return super().form_valid(form)


change_password = signed_in(ChangePassword.as_view())


@signed_in
@require_POST
def choose_day(request: HttpRequest) -> HttpResponse:
    """Look at the records as they stood on the day typed in the page frame, from now on and on every page."""
    form = DayForm(request.POST)
    if not form.is_valid():
        typed = request.POST.get("day", "")
        unread = f"Không đọc được ngày “{typed}”. Hãy nhập theo dạng ngày/tháng/năm, ví dụ 15/3/2022."
        messages.error(request, unread if form.has_error("day", "invalid") else form.errors["day"][0])
    elif form.cleaned_data["day"] in (None, today()):
        request.session.pop(CHOSEN_DAY, None)  # today is no choice: tomorrow the pages move on
    else:
        request.session[CHOSEN_DAY] = form.cleaned_data["day"].isoformat()
    return HttpResponseRedirect(_where_from(request))


def _where_from(request: HttpRequest) -> str:
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        return back
    return reverse("home")


@signed_in
@require_POST
def list_columns(request: HttpRequest, list_name: str) -> HttpResponse:
    """Remember which columns the user wants to see in the list, or go back to the usual ones."""
    _known(list_name)
    if "mac-dinh" in request.POST:
        actions.forget_columns(list_name, owner=request.user)
        return _back(request, "Danh sách trở về các cột ban đầu.")
    try:
        actions.choose_columns(list_name, chosen_columns(request.POST), owner=request.user)
    except Refused as error:
        return _back(request, refused=error)
    return _back(request, "Đã ghi nhớ các cột của danh sách.")


@signed_in
@require_POST
def save_filter(request: HttpRequest, list_name: str) -> HttpResponse:
    """Keep the filter that the list is shown by under a name."""
    _known(list_name)
    name, query = request.POST.get("ten", ""), request.POST.get("query", "")
    try:
        saved = actions.save_filter(list_name, name, query, owner=request.user)
    except Refused as error:
        return _back(request, refused=error)
    return _back(request, f"Đã lưu bộ lọc “{saved}”.")


@signed_in
@require_POST
def rename_filter(request: HttpRequest, list_name: str) -> HttpResponse:
    """Give one of the user's saved filters another name."""
    saved = _saved_filter(request, list_name)
    before = saved.name
    try:
        actions.rename_filter(saved, request.POST.get("ten", ""))
    except Refused as error:
        return _back(request, refused=error)
    return _back(request, f"Đã đổi tên bộ lọc “{before}” thành “{saved}”.")


@signed_in
@require_POST
def delete_filter(request: HttpRequest, list_name: str) -> HttpResponse:
    """Throw one of the user's saved filters away."""
    saved = _saved_filter(request, list_name)
    actions.delete_filter(saved)
    return _back(request, f"Đã xóa bộ lọc “{saved}”.")


def _known(list_name: str) -> None:
    if list_name not in ListName.values:
        raise Http404("Không có danh sách này.")


def _saved_filter(request: HttpRequest, list_name: str) -> SavedFilter:
    """Return the filter that the form names, if it is the user's own."""
    _known(list_name)
    key = request.POST.get("bo-loc", "")
    mine = SavedFilter.objects.of(request.user, list_name)
    return get_object_or_404(mine, pk=int(key) if key.isascii() and key.isdigit() and len(key) < 18 else 0)


def _back(request: HttpRequest, done: str = "", *, refused: Refused | None = None) -> HttpResponse:
    """Return to the list, saying what was done, or why nothing was."""
    if refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
    return HttpResponseRedirect(_where_from(request))
