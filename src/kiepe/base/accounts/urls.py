from django.urls import path

from kiepe.base.accounts import views

app_name = "accounts"
urlpatterns = [
    path("anmelden/", views.sign_in, name="sign_in"),
    path("anmelden/code/", views.enter_code, name="enter_code"),
    path("anmelden/mitarbeit/", views.staff_sign_in, name="staff_sign_in"),
    path("anmelden/vorfuehrung/<int:account>/", views.demo_sign_in, name="demo_sign_in"),
    path("abmelden/", views.sign_out, name="sign_out"),
]
