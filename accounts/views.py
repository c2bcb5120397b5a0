"""Signing in and out, the day switch."""

from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse, reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts.forms import DayForm
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
        messages.error(request, f"Không đọc được ngày “{typed}”. Hãy nhập theo dạng ngày/tháng/năm, ví dụ 15/3/2022.")
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
